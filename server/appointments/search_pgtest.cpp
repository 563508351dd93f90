#include "appointments/testing_business.hpp"

#include <algorithm>

namespace frontdesk::appointments::testing {
namespace {

using Ids = std::vector<AppointmentId>;

class Search : public BusinessTest {
 protected:
  void SetUp() override {
    BusinessTest::SetUp();
    cut_ = add_service();
    login_ = add_user("Login of Mara");
    mara_ = add_staff({cut_}, "Mara", login_);
    ada_ = add_user("Ada Lovelace");
    sql("UPDATE users SET email = 'ada@lovelace.test', phone = '+4930123456' WHERE id = '" +
        ada_.to_string() + "'");
    adas_ = booked(actor(ada_), {.service = cut_, .staff = mara_, .start = at("10:00")});
    observer_ = actor(add_user("Otto"), {Permission::appointments_read_all});
    reader_ = actor(add_user("Rita"), {Permission::appointments_read_all, Permission::users_read});
    member_ = actor(login_);
    member_.staff = mara_;
  }

  Ids found(const Actor& who, std::string text, Filter filter = {}) {
    filter.text = std::move(text);
    Ids ids;
    const auto found =
        page(who, filter, Order::earliest_start, {.limit = 100, .after = {}, .with_total = true});
    for (const auto& item : found.items) ids.push_back(item.id);
    EXPECT_EQ(found.total, static_cast<std::int64_t>(ids.size()));
    return ids;
  }
  Result<Page<Appointment>> search(const Actor& who, std::string text) {
    return frontdesk::testing::run(
        appointments().list(who, {.text = std::move(text)}, Order::earliest_start, {}, soon()));
  }

  static void add_customers(int count, const std::string& name) {
    sql(fmt::format(
        "INSERT INTO users (id, role_id, name, email, password_hash) SELECT gen_random_uuid(), "
        "'00000000-0000-7000-8000-000000000004', '{0} ' || n, '{0}.' || n || '@example.test', '-' "
        "FROM generate_series(1, {1}) AS n",
        name, count));
  }
  /// Copies of Ada's appointment.
  static void add_appointments(int count, const std::string& notes) {
    sql(fmt::format(
        "INSERT INTO appointments (id, user_id, service_id, staff_id, occupation_id, date, time, "
        "timezone, starts_at, ends_at, duration, price, currency, status, notes) "
        "SELECT gen_random_uuid(), a.user_id, a.service_id, a.staff_id, a.occupation_id, a.date, "
        "a.time, a.timezone, a.starts_at, a.ends_at, a.duration, a.price, a.currency, 'cancelled', "
        "'{}' FROM (SELECT * FROM appointments LIMIT 1) AS a, generate_series(1, {})",
        notes, count));
  }

  ServiceId cut_;
  UserId login_, ada_;
  StaffId mara_;
  AppointmentId adas_;
  Actor observer_, reader_, member_;
};

TEST_F(Search, R16_an_address_is_found_by_pieces_only_for_who_may_read_it) {
  for (const std::string piece :
       {"ada@lovelace.tes", "da@lovelace.test", "lovelace.", "@", "4930123456", "+493012345",
        "3012", "_da@lovelace.test", "%", "ada@lovelace.test%"}) {
    EXPECT_EQ(found(observer_, piece), Ids{}) << piece;
    EXPECT_EQ(found(member_, piece), Ids{}) << piece;
  }
  for (const std::string piece :
       {"ADA@lovelace.tes", "da@l", "e.t", "@", "4930123456", "301", "56"}) {
    EXPECT_EQ(found(reader_, piece), Ids{adas_}) << piece;
    EXPECT_EQ(found(reader_, piece, {.user = ada_}), Ids{adas_}) << piece;
    EXPECT_EQ(found(actor(ada_), piece), Ids{adas_}) << "their own: " << piece;
  }
}

TEST_F(Search, R04_a_whole_address_is_found_in_every_spelling_of_it) {
  for (const std::string whole : {"ada@lovelace.test", "Ada@Lovelace.TEST", " ada@lovelace.test ",
                                  "ａｄａ@lovelace.test", "+4930123456"}) {
    for (const auto& who : {observer_, member_, reader_, actor(ada_)}) {
      EXPECT_EQ(found(who, whole), Ids{adas_}) << whole;
    }
  }
}

TEST_F(Search, R32_a_name_is_found_by_any_piece_of_it_in_any_script) {
  for (const std::string name : {"Łukasz", "Иван", "李明", "x_%\\y", "Q"}) {
    const auto user = add_user(name);
    const auto theirs = booked(actor(user), {.service = cut_, .start = at("10:00", 9)});
    EXPECT_EQ(found(observer_, name), Ids{theirs});
    testing::sql("UPDATE users SET name = 'in >" + name + "< it' WHERE id = '" + user.to_string() +
                 "'");
    EXPECT_EQ(found(observer_, name), Ids{theirs});
    EXPECT_EQ(found(observer_, ">" + name + "<"), Ids{theirs});
    testing::sql("UPDATE users SET name = 'gone' WHERE id = '" + user.to_string() + "'");
    EXPECT_EQ(found(observer_, name), Ids{});
    testing::sql("UPDATE appointments SET notes = '" + name + "' WHERE id = '" +
                 theirs.to_string() + "'");
    EXPECT_EQ(found(observer_, name), Ids{theirs});
    testing::sql("DELETE FROM appointments WHERE id = '" + theirs.to_string() +
                 "'; UPDATE occupations SET active = false WHERE id NOT IN (SELECT occupation_id "
                 "FROM appointments)");
  }
}

TEST_F(Search, R32_more_than_1000_customers_are_too_many) {
  add_customers(1000, "Legion");
  EXPECT_EQ(found(observer_, "legion"), Ids{});
  add_customers(1, "Legionary");
  const auto refused = search(observer_, "legion");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::invalid);
  EXPECT_EQ(refused.error().code, "too_broad");
  ASSERT_EQ(refused.error().fields.size(), 1);
  EXPECT_EQ(refused.error().fields[0].field, "q");
  EXPECT_EQ(code_of(search(observer_, "legionary")), "ok");
  EXPECT_EQ(code_of(search(member_, "legion")), "ok") << "only their own are looked through";
  EXPECT_EQ(code_of(search(actor(ada_), "legion")), "ok");
}

TEST_F(Search, R32_more_than_1000_notes_are_too_many) {
  add_appointments(1000, "bring a towel");
  EXPECT_EQ(page(observer_, {.text = "towel"}, Order::latest_start,
                 {.limit = 1, .after = {}, .with_total = true})
                .total,
            1000);
  add_appointments(1, "bring two towels");
  EXPECT_EQ(code_of(search(observer_, "towel")), "too_broad");
  EXPECT_EQ(code_of(search(observer_, "two towels")), "ok");
  EXPECT_EQ(code_of(search(member_, "towel")), "ok");
}

TEST_F(Search, R32_what_matches_in_many_places_is_found_and_counted_once) {
  testing::sql("UPDATE services SET name = 'Ada cut'; UPDATE staff SET name = 'Ada Mara'");
  add_appointments(3, "Ada again");
  EXPECT_EQ(found(observer_, "ada").size(), 4);
  EXPECT_EQ(found(observer_, "ada", {.statuses = {Status::confirmed}}), Ids{adas_});
  EXPECT_EQ(found(member_, "ada").size(), 4);
}

}  // namespace
}  // namespace frontdesk::appointments::testing
