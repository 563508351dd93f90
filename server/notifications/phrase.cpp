#include "notifications/phrase.hpp"

#include "core/ensure.hpp"
#include "core/error.hpp"
#include "core/utf8.hpp"
#include "notifications/currency_digits.hpp"
#include "notifications/language.hpp"
#include "notifications/typed_text.hpp"

#include <algorithm>
#include <mutex>

#include <fmt/format.h>
#include <unicode/decimfmt.h>
#include <unicode/dtptngen.h>
#include <unicode/messagepattern.h>
#include <unicode/msgfmt.h>
#include <unicode/plurrule.h>
#include <unicode/smpdtfmt.h>
#include <unicode/timezone.h>

namespace frontdesk::notifications {
namespace {

constexpr std::size_t longest_phrase_bytes = 2000;

icu::UnicodeString to_icu(std::string_view text) {
  return icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())});
}

std::string from_icu(const icu::UnicodeString& text) {
  std::string result;
  text.toUTF8String(result);
  return result;
}

// ICU's data are part of the installation: without them nothing can be written.
void check(UErrorCode status, const char* what) {
  if (U_FAILURE(status)) {
    throw Fault(fmt::format("ICU: {}: {}", what, u_errorName(status)), unavailable());
  }
}

std::string_view trouble_with_bytes(std::string_view text) {
  if (text.size() > longest_phrase_bytes) return "the phrase is longer than 2,000 bytes";
  if (!is_utf8(text)) return "the phrase is no UTF-8";
  if (std::ranges::any_of(text, [](unsigned char c) { return c < 0x20 || c == 0x7f; })) {
    return "the phrase holds a control character";
  }
  if (text.find('\'') != std::string_view::npos) return "write ’ in place of '";
  // ICU shows a brace that closes nothing; it is a translator's slip.
  int open = 0;
  for (const char c : text) {
    if (c == '{') ++open;
    if (c == '}' && --open < 0) return "a brace } closes nothing";
  }
  return {};
}

std::int64_t milliseconds(LocalDate date, std::chrono::microseconds time_of_day) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(date.time_since_epoch()).count() +
         std::chrono::duration_cast<std::chrono::milliseconds>(time_of_day).count();
}

icu::Locale icu_locale(std::string_view tag) {
  UErrorCode status = U_ZERO_ERROR;
  // English without a region is the world's: days before months, 24 hours.
  const std::string named(tag == "en" ? "en-GB" : tag);
  auto locale = icu::Locale::forLanguageTag(named, status);
  check(status, "locale");
  locale.setUnicodeKeywordValue("nu", "latn", status);
  locale.setUnicodeKeywordValue("ca", "gregory", status);
  check(status, "locale");
  return locale;
}

}  // namespace

std::expected<Phrase, std::string> Phrase::read(std::string_view text) {
  if (const auto trouble = trouble_with_bytes(text); !trouble.empty()) {
    return std::unexpected(std::string(trouble));
  }
  UErrorCode status = U_ZERO_ERROR;
  icu::MessagePattern pattern(status);
  UParseError where{};
  const icu::UnicodeString source = to_icu(text);
  pattern.parse(source, &where, status);
  if (U_FAILURE(status)) {
    return std::unexpected(
        fmt::format("braces do not match, or a plural is not complete, near “{}”",
                    from_icu(source.tempSubString(where.offset, 20))));
  }
  Phrase phrase;
  phrase.text_ = text;
  std::int32_t shown_until = 0;
  bool plain = true;
  for (std::int32_t i = 0; i < pattern.countParts(); ++i) {
    const auto& part = pattern.getPart(i);
    if (part.getType() != UMSGPAT_PART_TYPE_ARG_START) continue;
    const auto type = part.getArgType();
    const auto& name_part = pattern.getPart(i + 1);
    const auto name = from_icu(pattern.getSubstring(name_part));
    if (name_part.getType() != UMSGPAT_PART_TYPE_ARG_NAME) {
      return std::unexpected(fmt::format("{{{}}}: facts have names, not numbers", name));
    }
    if (type != UMSGPAT_ARG_TYPE_NONE && type != UMSGPAT_ARG_TYPE_PLURAL) {
      return std::unexpected(fmt::format("{{{}, …}}: only plural is understood", name));
    }
    const Use use{.name = name, .chooses_plural = type == UMSGPAT_ARG_TYPE_PLURAL};
    if (std::ranges::find(phrase.uses_, use) == phrase.uses_.end()) phrase.uses_.push_back(use);
    plain = plain && !use.chooses_plural;
    if (!plain) continue;
    const auto& limit = pattern.getPart(pattern.getLimitPartIndex(i));
    const auto before = source.tempSubStringBetween(shown_until, part.getIndex());
    phrase.pieces_.push_back({.text = from_icu(before), .is_name = false});
    phrase.pieces_.push_back({.text = name, .is_name = true});
    shown_until = limit.getLimit();
  }
  if (plain) {
    phrase.pieces_.push_back(
        {.text = from_icu(source.tempSubString(shown_until)), .is_name = false});
  } else {
    phrase.pieces_.clear();
  }
  return phrase;
}

