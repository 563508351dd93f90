#include "appointments/testing_business.hpp"

#include <algorithm>
#include <random>
#include <tuple>
#include <utility>

namespace frontdesk::appointments::testing {
namespace {

constexpr std::array orders{Order::earliest_start, Order::latest_start, Order::newest_booking};

/// Lists of a random business against a plain filter over everything there is.
class Paging : public BusinessTest {
 protected:
  void SetUp() override {
    BusinessTest::SetUp();
    services_ = {add_service(), add_service()};
    sql("UPDATE services SET name = 'Colour 100%' WHERE id = '" + services_[1].to_string() + "'");
    login_ = add_user("Login of Mara");
    staff_ = {add_staff({}, "Mara", login_), add_staff({}, "Noor"), add_staff({}, "Grace")};
    users_ = {login_, add_user("Ada"), add_user("Bob")};
    sql("UPDATE users SET phone = '+4930123456' WHERE name = 'Bob'");
    populate();
    manager_ = actor(add_user(), {Permission::appointments_read_all});
    everything_ = page(manager_, {}, Order::earliest_start, {.limit = 1000, .after = {}}).items;
  }

  template <class T>
  const T& any_of(const std::vector<T>& choices) {
    return choices[random_() % choices.size()];
  }
  bool now_and_then() { return random_() % 4 == 0; }

  // Few starts and few moments of booking, so that ids decide often.
  void populate() {
    sql(fmt::format(
        "INSERT INTO occupations (id, staff_id, service_id, starts_at, ends_at, during, capacity, "
        "booked, active) VALUES ('{0}', '{1}', '{2}', now(), now() + interval '1 hour', "
        "tstzrange(now(), now() + interval '1 hour'), 1, 0, false)",
        occupation_.to_string(), staff_[0].to_string(), services_[0].to_string()));
    for (int i = 0; i < 150; ++i) add_row();
  }
  void add_row() {
    const bool walk_in = now_and_then();
    sql(fmt::format(
        "INSERT INTO appointments (id, user_id, service_id, staff_id, occupation_id, date, time, "
        "timezone, starts_at, ends_at, duration, price, currency, status, notes, created_at, "
        "customer_name, customer_phone, customer_email) "
        "SELECT '{}', {}, '{}', '{}', '{}', start::date, '10:00', 'UTC', start, "
        "start + interval '30 minutes', 30, 100, 'EUR', '{}', '{}', "
        "timestamptz '2026-03-01 00:00Z' + interval '1 hour' * {}, {} "
        "FROM (SELECT timestamptz '2030-03-01 10:00Z' + interval '1 day' * {} AS start) AS s",
        AppointmentId::generate().to_string(),
        walk_in ? "NULL" : "'" + any_of(users_).to_string() + "'", any_of(services_).to_string(),
        any_of(staff_).to_string(), occupation_.to_string(),
        any_of<std::string>({"pending", "confirmed", "completed", "no_show", "cancelled"}),
        any_of<std::string>({"", "", "100% sure", "a_b", "with grace"}), random_() % 9,
        walk_in ? "'Grace', '+4930123456', 'grace@example.test'" : "NULL, NULL, NULL",
        random_() % 9));
  }

  Filter any_filter() {
    Filter filter;
    if (now_and_then()) filter.statuses = {Status::pending, any_of<Status>({Status::cancelled})};
    if (now_and_then()) filter.from = *parse_date(fmt::format("2030-03-0{}", 1 + random_() % 9));
    if (now_and_then()) filter.to = *parse_date(fmt::format("2030-03-0{}", 1 + random_() % 9));
    if (now_and_then()) filter.staff = any_of(staff_);
    if (now_and_then()) filter.service = any_of(services_);
    if (now_and_then()) filter.user = any_of(users_);
    if (now_and_then()) {
      filter.text = any_of<std::string>(
          {"grace", "GRACE@", "100%", "_", "+4930", "+4930123456", "mara", "bob", "EXAMPLE.test",
           users_[1].to_string() + "@Example.test", "nothing like it"});
    }
    return filter;
  }

  static Instant key_of(const Appointment& item, Order order) {
    return order == Order::newest_booking ? item.created_at : item.starts_at;
  }

