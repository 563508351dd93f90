#pragma once

#include "core/deadline.hpp"
#include "core/error.hpp"
#include "core/task.hpp"
#include "core/uuid.hpp"
#include "db/pool.hpp"
#include "outbound/twilio.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace frontdesk::notifications {

/// Where Twilio says what became of the message `id`, below the public origin.
std::string sms_status_path(const Uuid& id);

/// What Twilio says of a message (https://www.twilio.com/docs/messaging/api/message-resource).
struct SmsStatus {
  enum class Kind : std::uint8_t {
    on_its_way,
    arrived,  ///< the network says that the phone has it
    failed,   ///< for good
  };
  Kind kind = Kind::on_its_way;
  std::string reason = {};  ///< of a failure; holds no personal data
};

/// Reads `MessageStatus` and `ErrorCode` of a form; what we do not know is on its way.
SmsStatus read_sms_status(const outbound::FormParameters& form);

/// Takes what Twilio says about our SMS. Throws what db::Pool and db::Connection throw.
class SmsStatuses {
 public:
  /// `pool` must outlive it. Without an `auth_token` nobody can say anything.
  SmsStatuses(db::Pool& pool, std::optional<std::string> auth_token, std::string public_origin)
      : pool_(pool), auth_token_(std::move(auth_token)), public_origin_(std::move(public_origin)) {}

  /// Writes down what became of a message: one that arrived is confirmed, one that failed is dead.
  /// A message that is gone is nothing to write down. Refuses with 403 `signature_invalid`, before
  /// the database is asked anything, what Twilio did not sign.
  Task<Result<void>> receive(const Uuid& id, const outbound::FormParameters& form,
                             std::string_view signature, Deadline deadline);

 private:
  db::Pool& pool_;
  const std::optional<std::string> auth_token_;
  const std::string public_origin_;
};

}  // namespace frontdesk::notifications
