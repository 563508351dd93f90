#pragma once

#include <string_view>

namespace frontdesk {

/// Whether a text has the shape of a BCP 47 tag (RFC 5646): a language of 2 or 3 letters, then
/// parts of 1 to 8 letters or digits, joined by hyphens. That the tag is registered is not asked:
/// what cannot be said in that language is said in another.
bool is_language_tag(std::string_view text);

}  // namespace frontdesk
