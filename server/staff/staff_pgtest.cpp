#include "staff/staff.hpp"
#include "staff/statements.hpp"
#include "support/database.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace frontdesk::staff {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;

const StaffId mara = *StaffId::parse("00000000-0000-7000-8000-0000000000a1");
const StaffId left = *StaffId::parse("00000000-0000-7000-8000-0000000000a2");
const StaffId jonas = *StaffId::parse("00000000-0000-7000-8000-0000000000a3");
const ServiceId cut = *ServiceId::parse("00000000-0000-7000-8000-0000000000d1");

class StaffPg : public ::testing::Test {
 protected:
  void SetUp() override {
    frontdesk::testing::reset();
    frontdesk::testing::sql(R"(
      INSERT INTO service_categories (id, name) VALUES ('00000000-0000-7000-8000-0000000000c1', 'Hair');
      INSERT INTO services (id, category_id, name, price, duration, active) VALUES
        ('00000000-0000-7000-8000-0000000000d1', '00000000-0000-7000-8000-0000000000c1', 'Cut', 4500, 45, true),
        ('00000000-0000-7000-8000-0000000000d9', '00000000-0000-7000-8000-0000000000c1', 'Perm', 9900, 90, false);
      INSERT INTO staff (id, name, position, active) VALUES
        ('00000000-0000-7000-8000-0000000000a1', 'Mara', 2, true),
        ('00000000-0000-7000-8000-0000000000a2', 'Left', 1, false),
        ('00000000-0000-7000-8000-0000000000a3', 'Jonas', 2, true);
      INSERT INTO staff_services SELECT '00000000-0000-7000-8000-0000000000a1', id FROM services)");
  }

  std::unique_ptr<db::Pool> pool = frontdesk::testing::make_pool();
  Staff staff{*pool};
};

TEST_F(StaffPg, every_statement_can_be_run) {
  frontdesk::testing::prepare_all(sql::all);
}

TEST_F(StaffPg, those_who_left_are_listed_apart_and_found) {
  const auto page = frontdesk::testing::run(
      staff.members(true, {.limit = 20, .after = {}, .with_total = true}, deadline_in(5s)));
  ASSERT_EQ(page.items.size(), 2U);
  EXPECT_EQ(page.items[0].id, mara);
  EXPECT_EQ(page.items[1].id, jonas);
  EXPECT_EQ(page.total, 2);
  const auto gone = frontdesk::testing::run(
      staff.members(false, {.limit = 20, .after = {}, .with_total = true}, deadline_in(5s)));
  ASSERT_EQ(gone.items.size(), 1U);
  EXPECT_EQ(gone.items[0].id, left);
  EXPECT_EQ(gone.total, 1);
  const auto member = frontdesk::testing::run(staff.member(left, deadline_in(5s)));
  ASSERT_TRUE(member);
  EXPECT_FALSE(member->active);
}

TEST_F(StaffPg, R32_the_next_page_begins_after_the_last_item) {
  const auto first = frontdesk::testing::run(
      staff.members(true, {.limit = 1, .after = {}, .with_total = false}, deadline_in(5s)));
  ASSERT_TRUE(first.more);
  const auto second = frontdesk::testing::run(
      staff.members(true,
                    {.limit = 1,
                     .after = Position{first.items[0].position, first.items[0].id},
                     .with_total = false},
                    deadline_in(5s)));
  ASSERT_EQ(second.items.size(), 1U);
  EXPECT_EQ(second.items[0].id, jonas);
  EXPECT_FALSE(second.more);
}

TEST_F(StaffPg, a_member_names_the_services_that_can_be_booked) {
  const auto member = frontdesk::testing::run(staff.member(mara, deadline_in(5s)));
  ASSERT_TRUE(member);
  EXPECT_THAT(member->services, ElementsAre(cut));
}

}  // namespace
}  // namespace frontdesk::staff
