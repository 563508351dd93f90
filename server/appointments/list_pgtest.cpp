#include "appointments/statements.hpp"
#include "appointments/testing_business.hpp"

#include <algorithm>

namespace frontdesk::appointments::testing {
namespace {

TEST(AppointmentsSql, every_statement_can_be_run) {
  std::vector<const db::Statement*> planned;
  for (const auto* statement : sql::all) {
    // Savepoints have no plan; the tests of "anyone" run them.
    if (statement != &sql::savepoint && statement != &sql::rollback_to_savepoint) {
      planned.push_back(statement);
    }
  }
  frontdesk::testing::prepare_all(planned);
}

class Lists : public BusinessTest {
 protected:
  void SetUp() override {
    BusinessTest::SetUp();
    cut_ = add_service();
    colour_ = add_service();
    testing::sql("UPDATE services SET name = 'Colour 100%' WHERE id = '" + colour_.to_string() +
                 "'");
    login_ = add_user("Login of Mara");
    mara_ = add_staff({cut_, colour_}, "Mara", login_);
    noor_ = add_staff({cut_}, "Noor");
    ada_ = add_user("Ada");
    bob_ = add_user("Bob");
    first_ = booked(actor(ada_), {.service = cut_, .staff = mara_, .start = at("10:00", 9)});
    second_ = booked(
        actor(bob_),
        {.service = colour_, .staff = mara_, .start = at("10:00", 8), .notes = "with_underscore"});
    third_ = booked(actor(ada_), {.service = cut_, .staff = noor_, .start = at("10:00", 7)});
    fourth_ = booked(actor(login_), {.service = cut_, .staff = mara_, .start = at("12:00", 7)});
    frontdesk::testing::run(
        appointments().cancel(actor(bob_), {.id = second_}, std::nullopt, std::nullopt, soon()));
  }

  using Ids = std::vector<AppointmentId>;
  Ids list(const Actor& who, Filter filter = {}, Order order = Order::earliest_start) {
    Ids ids;
    for (const auto& item : page(who, std::move(filter), order).items) ids.push_back(item.id);
    return ids;
  }
  Actor login() {
    Actor who = actor(login_);
    who.staff = mara_;
    return who;
  }
  Actor all() { return actor(add_user(), {Permission::appointments_read_all}); }

