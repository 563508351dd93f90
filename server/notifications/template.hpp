#pragma once

#include "notifications/events.hpp"
#include "notifications/phrase.hpp"

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace frontdesk::notifications {

/// One paragraph, line or button of a mail.
struct Block {
  enum class Shape : std::uint8_t {
    paragraph,
    emphasis,  ///< a line that is meant to be seen first: a code
    detail,    ///< `What: {service}`
    button,    ///< a link with a label
    agenda,    ///< repeated for each entry of the agenda
  };
  Shape shape;
  std::optional<Phrase> label = {};   ///< detail: before the colon; button: what it says
  std::optional<Phrase> phrase = {};  ///< all but button
  std::string link = {};              ///< button: the fact that it leads to
};

/// The messages of one event in one language. What is absent is a section that the file had not.
struct Template {
  std::optional<Phrase> subject = {};
  std::vector<Block> email = {};
  std::optional<Phrase> sms = {};
  std::optional<Phrase> push_title = {};
  std::optional<Phrase> push_body = {};
};

/// Why a template cannot be used.
struct TemplateProblem {
  std::size_t line;  ///< from 1
  std::string message;
};

/// Reads a template file as server/notifications/templates/README.md describes it. Refuses what is
/// not understood, and a name that `event` has no fact for. At most 32 KB.
std::expected<Template, TemplateProblem> read_template(std::string_view text, const Event& event);

/// Reads `footer.txt`, what a language has for the end of every mail: the section [preferences],
/// the words of the link to the choice of messages.
std::expected<std::string, TemplateProblem> read_footer(std::string_view text);

/// The section that `event` needs for one of its channels and `tmpl` lacks; empty if there is none.
std::string_view missing_section(const Template& tmpl, const Event& event);

/// `first`, and what it lacks from `second`.
Template merged(Template first, const Template& second);

}  // namespace frontdesk::notifications
