#include "outbound/smtp_verdict.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace frontdesk::outbound {
namespace {

using Outcome = Verdict::Outcome;

constexpr std::size_t longest_reply = 300;

// Replies quote addresses: neither log nor dead letter holds one.
std::string without_addresses(std::string_view text) {
  std::string clean;
  while (!text.empty()) {
    const auto space = std::min(text.find(' '), text.size());
    const auto word = text.substr(0, space);
    clean += word.find('@') == std::string_view::npos ? word : std::string_view("(address)");
    if (space < text.size()) clean += ' ';
    text.remove_prefix(std::min(space + 1, text.size()));
  }
  return clean.substr(0, longest_reply);
}

std::string reason_of(const SmtpEnd& end) {
  if (end.reply >= 400) {
    return fmt::format("{}: {}", name_of(end.stage), without_addresses(end.reply_text));
  }
  return fmt::format("{}: {}", name_of(end.stage), end.fault);
}

// 421 closes the channel at any stage; these ask for a login or a better one.
bool is_about_us(unsigned reply) {
  return reply == 421 || reply == 530 || reply == 534 || reply == 535 || reply == 538;
}

}  // namespace

std::string_view name_of(SmtpStage stage) {
  switch (stage) {
    case SmtpStage::connecting:
      return "connecting";
    case SmtpStage::greeting:
      return "greeting";
    case SmtpStage::starttls:
      return "STARTTLS";
    case SmtpStage::login:
      return "login";
    case SmtpStage::sender:
      return "sender";
    case SmtpStage::recipient:
      return "recipient";
    case SmtpStage::data:
      return "DATA";
    case SmtpStage::content:
      return "message";
  }
  return "";
}

Verdict judge(const SmtpEnd& end) {
  if (end.is_accepted) return {Outcome::accepted};
  auto reason = reason_of(end);
  if (is_serving(end)) {
    const bool is_final = end.reply >= 500;
    return {is_final ? Outcome::refused : Outcome::refused_for_now, std::move(reason)};
  }
  if (end.stage < SmtpStage::recipient || end.reply >= 400) {
    return {Outcome::unavailable, std::move(reason)};
  }
  const bool is_sent = end.stage == SmtpStage::content;
  return {is_sent ? Outcome::unanswered : Outcome::refused_for_now, std::move(reason)};
}

bool is_serving(const SmtpEnd& end) {
  if (end.is_accepted) return true;
  if (end.stage < SmtpStage::recipient) {
    // RFC 1870: the message is larger than the server takes.
    return end.stage == SmtpStage::sender && end.reply == 552;
  }
  return end.reply >= 400 && !is_about_us(end.reply);
}

}  // namespace frontdesk::outbound
