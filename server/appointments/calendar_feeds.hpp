#pragma once

#include "appointments/calendar.hpp"
#include "core/actor.hpp"
#include "core/deadline.hpp"
#include "core/digest.hpp"
#include "core/error.hpp"
#include "core/task.hpp"
#include "core/uuid.hpp"
#include "db/pool.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace frontdesk::appointments {

/// The secret addresses at which calendars find what an account has.
struct FeedAddresses {
  std::string own;                   ///< what they booked
  std::optional<std::string> staff;  ///< what they are booked for; only for the login of a member
};

/// Feeds that a calendar subscribes to without a login, by an address that nobody can guess: the
/// id of whom it shows and 128 bits (R18) of an HMAC of it. Nothing of the address is stored; it
/// changes with a number in the account's row. Every method throws what db::Pool and
/// db::Connection throw.
class CalendarFeeds {
 public:
  /// `pool` must outlive it. Addresses begin with `public_origin` (R09); the key of their HMAC is
  /// made of `secret`.
  CalendarFeeds(db::Pool& pool, std::span<const std::uint8_t> secret, std::string public_origin);

  /// The addresses of the caller, who is logged in (ENSURE).
  Task<Result<FeedAddresses>> addresses(const Actor& actor, Deadline deadline);

  /// Gives the caller other addresses; the ones before are nobody's any more.
  Task<Result<FeedAddresses>> rotate(const Actor& actor, Deadline deadline);

  /// The feed of `subject`, a user or a member of staff as `reader` says: what was pending,
  /// confirmed or has taken place from 90 days ago on, at most 1,000 appointments. Not found where
  /// `token` is not the address's, or the account is not active.
  Task<Result<std::string>> read(Reader reader, Uuid subject, Uuid token, Deadline deadline);

 private:
  [[nodiscard]] Uuid token_of(Reader reader, const Uuid& subject, const UserId& user,
                              std::int32_t generation) const;
  [[nodiscard]] std::string address_of(Reader reader, const Uuid& subject, const UserId& user,
                                       std::int32_t generation) const;

  db::Pool& pool_;
  HmacSha256Key key_;
  std::string public_origin_;
};

}  // namespace frontdesk::appointments
