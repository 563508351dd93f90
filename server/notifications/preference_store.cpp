#include "notifications/preference_store.hpp"

#include "notifications/statements.hpp"

namespace frontdesk::notifications::store {
namespace {

std::optional<QuietHours> quiet_hours(std::optional<std::int16_t> start,
                                      std::optional<std::int16_t> end) {
  if (!start || !end) return std::nullopt;
  return QuietHours{LocalTime(*start), LocalTime(*end)};
}

std::optional<std::int16_t> minutes_of(const std::optional<QuietHours>& quiet,
                                       LocalTime QuietHours::* bound) {
  if (!quiet) return std::nullopt;
  return static_cast<std::int16_t>(((*quiet).*bound).count());
}

// A name that this version does not know is left alone: a newer one wrote it.
void set_all(Preferences& chosen, const std::vector<std::string>& groups,
             const std::vector<std::string>& channels, const std::vector<bool>& wanted) {
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const auto group = group_from_slug(groups[i]);
    const auto channel = channel_from_slug(channels[i]);
    if (group && channel) chosen.set(*group, *channel, wanted[i]);
  }
}

}  // namespace

Task<bool> lock_preferences(db::Connection& connection, const UserId& user) {
  const auto rows = co_await connection.execute(sql::lock_preferences, user);
  co_return !rows.empty();
}

Task<OwnPreferences> preferences(db::Connection& connection, const UserId& user) {
  const auto rows = co_await connection.execute(sql::find_preferences, user);
  const auto row = rows[0];
  OwnPreferences found{
      .chosen = {}, .version = row.get<std::int64_t>(0), .timezone = row.get<std::string>(3)};
  found.chosen.quiet =
      quiet_hours(row.get<std::optional<std::int16_t>>(1), row.get<std::optional<std::int16_t>>(2));
  set_all(found.chosen, row.get<std::vector<std::string>>(4), row.get<std::vector<std::string>>(5),
          row.get<std::vector<bool>>(6));
  co_return found;
}

Task<std::int64_t> replace_preferences(db::Connection& connection, const UserId& user,
                                       const Preferences& chosen) {
  std::vector<std::string> groups;
  std::vector<std::string> channels;
  std::vector<std::string> wanted;
  for (const auto& deviation : chosen.deviations()) {
    groups.emplace_back(slug_of(deviation.group));
    channels.emplace_back(slug_of(deviation.channel));
    wanted.emplace_back(deviation.wanted ? "t" : "f");
  }
  db::Batch batch;
  batch.add(sql::delete_preferences, user);
  batch.add(sql::insert_preferences, user, groups, channels, wanted);
  batch.add(sql::save_notification_settings, user, minutes_of(chosen.quiet, &QuietHours::start),
            minutes_of(chosen.quiet, &QuietHours::end));
  const auto results = co_await connection.execute_batch(std::move(batch));
  co_return results[2][0].get<std::int64_t>(0);
}

Task<std::optional<Recipient>> find_recipient(db::Connection& connection, const UserId& user,
                                              Group group) {
  const auto rows = co_await connection.execute(sql::find_recipient, user, slug_of(group));
  if (rows.empty()) co_return std::nullopt;
  const auto row = rows[0];
  Preferences chosen;
  const auto set = [&chosen, group](const std::vector<std::string>& channels, bool wanted) {
    for (const auto& slug : channels) {
      if (const auto channel = channel_from_slug(slug)) chosen.set(group, *channel, wanted);
    }
  };
  set(row.get<std::vector<std::string>>(6), true);
  set(row.get<std::vector<std::string>>(7), false);
  co_return Recipient{.id = user,
                      .name = row.get<std::string>(0),
                      .email = row.get<std::string>(1),
                      .phone = row.get<std::optional<std::string>>(2),
                      .locale = row.get<std::string>(3),
                      .wants = chosen.of(group),
                      .quiet = quiet_hours(row.get<std::optional<std::int16_t>>(4),
                                           row.get<std::optional<std::int16_t>>(5))};
}

}  // namespace frontdesk::notifications::store
