#include "appointments/calendar_feeds.hpp"

#include "appointments/appointments.hpp"
#include "appointments/calendar_feed_store.hpp"
#include "appointments/store.hpp"
#include "audit/audit.hpp"
#include "core/ensure.hpp"
#include "db/transaction.hpp"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace frontdesk::appointments {
namespace {

constexpr std::size_t feed_length = 1'000;
constexpr std::chrono::days shown_past{90};

// The secret seals personal data elsewhere: what is made of it here serves this alone.
HmacSha256Key feed_key(std::span<const std::uint8_t> secret) {
  return HmacSha256Key(HmacSha256Key(secret).digest("calendar feeds"));
}

/// `customer`, as in addresses.
std::string_view word_for(Reader reader) {
  return reader == Reader::customer ? "customer" : "staff";
}

// Each lists what it is asked for, as far as there is room; without a text nothing is refused.
Task<std::vector<Appointment>> list(db::Connection& connection, const store::Viewer& viewer,
                                    const Filter& filter, Order order, std::size_t room) {
  auto page = co_await store::list(connection, viewer, filter, order,
                                   {.limit = static_cast<int>(room), .after = std::nullopt});
  ENSURE(page.has_value());
  co_return std::move(page->items);
}

// What lies ahead comes first: of a busy member's past there may be more than a feed holds.
Task<std::vector<Appointment>> list_shown(db::Connection& connection, const store::Viewer& viewer,
                                          Filter filter, LocalDate today) {
  filter.from = today;
  auto shown = co_await list(connection, viewer, filter, Order::earliest_start, feed_length);
  if (shown.size() == feed_length) co_return shown;
  filter.from = today - shown_past;
  filter.to = today - std::chrono::days{1};
  auto past =
      co_await list(connection, viewer, filter, Order::latest_start, feed_length - shown.size());
  std::ranges::move(past, std::back_inserter(shown));
  co_return shown;
}

struct Rotation {
  const Actor& actor;
};

Task<Result<void>> rotate_in(db::Transaction& transaction, Rotation& rotation) {
  auto& connection = transaction.connection();
  co_await store::rotate_feed(connection, *rotation.actor.user);
  co_await audit::record(connection, rotation.actor,
                         {.action = "calendar_feed.rotate",
                          .subject_type = "user",
                          .subject_id = *rotation.actor.user});
  co_return Result<void>{};
}

}  // namespace

CalendarFeeds::CalendarFeeds(db::Pool& pool, std::span<const std::uint8_t> secret,
                             std::string public_origin)
    : pool_(pool), key_(feed_key(secret)), public_origin_(std::move(public_origin)) {}

Uuid CalendarFeeds::token_of(Reader reader, const Uuid& subject, const UserId& user,
                             std::int32_t generation) const {
  // Whoever has the login of a member of staff next gets an address of their own.
  const auto digest = key_.digest(fmt::format("{} {} {} {}", word_for(reader), subject.to_string(),
                                              user.to_string(), generation));
  Uuid token;
  std::copy_n(digest.begin(), token.bytes.size(), token.bytes.begin());
  return token;
}

std::string CalendarFeeds::address_of(Reader reader, const Uuid& subject, const UserId& user,
                                      std::int32_t generation) const {
  return fmt::format("{}/api/v1/calendar-feeds/{}/{}/{}/calendar.ics", public_origin_,
                     word_for(reader), subject.to_string(),
                     token_of(reader, subject, user, generation).to_string());
}

Task<Result<FeedAddresses>> CalendarFeeds::addresses(const Actor& actor, Deadline deadline) {
  ENSURE(actor.user.has_value());
  auto lease = co_await pool_.acquire(deadline);
  const auto account = co_await store::find_feed_account(*lease, *actor.user);
  if (!account) co_return refuse(not_found());
  const auto& user = *actor.user;
  FeedAddresses addresses{address_of(Reader::customer, user, user, account->generation), {}};
  if (account->staff) {
    addresses.staff = address_of(Reader::staff, *account->staff, user, account->generation);
  }
  co_return addresses;
}

Task<Result<FeedAddresses>> CalendarFeeds::rotate(const Actor& actor, Deadline deadline) {
  ENSURE(actor.user.has_value());
  Rotation rotation{actor};
  if (auto done = co_await db::in_transaction(pool_, deadline, &rotate_in, rotation); !done) {
    co_return refuse(std::move(done.error()));
  }
  co_return co_await addresses(actor, deadline);
}

Task<Result<std::string>> CalendarFeeds::read(Reader reader, Uuid subject, Uuid token,
                                              Deadline deadline) {
  auto lease = co_await pool_.acquire(deadline);
  const std::optional<UserId> user =
      reader == Reader::customer ? std::optional(UserId(subject))
                                 : co_await store::find_user_of_staff(*lease, StaffId(subject));
  if (!user) co_return refuse(not_found());
  const auto account = co_await store::find_feed_account(*lease, *user);
  const Uuid expected = token_of(reader, subject, *user, account ? account->generation : 0);
  if (!equal_in_constant_time(expected.bytes, token.bytes) || !account) {
    co_return refuse(not_found());
  }
  Filter filter{
      .statuses = {Status::pending, Status::confirmed, Status::completed, Status::no_show}};
  if (reader == Reader::staff) filter.staff = StaffId(subject);
  const store::Viewer viewer{.user = *user,
                             .staff = std::nullopt,
                             .sees_all = reader == Reader::staff,
                             .reads_users = false};
  const auto shown = co_await list_shown(*lease, viewer, std::move(filter), account->today);
  co_return to_feed(shown, co_await store::venue(*lease), reader);
}

}  // namespace frontdesk::appointments
