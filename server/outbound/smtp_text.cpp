#include "outbound/smtp_text.hpp"

#include <algorithm>
#include <cctype>
#include <stdexcept>

namespace frontdesk::outbound {
namespace {

constexpr std::size_t longest_reply = 16'384;

bool equals_in_any_case(std::string_view a, std::string_view b) {
  return std::ranges::equal(
      a, b, [](unsigned char x, unsigned char y) { return std::toupper(x) == std::toupper(y); });
}

// Calls `visit` with the words of each line behind its code, until it says true.
template <class Visit>
bool any_line(std::string_view text, Visit visit) {
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    const auto line = text.substr(0, end);
    if (line.size() > 4 && visit(line.substr(4))) return true;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return false;
}

std::string_view first_word(std::string_view& words) {
  const auto end = std::min(words.find(' '), words.size());
  const auto word = words.substr(0, end);
  words.remove_prefix(std::min(end + 1, words.size()));
  return word;
}

}  // namespace

std::string_view SmtpReply::last_line() const {
  const auto last = text.rfind('\n');
  return last == std::string::npos ? std::string_view(text)
                                   : std::string_view(text).substr(last + 1);
}

bool SmtpReply::offers(std::string_view keyword) const {
  return any_line(
      text, [&](std::string_view words) { return equals_in_any_case(first_word(words), keyword); });
}

bool SmtpReply::offers_login_by(std::string_view mechanism) const {
  return any_line(text, [&](std::string_view words) {
    if (!equals_in_any_case(first_word(words), "AUTH")) return false;
    while (!words.empty()) {
      if (equals_in_any_case(first_word(words), mechanism)) return true;
    }
    return false;
  });
}

std::optional<SmtpReply> take_reply(std::string& input) {
  std::size_t begin = 0;
  SmtpReply reply;
  while (true) {
    const auto end = input.find('\n', begin);
    if (end == std::string::npos) {
      if (input.size() > longest_reply) throw std::runtime_error("a reply without an end");
      return std::nullopt;
    }
    auto line = std::string_view(input).substr(begin, end - begin);
    if (line.ends_with('\r')) line.remove_suffix(1);
    const bool has_code =
        line.size() >= 3 && std::all_of(line.begin(), line.begin() + 3,
                                        [](unsigned char c) { return std::isdigit(c) != 0; });
    const bool has_separator = line.size() == 3 || (has_code && (line[3] == ' ' || line[3] == '-'));
    if (!has_code || !has_separator || end > longest_reply) {
      throw std::runtime_error("what it says is not SMTP");
    }
    reply.code =
        static_cast<unsigned>((line[0] - '0') * 100 + (line[1] - '0') * 10 + line[2] - '0');
    if (!reply.text.empty()) reply.text += '\n';
    reply.text += line;
    begin = end + 1;
    if (line.size() == 3 || line[3] == ' ') break;
  }
  input.erase(0, begin);
  return reply;
}

std::string as_content(std::string_view mail) {
  std::string content;
  content.reserve(mail.size() + mail.size() / 50 + 8);
  bool at_start = true;
  for (const char c : mail) {
    if (at_start && c == '.') content += '.';
    content += c;
    at_start = c == '\n';
  }
  if (!content.ends_with("\r\n")) content += "\r\n";
  content += ".\r\n";
  return content;
}

}  // namespace frontdesk::outbound
