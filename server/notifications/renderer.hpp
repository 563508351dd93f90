#pragma once

#include "core/error.hpp"
#include "notifications/language.hpp"
#include "notifications/templates.hpp"

#include <map>
#include <string>
#include <string_view>

namespace frontdesk::notifications {

/// Who writes.
struct Business {
  std::string name;
  std::string address;           ///< may be empty
  std::string locale;            ///< BCP 47
  std::string preferences_link;  ///< where messages are switched off; empty: no such link
};

/// A message in words. Subject and title are on one line and hold no control character (R33).
struct Rendered {
  std::string_view language;  ///< one of `languages`: for Content-Language
  std::string subject;        ///< email: the subject; push and inbox: the title; sms: empty
  std::string text;
  std::string html;  ///< email only
};

/// Puts facts into templates. Lives on one thread; ICU's data are loaded with the first message.
class Renderer {
 public:
  /// `templates` must outlive the renderer.
  explicit Renderer(Templates& templates);
  ~Renderer();
  Renderer(const Renderer&) = delete;
  Renderer& operator=(const Renderer&) = delete;

  /// The message of `event` over `channel` in the tongue that choose_tongue finds for `wanted`.
  /// What people typed is cleaned and shortened. An SMS has at most two segments where shorter
  /// names make that possible. Refuses with `facts_incomplete` (see check_facts) and, for a channel
  /// that the event does not take, with `no_such_channel`.
  Result<Rendered> render(const Event& event, Channel channel, std::string_view wanted,
                          const Facts& facts, const Business& business);

 private:
  const Locale& locale(const std::string& tag);

  Templates& templates_;
  std::map<std::string, Locale, std::less<>> locales_;  ///< at most a few: they are large
};

}  // namespace frontdesk::notifications