  using Ids = std::vector<AppointmentId>;
  Ids paged(const Actor& who, const Filter& filter, Order order, int limit) {
    Ids ids;
    PageRequest<ListKey> request{.limit = limit, .after = {}, .with_total = true};
    for (;;) {
      const auto part = page(who, filter, order, request);
      totals_.push_back(*part.total);
      for (const auto& item : part.items) ids.push_back(item.id);
      if (!part.more || ids.size() > everything_.size()) return ids;
      request.after = ListKey{.at = key_of(part.items.back(), order), .id = part.items.back().id};
    }
  }

  static bool contains(std::string text, std::string part) {
    for (auto* each : {&text, &part}) {
      std::ranges::transform(*each, each->begin(), [](unsigned char c) { return std::tolower(c); });
    }
    return text.find(part) != std::string::npos;
  }
  bool says(const Appointment& item, const std::string& text, const Actor& who) const {
    std::vector<std::string> places{item.notes, item.service.name, item.staff.name};
    if (item.user) {
      places.push_back(item.user->name);
      const bool may_read =
          who.may(Permission::users_read) || (who.user == item.user->id && !who.staff);
      std::vector<std::string> contacts{item.user->id.to_string() + "@example.test"};
      if (item.user->name == "Bob") contacts.emplace_back("+4930123456");
      for (const auto& contact : contacts) {
        if (may_read || contact.size() == text.size()) places.push_back(contact);
      }
    }
    if (item.walk_in) {
      places.push_back(item.walk_in->name);
      places.push_back(item.walk_in->phone.value_or(""));
      places.push_back(item.walk_in->email.value_or(""));
    }
    return std::ranges::any_of(places, [&](const auto& place) { return contains(place, text); });
  }
  bool fits(const Appointment& item, const Filter& filter, const Actor& who) const {
    const auto& statuses = filter.statuses;
    return (statuses.empty() || std::ranges::find(statuses, item.status) != statuses.end()) &&
           (!filter.from || item.date >= *filter.from) && (!filter.to || item.date <= *filter.to) &&
           (!filter.staff || item.staff.id == *filter.staff) &&
           (!filter.service || item.service.id == *filter.service) &&
           (!filter.user || (item.user && item.user->id == *filter.user)) &&
           (!filter.text || says(item, *filter.text, who));
  }
  bool is_seen(const Appointment& item, const Actor& who) const {
    return who.may(Permission::appointments_read_all) || (item.user && item.user->id == who.user) ||
           (who.staff && item.staff.id == *who.staff);
  }
  Ids expected(const Actor& who, const Filter& filter, Order order) {
    std::vector<std::pair<Instant, AppointmentId>> keys;
    for (const auto& item : everything_) {
      if (is_seen(item, who) && fits(item, filter, who)) {
        keys.emplace_back(key_of(item, order), item.id);
      }
    }
    std::ranges::sort(keys);
    if (order != Order::earliest_start) std::ranges::reverse(keys);
    Ids ids;
    for (const auto& [at, id] : keys) ids.push_back(id);
    return ids;
  }

  std::mt19937 random_{20260301};
  std::vector<ServiceId> services_;
  std::vector<StaffId> staff_;
  std::vector<UserId> users_;
  UserId login_;
  OccupationId occupation_ = OccupationId::generate();
  Actor manager_;
  std::vector<Appointment> everything_;
  std::vector<std::int64_t> totals_;
};

TEST_F(Paging, R32_every_filter_in_every_order_pages_without_loss_or_repetition) {
  ASSERT_EQ(everything_.size(), 150);
  Actor member = actor(login_);
  member.staff = staff_[0];
  Actor reader = manager_;
  reader.permissions.insert(Permission::users_read);
  for (int round = 0; round < 90; ++round) {
    const Filter filter = any_filter();
    for (const auto& who : {manager_, reader, member, actor(users_[1])}) {
      for (const auto order : orders) {
        totals_.clear();
        const Ids wanted = expected(who, filter, order);
        const int limit = 1 + static_cast<int>(random_() % 20);
        ASSERT_EQ(paged(who, filter, order, limit), wanted)
            << "round " << round << ", order " << static_cast<int>(order);
        for (const auto total : totals_) EXPECT_EQ(total, std::int64_t(wanted.size()));
      }
    }
  }
}

}  // namespace
}  // namespace frontdesk::appointments::testing