struct Locale::Icu {
  explicit Icu(std::string_view tag)
      : locale(icu_locale(tag)), right_to_left(is_right_to_left(tag.substr(0, tag.find('-')))) {
    // Else the first date that is written makes ICU look for the machine's zone among all files of
    // tzdata. Nothing here has a zone: civil fields go in as if they were UTC.
    static std::once_flag once;
    std::call_once(once, [] { icu::TimeZone::adoptDefault(icu::TimeZone::getGMT()->clone()); });
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::DateTimePatternGenerator> patterns(
        icu::DateTimePatternGenerator::createInstance(locale, status));
    check(status, "date patterns");
    const auto dates = [&](const char* skeleton) {
      auto format = std::make_unique<icu::SimpleDateFormat>(
          patterns->getBestPattern(skeleton, status), locale, status);
      check(status, "dates");
      return format;
    };
    full = dates("EEEEdMMMMyjm");
    brief = dates("EEEdMMMjm");
    day = dates("EEEEdMMMMy");
    time = dates("jm");
    numbers.reset(icu::NumberFormat::createInstance(locale, status));
    check(status, "numbers");
  }

  [[nodiscard]] static std::string write(const icu::SimpleDateFormat& format, LocalDate date,
                                         std::chrono::microseconds time_of_day) {
    icu::UnicodeString text;
    format.format(static_cast<UDate>(milliseconds(date, time_of_day)), text);
    return from_icu(text);
  }

  [[nodiscard]] std::string with_zone(const icu::SimpleDateFormat& format,
                                      const Moment& moment) const {
    const auto local = moment.zone.to_local(moment.at);
    std::string zone = moment.zone.name();
    const auto minute = std::chrono::floor<std::chrono::minutes>(local.time_of_day);
    if (moment.zone.to_instants(local.date, minute).kind == Zone::Lookup::Kind::repeated) {
      const auto offset = moment.zone.offset_at(moment.at).count() / 60;
      const auto size = offset < 0 ? -offset : offset;
      zone += fmt::format(", UTC{}{:02}:{:02}", offset < 0 ? '-' : '+', size / 60, size % 60);
    }
    return fmt::format("{} ({})", write(format, local.date, local.time_of_day),
                       right_to_left ? isolated(zone) : zone);
  }

  // ICU takes half a millisecond to learn a currency, a tenth to learn a plural.
  const icu::NumberFormat& currency(const std::string& code) {
    if (const auto known = currencies.find(code); known != currencies.end()) return *known->second;
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::NumberFormat> format(
        icu::NumberFormat::createCurrencyInstance(locale, status));
    check(status, "money");
    format->setCurrency(to_icu(code).getTerminatedBuffer(), status);
    check(status, "money");
    const auto digits = minor_digits(code);
    format->setMinimumFractionDigits(digits);
    format->setMaximumFractionDigits(digits);
    if (currencies.size() >= most_currencies) currencies.clear();
    return *currencies.emplace(code, std::move(format)).first->second;
  }

