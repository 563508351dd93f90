#include "queue/entries.hpp"

#include "db/codec.hpp"
#include "queue/sealed_message.hpp"
#include "queue/statements.hpp"

#include <limits>
#include <vector>

#include <fmt/format.h>

namespace frontdesk::queue {
namespace {

constexpr std::string_view ellipsis = "…";
constexpr std::size_t shown_digits = 3;

// Bytes of the first character of UTF-8 text.
std::size_t first_character(std::string_view text) {
  std::size_t size = text.empty() ? 0 : 1;
  while (size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U) ++size;
  return size;
}

Entry entry_of(const db::Row& row, const DataKey& key) {
  Entry entry{.id = row.get<Uuid>(0),
              .event = row.get<std::string>(1),
              .channel = row.get<std::string>(2),
              .status = row.get<std::string>(3),
              .attempts = row.get<std::int32_t>(4),
              .last_error = row.get<std::optional<std::string>>(5),
              .recipient = {},
              .appointment = row.get<std::optional<AppointmentId>>(7),
              .created_at = row.get<Instant>(8),
              .wanted_at = row.get<Instant>(9),
              .due_at = row.get<Instant>(10),
              .delivered_at = row.get<std::optional<Instant>>(11),
              .sequence = row.get<std::int64_t>(12),
              .being_sent = row.get<bool>(13),
              .wiped = row.is_null(6),
              .confirmed_at = row.get<std::optional<Instant>>(14)};
  if (const auto sealed = row.get<std::optional<db::Bytes>>(6)) {
    if (const auto message = open_message(key, entry.id, *sealed)) {
      if (!message->to.empty()) entry.recipient = mask_recipient(entry.channel, message->to);
    }
  }
  return entry;
}

}  // namespace

std::string mask_recipient(std::string_view channel, std::string_view recipient) {
  // An event is for an address or for a number.
  const auto at = recipient.rfind('@');
  const bool is_number = channel == "sms" || (channel == "event" && recipient.starts_with('+'));
  if ((channel == "email" || channel == "event") && at != std::string_view::npos) {
    return fmt::format("{}{}{}", recipient.substr(0, first_character(recipient.substr(0, at))),
                       ellipsis, recipient.substr(at));
  }
  if (is_number && recipient.size() > 2 * shown_digits) {
    return fmt::format("{}{}", ellipsis, recipient.substr(recipient.size() - shown_digits));
  }
  return std::string(ellipsis);
}

Task<Page<Entry>> list_entries(db::Connection& connection, const DataKey& key,
                               const EntryFilter& filter, PageRequest<std::int64_t> page) {
  const std::int64_t before = page.after.value_or(std::numeric_limits<std::int64_t>::max());
  const auto limit = static_cast<std::int64_t>(page.limit) + 1;
  db::Rows rows;
  if (filter.status == "dead") {
    rows = co_await connection.execute(sql::list_dead_entries, before, filter.channel, limit);
  } else if (filter.status == "waiting") {
    rows = co_await connection.execute(sql::list_waiting_entries, before, filter.channel, limit);
  } else {
    rows = co_await connection.execute(sql::list_entries, before, filter.status, filter.channel,
                                       limit);
  }
  std::vector<Entry> entries;
  for (const db::Row row : rows) entries.push_back(entry_of(row, key));
  std::optional<std::int64_t> total;
  if (page.with_total) {
    const auto counted =
        co_await connection.execute(sql::count_entries, filter.status, filter.channel);
    total = counted[0].get<std::int64_t>(0);
  }
  co_return page_of(std::move(entries), page.limit, total);
}

Task<std::optional<Entry>> lock_entry(db::Connection& connection, const DataKey& key,
                                      const Uuid& id) {
  const auto rows = co_await connection.execute(sql::lock_entry, id);
  if (rows.empty()) co_return std::nullopt;
  co_return entry_of(rows[0], key);
}

Task<Instant> retry_entry(db::Connection& connection, const Uuid& id) {
  const auto rows = co_await connection.execute(sql::retry_entry, id);
  co_return rows[0].get<Instant>(0);
}

Task<void> confirm_entry(db::Connection& connection, const Uuid& id, std::string_view channel) {
  co_await connection.execute(sql::confirm_entry, id, channel);
}

Task<void> fail_entry(db::Connection& connection, const Uuid& id, std::string_view channel,
                      std::string_view reason) {
  co_await connection.execute(sql::fail_entry, id, channel, reason);
}

Task<void> discard_entry(db::Connection& connection, const Uuid& id) {
  co_await connection.execute(sql::discard_entry, id);
}

}  // namespace frontdesk::queue
