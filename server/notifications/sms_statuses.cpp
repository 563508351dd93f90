#include "notifications/sms_statuses.hpp"

#include "core/digest.hpp"
#include "queue/entries.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

namespace frontdesk::notifications {
namespace {

std::string_view value_of(const outbound::FormParameters& form, std::string_view name) {
  const auto found = std::ranges::find(form, name, &outbound::FormParameters::value_type::first);
  return found == form.end() ? std::string_view() : std::string_view(found->second);
}

std::string reason_of(std::string_view status, std::string_view error_code) {
  std::int64_t code = 0;
  std::from_chars(error_code.begin(), error_code.end(), code);
  return code > 0 ? outbound::describe_twilio_error(code) : fmt::format("Twilio: {}", status);
}

}  // namespace

std::string sms_status_path(const Uuid& id) {
  return fmt::format("/callbacks/twilio/{}", id.to_string());
}

SmsStatus read_sms_status(const outbound::FormParameters& form) {
  const auto status = value_of(form, "MessageStatus");
  if (status == "delivered" || status == "read") return {.kind = SmsStatus::Kind::arrived};
  if (status == "undelivered" || status == "failed" || status == "canceled") {
    return {.kind = SmsStatus::Kind::failed,
            .reason = reason_of(status, value_of(form, "ErrorCode"))};
  }
  return {};
}

Task<Result<void>> SmsStatuses::receive(const Uuid& id, const outbound::FormParameters& form,
                                        std::string_view signature, Deadline deadline) {
  const auto expected = auth_token_ ? outbound::twilio_signature(
                                          *auth_token_, public_origin_ + sms_status_path(id), form)
                                    : std::string();
  if (expected.empty() || !equal_in_constant_time(bytes_of(expected), bytes_of(signature))) {
    co_return refuse({.kind = ErrorKind::forbidden,
                      .code = "signature_invalid",
                      .message = "This is not signed as Twilio signs it."});
  }
  const auto status = read_sms_status(form);
  if (status.kind == SmsStatus::Kind::on_its_way) co_return Result<void>();
  auto lease = co_await pool_.acquire(deadline);
  if (status.kind == SmsStatus::Kind::arrived) {
    co_await queue::confirm_entry(*lease, id, "sms");
  } else {
    co_await queue::fail_entry(*lease, id, "sms", status.reason);
  }
  co_return Result<void>();
}

}  // namespace frontdesk::notifications
