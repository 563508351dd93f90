#include "notifications/typed_text.hpp"

#include "core/utf8.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace frontdesk::notifications {
namespace {

constexpr char32_t replacement = 0xfffd;

// The code point at the start of `text`, which is taken off it.
char32_t take(std::string_view& text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  const std::size_t length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  if (length > text.size() || !is_utf8(text.substr(0, length))) {
    text.remove_prefix(1);
    return replacement;
  }
  char32_t point = length == 1 ? lead : lead & (0xff >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    point = (point << 6) | (static_cast<unsigned char>(text[i]) & 0x3f);
  }
  text.remove_prefix(length);
  return point;
}

void append(std::string& out, char32_t point) {
  const auto tail = [&](int shift) {
    out.push_back(static_cast<char>(0x80 | ((point >> shift) & 0x3f)));
  };
  if (point < 0x80) {
    out.push_back(static_cast<char>(point));
  } else if (point < 0x800) {
    out.push_back(static_cast<char>(0xc0 | (point >> 6)));
    tail(0);
  } else if (point < 0x10000) {
    out.push_back(static_cast<char>(0xe0 | (point >> 12)));
    tail(6);
    tail(0);
  } else {
    out.push_back(static_cast<char>(0xf0 | (point >> 18)));
    tail(12);
    tail(6);
    tail(0);
  }
}

bool within(char32_t point, char32_t first, char32_t last) {
  return point >= first && point <= last;
}

bool is_space(char32_t point) {
  return point <= 0x20 || within(point, 0x7f, 0xa0) || point == 0x2028 || point == 0x2029;
}

// U+200C and U+200D stay: Persian and emoji need them.
bool is_dropped(char32_t point) {
  return within(point, 0x202a, 0x202e) || within(point, 0x2060, 0x206f) || point == 0x200b ||
         point == 0x200e || point == 0x200f || point == 0x061c || point == 0xfeff ||
         point == 0x00ad || within(point, 0xfff9, 0xfffb) || within(point, 0xe0000, 0xe007f);
}

bool is_right_to_left_script(char32_t point) {
  return within(point, 0x0590, 0x08ff) || within(point, 0xfb1d, 0xfdff) ||
         within(point, 0xfe70, 0xfefe) || within(point, 0x10800, 0x10fff) ||
         within(point, 0x1e800, 0x1efff);
}

}  // namespace

std::string clean(std::string_view text, std::size_t longest) {
  std::vector<char32_t> kept;
  bool space_waits = false;
  // One more than fits tells that something has to go; the rest need not be read.
  while (!text.empty() && kept.size() <= longest) {
    const char32_t point = take(text);
    if (is_dropped(point)) continue;
    if (is_space(point)) {
      space_waits = !kept.empty();
      continue;
    }
    if (space_waits) kept.push_back(U' ');
    space_waits = false;
    kept.push_back(point);
  }
  if (kept.size() > longest) {
    kept.resize(longest == 0 ? 0 : longest - 1);
    while (!kept.empty() && kept.back() == U' ') kept.pop_back();
    if (longest > 0) kept.push_back(U'…');
  }
  std::string cleaned;
  cleaned.reserve(kept.size());
  for (const char32_t point : kept) append(cleaned, point);
  return cleaned;
}

bool has_right_to_left(std::string_view text) {
  while (!text.empty()) {
    if (is_right_to_left_script(take(text))) return true;
  }
  return false;
}

std::string isolated(std::string_view text) {
  constexpr std::string_view first_strong_isolate = "\u2068";
  constexpr std::string_view pop_directional_isolate = "\u2069";
  std::string result(first_strong_isolate);
  result += text;
  result += pop_directional_isolate;
  return result;
}

std::string escape_html(std::string_view text) {
  std::string escaped;
  escaped.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\'':
        escaped += "&#39;";
        break;
      default:
        escaped.push_back(c);
    }
  }
  return escaped;
}

}  // namespace frontdesk::notifications
