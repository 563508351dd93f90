#pragma once

#include "outbound/smtp_client.hpp"
#include "queue/sender.hpp"

#include <string>

namespace frontdesk::notifications {

/// Sends e-mail by SMTP. Every copy of a message carries the same Message-ID, made of the row's id
/// and the sender's domain, by which mail programs show a second one once.
class MailSender final : public queue::Sender {
 public:
  MailSender(asio::io_context& context, outbound::SmtpServer server, outbound::Mailbox from);

  [[nodiscard]] std::string_view channel() const override { return "email"; }
  [[nodiscard]] std::size_t capacity() const override { return client_.service().capacity(); }
  Task<queue::Delivery> send(const Uuid& id, const queue::Message& message,
                             Deadline deadline) override;

  /// For the metrics.
  [[nodiscard]] const outbound::Service& service() const { return client_.service(); }

 private:
  outbound::SmtpClient client_;
  outbound::Mailbox from_;
};

}  // namespace frontdesk::notifications
