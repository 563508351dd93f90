#pragma once

#include "outbound/twilio.hpp"
#include "queue/sender.hpp"

#include <chrono>
#include <string>

namespace frontdesk::notifications {

/// Sends SMS by Twilio. Each names an address of ours, with its own id, where Twilio says what
/// became of it (SmsStatuses). Twilio takes no id for a message: one whose answer got lost is sent
/// again, and may come twice.
class SmsSender final : public queue::Sender {
 public:
  /// `context` must outlive it; `ca_file`: authorities beside the system's, may be empty. No
  /// address is named below a `public_origin` that nobody else can call.
  SmsSender(asio::io_context& context, outbound::TwilioSettings settings, std::string ca_file,
            std::string_view public_origin);

  [[nodiscard]] std::string_view channel() const override { return "sms"; }
  /// None while Twilio wants to be left alone.
  [[nodiscard]] std::size_t capacity() const override;
  Task<queue::Delivery> send(const Uuid& id, const queue::Message& message,
                             Deadline deadline) override;

  [[nodiscard]] const outbound::Service& service() const { return client_.service(); }

 private:
  outbound::TwilioClient client_;
  std::string public_origin_;  ///< empty: nobody can call us
  std::chrono::steady_clock::time_point not_before_;
};

}  // namespace frontdesk::notifications