  const icu::MessageFormat& message(const std::string& text) {
    if (const auto known = messages.find(text); known != messages.end()) return *known->second;
    UErrorCode status = U_ZERO_ERROR;
    auto format = std::make_unique<icu::MessageFormat>(to_icu(text), locale, status);
    check(status, "phrase");
    if (messages.size() >= most_messages) messages.clear();
    return *messages.emplace(text, std::move(format)).first->second;
  }

  static constexpr std::size_t most_currencies = 4;
  static constexpr std::size_t most_messages = 32;

  icu::Locale locale;
  bool right_to_left;
  std::map<std::string, std::unique_ptr<icu::NumberFormat>> currencies;
  std::map<std::string, std::unique_ptr<icu::MessageFormat>> messages;
  std::unique_ptr<icu::SimpleDateFormat> full;
  std::unique_ptr<icu::SimpleDateFormat> brief;
  std::unique_ptr<icu::SimpleDateFormat> day;
  std::unique_ptr<icu::SimpleDateFormat> time;
  std::unique_ptr<icu::NumberFormat> numbers;
};

Locale::Locale(std::string_view tag) : icu_(std::make_unique<Icu>(tag)) {}
Locale::~Locale() = default;
Locale::Locale(Locale&&) noexcept = default;
Locale& Locale::operator=(Locale&&) noexcept = default;

std::string Locale::fill(const Phrase& phrase, const Values& values) const {
  std::string filled;
  for (const auto& piece : phrase.pieces_) {
    if (!piece.is_name) {
      filled += piece.text;
      continue;
    }
    const auto value = values.find(piece.text);
    ENSURE(value != values.end());
    if (const auto* text = std::get_if<std::string>(&value->second)) {
      filled += *text;
    } else {
      icu::UnicodeString number;
      icu_->numbers->format(std::get<std::int64_t>(value->second), number);
      number.toUTF8String(filled);
    }
  }
  if (!phrase.pieces_.empty()) return filled;
  std::vector<icu::UnicodeString> names;
  std::vector<icu::Formattable> arguments;
  for (const auto& use : phrase.uses_) {
    const auto value = values.find(use.name);
    ENSURE(value != values.end());
    names.push_back(to_icu(use.name));
    if (const auto* text = std::get_if<std::string>(&value->second)) {
      arguments.emplace_back(to_icu(*text));
    } else {
      arguments.emplace_back(std::get<std::int64_t>(value->second));
    }
  }
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeString text;
  icu_->message(phrase.text_)
      .format(names.data(), arguments.data(), static_cast<std::int32_t>(names.size()), text,
              status);
  check(status, "phrase");
  return from_icu(text);
}

std::string Locale::moment(const Moment& moment) const {
  return icu_->with_zone(*icu_->full, moment);
}

std::string Locale::moment_short(const Moment& moment) const {
  return icu_->with_zone(*icu_->brief, moment);
}

std::string Locale::day(LocalDate date) const {
  return Icu::write(*icu_->day, date, {});
}

std::string Locale::time(LocalTime time) const {
  return Icu::write(*icu_->time, {}, time);
}

std::string Locale::money(const Money& money) const {
  UErrorCode status = U_ZERO_ERROR;
  // As a decimal text: a double would not hold every amount.
  const auto amount = fmt::format("{}E-{}", money.amount_minor, minor_digits(money.currency));
  icu::UnicodeString text;
  icu_->currency(money.currency).format(icu::StringPiece(amount), text, nullptr, status);
  check(status, "money");
  return from_icu(text);
}

std::vector<std::string> plural_categories(std::string_view language) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::PluralRules> rules(
      icu::PluralRules::forLocale(icu_locale(language), status));
  check(status, "plurals");
  std::vector<std::string> categories;
  for (std::int32_t number = 0; number <= 200; ++number) {
    auto category = from_icu(rules->select(number));
    if (std::ranges::find(categories, category) == categories.end()) {
      categories.push_back(std::move(category));
    }
  }
  std::ranges::sort(categories);
  return categories;
}

}  // namespace frontdesk::notifications
