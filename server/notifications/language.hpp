#pragma once

#include <array>
#include <string>
#include <string_view>

namespace frontdesk::notifications {

/// The languages that every event has templates in.
inline constexpr std::array<std::string_view, 5> languages{"en", "de", "es", "fr", "ar"};

/// What a message is written in.
struct Tongue {
  std::string_view language;  ///< one of `languages`: which templates
  std::string locale;         ///< `de-AT`: how dates, numbers and money are written
  friend bool operator==(const Tongue&, const Tongue&) = default;
};

/// The tongue for somebody who asks for the BCP 47 tag `wanted`: its language where there are
/// templates in it (`de-AT` → de), else the business's, else English. The region is that of the
/// tag that was followed; a tag without one takes the business's where the language is the same.
/// Nothing but language and region is taken from a tag: it may come from a stranger.
Tongue choose_tongue(std::string_view wanted, std::string_view business_locale);

/// Whether a language is written from right to left.
bool is_right_to_left(std::string_view language);

}  // namespace frontdesk::notifications
