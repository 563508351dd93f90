#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace frontdesk {

/// Unicode's NFKC with case folding: what counts as the same text when two people spell it
/// differently. nullopt for malformed UTF-8.
std::optional<std::string> fold_case(std::string_view text);

/// An e-mail address in the one form in which it is stored, compared and written to (R04).
class EmailAddress {
 public:
  static constexpr std::size_t max_bytes = 254;  ///< RFC 5321 section 4.5.3.1.3, less the brackets

  /// Trims spaces and folds case (NFKC). Refuses (nullopt) what is not a plain `local@domain`:
  /// more than 254 bytes, a local part above 64, no or a second `@`, a domain of one label or an
  /// address literal, quoted local parts, empty labels, control, zero-width and unassigned
  /// characters, CR and LF included.
  static std::optional<EmailAddress> parse(std::string_view text);

  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] std::string_view local_part() const {
    return std::string_view(text_).substr(0, text_.find('@'));
  }

  friend bool operator==(const EmailAddress&, const EmailAddress&) = default;

 private:
  explicit EmailAddress(std::string text) : text_(std::move(text)) {}

  std::string text_;
};

}  // namespace frontdesk
