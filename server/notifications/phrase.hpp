#pragma once

#include "notifications/facts.hpp"

#include <cstdint>
#include <expected>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// Phrases in ICU's message syntax, and how a locale writes times, numbers and money. All of ICU is
/// behind this header. None of it knows a zone: civil times are cctz's (R61).
namespace frontdesk::notifications {

/// A phrase that has been read: `Hello {name},` or `{count, plural, one {# visit} other {#
/// visits}}`.
class Phrase {
 public:
  struct Use {
    std::string name;
    bool chooses_plural;
    friend bool operator==(const Use&, const Use&) = default;
  };

  /// Reads ICU MessageFormat syntax with named arguments and `plural`; the names of times, money
  /// and numbers are given to it ready to show. Refuses, with a sentence: anything that ICU does
  /// not accept, other argument types, positional arguments, more than 2,000 bytes, control
  /// characters, bytes that are no UTF-8, and the apostrophe ', which quotes in ICU (write ’).
  static std::expected<Phrase, std::string> read(std::string_view text);

  /// Each name that the phrase uses, once for plain use and once for choosing a plural.
  [[nodiscard]] const std::vector<Use>& uses() const { return uses_; }

 private:
  friend class Locale;
  struct Piece {
    std::string text;
    bool is_name;
  };
  std::string text_;
  std::vector<Use> uses_;
  std::vector<Piece> pieces_;  ///< of a phrase without plurals, which needs no ICU to be filled in
};

/// What is put into a phrase: text as it is, numbers as the language writes and declines them.
using Values = std::map<std::string, std::variant<std::string, std::int64_t>, std::less<>>;

/// How one language writes, in one region. Not for several threads at once.
class Locale {
 public:
  /// `tag` is a language with or without a region: `de`, `de-AT`. Digits are 0 to 9 and the
  /// calendar is Gregorian everywhere: what is written in a mail is held against the app's pages.
  explicit Locale(std::string_view tag);
  ~Locale();
  Locale(Locale&&) noexcept;
  Locale& operator=(Locale&&) noexcept;

  /// The phrase with its values. Each name that it uses must have one (ENSURE).
  [[nodiscard]] std::string fill(const Phrase& phrase, const Values& values) const;

  /// `Tuesday, 3 March 2026 at 14:30 (Europe/Berlin)`. A wall time that comes twice, because the
  /// clock is put back, has its offset too: `(Europe/Berlin, UTC+02:00)`.
  [[nodiscard]] std::string moment(const Moment& moment) const;
  /// `Tue, 3 Mar, 14:30 (Europe/Berlin)`
  [[nodiscard]] std::string moment_short(const Moment& moment) const;
  /// `Tuesday, 3 March 2026`
  [[nodiscard]] std::string day(LocalDate date) const;
  /// `14:30`; the end of a day is shown as 00:00.
  [[nodiscard]] std::string time(LocalTime time) const;
  /// `€45.00`, with as many digits as ISO 4217 gives the currency.
  [[nodiscard]] std::string money(const Money& money) const;

 private:
  struct Icu;
  std::unique_ptr<Icu> icu_;
};

/// The plural categories that the numbers 0 to 200 have in a language, sorted: `one` and `other` in
/// English. What only millions have (`many` in French) is as `other` there.
std::vector<std::string> plural_categories(std::string_view language);

}  // namespace frontdesk::notifications
