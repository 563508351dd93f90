#include "notifications/sms_sender.hpp"

#include "core/phone_number.hpp"
#include "notifications/sms_statuses.hpp"
#include "notifications/verdict_delivery.hpp"

#include <algorithm>
#include <utility>

namespace frontdesk::notifications {
namespace {

using queue::Delivery;
using std::chrono::steady_clock;

// Twilio refuses a message whose address for its status cannot be on the Internet.
bool can_be_called(std::string_view origin) {
  return !origin.starts_with("http://localhost") && !origin.starts_with("http://127.") &&
         !origin.starts_with("http://[::1]");
}

}  // namespace

SmsSender::SmsSender(asio::io_context& context, outbound::TwilioSettings settings,
                     std::string ca_file, std::string_view public_origin)
    : client_(context, std::move(settings), std::move(ca_file)),
      public_origin_(can_be_called(public_origin) ? public_origin : "") {}

std::size_t SmsSender::capacity() const {
  if (steady_clock::now() < not_before_) return 0;
  return client_.service().capacity();
}

Task<Delivery> SmsSender::send(const Uuid& id, const queue::Message& message, Deadline deadline) {
  if (!is_phone_number(message.to)) {
    co_return Delivery{Delivery::Outcome::never, "the number is not one of E.164"};
  }
  outbound::Sms sms{.to = message.to, .text = message.text};
  if (!public_origin_.empty()) sms.status_callback = public_origin_ + sms_status_path(id);
  auto verdict = co_await client_.send(std::move(sms), deadline);
  if (verdict.retry_after) {
    not_before_ = std::max(not_before_, steady_clock::now() + *verdict.retry_after);
  }
  co_return delivery_of(std::move(verdict));
}

}  // namespace frontdesk::notifications
