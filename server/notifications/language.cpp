#include "notifications/language.hpp"

#include <algorithm>
#include <optional>

namespace frontdesk::notifications {
namespace {

constexpr std::size_t longest_tag = 64;

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}
char upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - ('a' - 'A')) : c;
}
bool is_letter(char c) {
  return lower(c) >= 'a' && lower(c) <= 'z';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// `AT` or `419`; what follows a single letter (`-u-`, `-x-`) is an extension.
std::string region_in(std::string_view tag) {
  for (std::size_t start = tag.find('-'); start != std::string_view::npos;) {
    const std::size_t end = tag.find('-', start + 1);
    const auto part = tag.substr(start + 1, end == std::string_view::npos ? end : end - start - 1);
    if (part.size() == 1) break;
    if ((part.size() == 2 && std::ranges::all_of(part, is_letter)) ||
        (part.size() == 3 && std::ranges::all_of(part, is_digit))) {
      std::string region(part);
      std::ranges::transform(region, region.begin(), upper);
      return region;
    }
    start = end;
  }
  return {};
}

struct Parts {
  std::string_view language;
  std::string region;
};

std::optional<Parts> read(std::string_view tag) {
  if (tag.size() > longest_tag) return std::nullopt;
  std::string primary(tag.substr(0, tag.find('-')));
  std::ranges::transform(primary, primary.begin(), lower);
  const auto found = std::ranges::find(languages, primary);
  if (found == languages.end()) return std::nullopt;
  return Parts{.language = *found, .region = region_in(tag)};
}

}  // namespace

Tongue choose_tongue(std::string_view wanted, std::string_view business_locale) {
  const auto business = read(business_locale);
  auto parts = read(wanted);
  if (!parts) parts = business;
  if (!parts) parts = Parts{.language = "en", .region = {}};
  if (parts->region.empty() && business && business->language == parts->language) {
    parts->region = business->region;
  }
  std::string locale(parts->language);
  if (!parts->region.empty()) locale += '-' + parts->region;
  return Tongue{.language = parts->language, .locale = std::move(locale)};
}

bool is_right_to_left(std::string_view language) {
  return language == "ar";
}

}  // namespace frontdesk::notifications