  ServiceId cut_, colour_;
  UserId login_, ada_, bob_;
  StaffId mara_, noor_;
  AppointmentId first_, second_, third_, fourth_;
};

TEST_F(Lists, R16_everyone_sees_their_own_and_what_is_assigned_to_them) {
  EXPECT_EQ(list(actor(ada_)), (Ids{third_, first_}));
  EXPECT_EQ(list(actor(bob_)), (Ids{second_}));
  EXPECT_EQ(list(login()), (Ids{fourth_, second_, first_})) << "own and assigned, once each";
  EXPECT_EQ(list(actor(add_user())), Ids{});
  EXPECT_EQ(list(all()), (Ids{third_, fourth_, second_, first_}));
}

TEST_F(Lists, three_orders) {
  for (const auto& who : {all(), login(), actor(ada_)}) {
    auto expected = list(who);
    std::ranges::reverse(expected);
    EXPECT_EQ(list(who, {}, Order::latest_start), expected);
  }
  EXPECT_EQ(list(all(), {}, Order::newest_booking), (Ids{fourth_, third_, second_, first_}));
  EXPECT_EQ(list(login(), {}, Order::newest_booking), (Ids{fourth_, second_, first_}));
  EXPECT_EQ(list(actor(ada_), {}, Order::newest_booking), (Ids{third_, first_}));
}

TEST_F(Lists, filters_narrow_and_are_joined_by_and) {
  for (const auto& who : {all(), login()}) {
    EXPECT_EQ(list(who, {.statuses = {Status::cancelled}}), (Ids{second_}));
    EXPECT_EQ(list(who, {.from = day(8)}), (Ids{second_, first_}));
    EXPECT_EQ(list(who, {.from = day(8), .to = day(8)}), (Ids{second_}));
    EXPECT_EQ(list(who, {.service = colour_}), (Ids{second_}));
    EXPECT_EQ(list(who, {.service = colour_, .user = ada_}), Ids{});
  }
  EXPECT_EQ(list(all(), {.to = day(7)}), (Ids{third_, fourth_}));
  EXPECT_EQ(list(all(), {.staff = noor_}), (Ids{third_}));
  EXPECT_EQ(list(all(), {.user = ada_}), (Ids{third_, first_}));
  EXPECT_EQ(list(all(), {.staff = noor_, .user = ada_}), (Ids{third_}));
  EXPECT_EQ(list(actor(bob_), {.user = ada_}), Ids{}) << "R16: a filter shows nothing more";
  EXPECT_EQ(list(actor(bob_), {.staff = noor_}), Ids{});
}

TEST_F(Lists, filters_narrow_what_a_customer_sees_in_every_order) {
  for (const auto order : {Order::earliest_start, Order::latest_start, Order::newest_booking}) {
    EXPECT_EQ(list(actor(ada_), {.from = day(8)}, order), (Ids{first_}));
    EXPECT_EQ(list(actor(ada_), {.to = day(7)}, order), (Ids{third_}));
    EXPECT_EQ(list(actor(ada_), {.statuses = {Status::cancelled}}, order), Ids{});
    EXPECT_EQ(list(actor(ada_), {.staff = noor_, .service = cut_}, order), (Ids{third_}));
    EXPECT_EQ(list(actor(ada_), {.service = colour_}, order), Ids{});
    EXPECT_EQ(list(actor(ada_), {.text = "noor"}, order), (Ids{third_}));
    EXPECT_EQ(list(actor(ada_), {.user = ada_, .text = "mara"}, order), (Ids{first_}));
    EXPECT_EQ(list(all(), {.user = ada_, .text = "%"}, order), Ids{});
  }
}

TEST_F(Lists, R32_text_is_found_in_names_and_notes_and_is_no_pattern) {
  EXPECT_EQ(list(all(), {.text = "NOOR"}), (Ids{third_}));
  EXPECT_EQ(list(all(), {.text = "bob"}), (Ids{second_}));
  EXPECT_EQ(list(all(), {.text = "100%"}), (Ids{second_}));
  EXPECT_EQ(list(all(), {.text = "with_under"}), (Ids{second_}));
  EXPECT_EQ(list(all(), {.text = "%"}), (Ids{second_}));
  EXPECT_EQ(list(all(), {.text = "withXunder"}), Ids{});
  EXPECT_EQ(list(login(), {.text = "colour"}), (Ids{second_}));
}

TEST_F(Lists, pages_follow_each_other_without_gap_or_repetition_in_every_order) {
  for (const auto& who : {all(), login(), actor(ada_)}) {
    for (const auto order : {Order::earliest_start, Order::latest_start, Order::newest_booking}) {
      Ids ids;
      PageRequest<ListKey> request{.limit = 1, .after = {}, .with_total = true};
      for (;;) {
        const auto part = page(who, {}, order, request);
        ASSERT_EQ(part.items.size(), 1);
        EXPECT_EQ(part.total, static_cast<std::int64_t>(list(who).size()));
        const auto& item = part.items[0];
        ids.push_back(item.id);
        if (!part.more) break;
        request.after = ListKey{
            .at = order == Order::newest_booking ? item.created_at : item.starts_at, .id = item.id};
      }
      EXPECT_EQ(ids, list(who, {}, order));
    }
  }
}

TEST_F(Lists, the_total_counts_what_the_filter_leaves) {
  const PageRequest<ListKey> request{.limit = 1, .after = {}, .with_total = true};
  EXPECT_EQ(page(all(), {.from = day(8)}, Order::earliest_start, request).total, 2);
  EXPECT_EQ(page(actor(ada_), {.text = "noor"}, Order::earliest_start, request).total, 1);
  EXPECT_FALSE(page(all(), {}).total);
}

}  // namespace
}  // namespace frontdesk::appointments::testing
