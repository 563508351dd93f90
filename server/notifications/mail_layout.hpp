#pragma once

#include "notifications/template.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace frontdesk::notifications {

/// A block of a mail with its words filled in, not escaped.
struct FilledBlock {
  Block::Shape shape;
  std::string label = {};
  std::string text = {};
  std::string link = {};  ///< button: where it leads, http or https
};

/// What a mail is made of; no string holds markup.
struct MailContent {
  std::string_view language;
  std::string subject;
  std::string preheader;  ///< what a list of mails shows beside the subject
  std::vector<FilledBlock> blocks;
  std::string business;
  std::string business_address;   ///< may be empty
  std::string preferences_label;  ///< with preferences_link
  std::string preferences_link;   ///< empty where the event cannot be switched off
};

/// A whole HTML document: inline styles, no images, no scripts, nothing loaded from anywhere, light
/// and dark, from right to left where the language is.
std::string html_of(const MailContent& mail);

/// The same words as plain text; lines end in \n and are not wrapped.
std::string text_of(const MailContent& mail);

}  // namespace frontdesk::notifications
