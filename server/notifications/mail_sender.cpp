#include "notifications/mail_sender.hpp"

#include "notifications/verdict_delivery.hpp"
#include "outbound/mail.hpp"

#include <chrono>
#include <utility>

#include <fmt/format.h>

namespace frontdesk::notifications {
namespace {

using Outcome = queue::Delivery::Outcome;

outbound::Mail mail_of(const Uuid& id, const queue::Message& message, const outbound::Mailbox& from,
                       std::string_view domain) {
  outbound::Mail mail{.from = from,
                      .to = {.name = message.to_name, .address = message.to},
                      .subject = message.subject,
                      .text = message.text,
                      .html = message.html,
                      .headers = message.headers,
                      .message_id = fmt::format("{}@{}", id.to_string(), domain),
                      .date = std::chrono::system_clock::now()};
  for (const auto& attachment : message.attachments) {
    mail.parts.push_back({.content_type = attachment.content_type,
                          .filename = attachment.filename,
                          .content = attachment.content,
                          .is_alternative = attachment.is_alternative});
  }
  return mail;
}

}  // namespace

MailSender::MailSender(asio::io_context& context, outbound::SmtpServer server,
                       outbound::Mailbox from)
    : client_(context, std::move(server)), from_(std::move(from)) {}

Task<queue::Delivery> MailSender::send(const Uuid& id, const queue::Message& message,
                                       Deadline deadline) {
  const auto from = outbound::ascii_address(from_.address);
  const auto to = outbound::ascii_address(message.to);
  if (to.empty()) {
    co_return queue::Delivery{Outcome::never,
                              "the address is not ASCII before its @, which only few mail servers "
                              "take (RFC 6531)"};
  }
  const auto domain = std::string_view(from).substr(from.find('@') + 1);
  const auto mail = outbound::compose(mail_of(id, message, from_, domain));
  co_return delivery_of(co_await client_.send(from, to, mail, deadline));
}

}  // namespace frontdesk::notifications
