#include "notifications/sms.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace frontdesk::notifications {
namespace {

// 3GPP TS 23.038, 6.2.1; the escape character is none that a text may hold.
constexpr std::u32string_view basic =
    U"@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    U"ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
constexpr std::u32string_view extension = U"\f^{}\\[~]|€";  // two septets each

constexpr std::array<std::pair<std::string_view, std::string_view>, 12> plain_forms{{
    {"\u2018", "'"},
    {"\u2019", "'"},
    {"\u201c", "\""},
    {"\u201d", "\""},
    {"\u201e", "\""},
    {"\u00ab", "\""},
    {"\u00bb", "\""},
    {"\u2013", "-"},
    {"\u2014", "-"},
    {"\u2026", "..."},
    {"\u00a0", " "},
    {"\u202f", " "},
}};

char32_t take(std::string_view& text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  const std::size_t length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  char32_t point = length == 1 ? lead : lead & (0xff >> (length + 1));
  for (std::size_t i = 1; i < length && i < text.size(); ++i) {
    point = (point << 6) | (static_cast<unsigned char>(text[i]) & 0x3f);
  }
  text.remove_prefix(std::min(length, text.size()));
  return point;
}

std::size_t septets(char32_t point) {
  if (basic.find(point) != std::u32string_view::npos) return 1;
  return extension.find(point) != std::u32string_view::npos ? 2 : 0;
}

std::size_t utf16_units(char32_t point) {
  return point > 0xffff ? 2 : 1;
}

bool is_gsm7(std::string_view text) {
  while (!text.empty()) {
    if (septets(take(text)) == 0) return false;
  }
  return true;
}

}  // namespace

SmsSize measure_sms(std::string_view text) {
  const bool gsm7 = is_gsm7(text);
  const std::size_t alone = gsm7 ? 160 : 70;
  const std::size_t together = gsm7 ? 153 : 67;  // the rest numbers the segments
  std::size_t units = 0;
  std::size_t segments = 1;
  std::size_t in_segment = 0;
  while (!text.empty()) {
    const char32_t point = take(text);
    const std::size_t size = gsm7 ? septets(point) : utf16_units(point);
    units += size;
    if (in_segment + size > together) {
      ++segments;
      in_segment = 0;
    }
    in_segment += size;
  }
  if (units <= alone) segments = 1;
  return SmsSize{.gsm7 = gsm7, .units = units, .segments = segments};
}

std::string economical_sms(std::string text) {
  std::string plain = text;
  for (const auto& [fancy, simple] : plain_forms) {
    for (std::size_t at = 0; (at = plain.find(fancy, at)) != std::string::npos;
         at += simple.size()) {
      plain.replace(at, fancy.size(), simple);
    }
  }
  return is_gsm7(plain) ? plain : text;
}

}  // namespace frontdesk::notifications
