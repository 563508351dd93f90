#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// What people typed, made fit for a message: it may be long, hostile, or in another script.
namespace frontdesk::notifications {

/// `text` on one line: control characters, line and paragraph separators become spaces; characters
/// that turn the direction of text (U+202A to U+202E, U+2066 to U+2069, U+200E, U+200F, U+061C) or
/// are invisible (U+200B, U+2060, U+FEFF, tags) go; runs of spaces are one; bytes that are no UTF-8
/// become U+FFFD. Longer than `longest` code points, it ends in `…`.
std::string clean(std::string_view text, std::size_t longest);

/// Whether any character of well-formed `text` is of a script that is written from right to left.
bool has_right_to_left(std::string_view text);

/// `text` in FSI … PDI (Unicode UAX #9), so that its direction does not reach what stands around.
std::string isolated(std::string_view text);

/// For the text and the attributes of HTML: `& < > " '` become references.
std::string escape_html(std::string_view text);

}  // namespace frontdesk::notifications
