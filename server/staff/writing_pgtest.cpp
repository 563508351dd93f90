#include "staff/testing.hpp"

namespace frontdesk::staff {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class WritingStaff : public StaffTest {
 protected:
  Result<Member> add(const NewMember& member) { return run(staff->add(manager, member, soon())); }
  Result<Member> update(const MemberChange& change, std::optional<std::int64_t> version = {}) {
    return run(staff->update(manager, mara, change, version, soon()));
  }
  std::string remove(StaffId id) { return outcome(run(staff->remove(manager, id, {}, soon()))); }
  Result<Member> assign(const std::vector<ServiceId>& services,
                        std::optional<std::int64_t> version = {}) {
    return run(staff->assign_services(manager, mara, services, version, soon()));
  }
  std::string reorder(const std::vector<StaffId>& order) {
    return outcome(run(staff->reorder(manager, order, soon())));
  }
  std::vector<StaffId> listed() {
    std::vector<StaffId> ids;
    for (const auto& member :
         run(staff->members(true, {.limit = 100, .after = {}, .with_total = false}, soon()))
             .items) {
      ids.push_back(member.id);
    }
    return ids;
  }
};

TEST_F(WritingStaff, who_is_added_is_the_last_in_the_order) {
  const auto user = new_user();
  const auto jonas =
      add({.name = "Jonas", .title = "Barber", .bio = "Beards", .user = user, .services = {cut}});
  ASSERT_TRUE(jonas);
  EXPECT_EQ(jonas->user, user);
  EXPECT_TRUE(jonas->active);
  EXPECT_EQ(jonas->version, 1);
  EXPECT_THAT(jonas->services, ElementsAre(cut));
  const auto tom = add({.name = "Tom"});
  EXPECT_THAT(listed(), ElementsAre(mara, jonas->id, tom->id));
  EXPECT_EQ(read(jonas->id).title, "Barber");
  EXPECT_EQ(audited(), "staff.create; staff.create");
}

TEST_F(WritingStaff, a_login_belongs_to_one_member) {
  const auto user = new_user();
  ASSERT_TRUE(add({.name = "Jonas", .user = user}));
  EXPECT_EQ(outcome(add({.name = "Tom", .user = user})), "user_already_linked");
  EXPECT_EQ(outcome(update({.user = std::optional(user)})), "user_already_linked");
  const auto unknown = add({.name = "Tom", .user = UserId::generate()});
  EXPECT_EQ(unknown.error().fields.at(0).field, "user_id");
  EXPECT_EQ(outcome(update({.user = std::optional(UserId::generate())})), "validation_failed");
  EXPECT_EQ(outcome(update({.user = std::optional(new_user())})), "ok");
  EXPECT_FALSE(update({.user = std::optional<UserId>()})->user);
}

TEST_F(WritingStaff, nobody_is_added_with_an_unknown_service) {
  const auto refused = add({.name = "Tom", .services = {cut, ServiceId::generate()}});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().fields.at(0).field, "service_ids");
  EXPECT_THAT(listed(), ElementsAre(mara));
  EXPECT_EQ(audited(), "");
}

TEST_F(WritingStaff, there_is_a_limit_for_those_who_are_active) {
  sql("INSERT INTO staff (id, name) SELECT gen_random_uuid(), 'M' FROM generate_series(1, 998)");
  const auto last = add({.name = "The thousandth"});
  ASSERT_TRUE(last);
  EXPECT_EQ(outcome(add({.name = "One more"})), "limit_reached");
  EXPECT_EQ(outcome(update({.active = false})), "ok");
  ASSERT_TRUE(add({.name = "In her place"}));
  EXPECT_EQ(outcome(update({.active = true})), "limit_reached");
  EXPECT_FALSE(read(mara).active);
}

TEST_F(WritingStaff, If_Match_refuses_a_stale_version_with_412) {
  EXPECT_EQ(outcome(update({.name = "Mia"}, 2)), "stale");
  EXPECT_EQ(update({.name = "Mia"}, 1)->version, 2);
  EXPECT_EQ(outcome(update({.name = "Mo"}, 1)), "stale");
  EXPECT_EQ(outcome(assign({}, 1)), "stale");
  EXPECT_EQ(outcome(run(staff->remove(manager, mara, 1, soon()))), "stale");
  EXPECT_EQ(read(mara).name, "Mia");
}

TEST_F(WritingStaff, R73_what_changes_nothing_keeps_the_version_and_leaves_no_entry) {
  EXPECT_EQ(update({.name = "Mara", .active = true})->version, 1);
  const auto shown = sql_count("SELECT revision FROM catalogue_revision");
  EXPECT_EQ(assign({cut})->version, 1);
  EXPECT_EQ(sql_count("SELECT revision FROM catalogue_revision"), shown);
  EXPECT_EQ(reorder({mara}), "ok");
  sql("UPDATE staff SET position = 1");
  EXPECT_EQ(reorder({mara}), "ok");
  EXPECT_EQ(audited(), "staff.reorder [\"position\"]") << "the first order moved her from 0 to 1";
  EXPECT_EQ(update({.name = "Mia", .bio = "Curls"})->version, 3);
  EXPECT_EQ(audited(), "staff.reorder [\"position\"]; staff.update [\"name\", \"bio\"]");
}

TEST_F(WritingStaff, whom_nobody_ever_booked_is_removed) {
  sql("INSERT INTO working_hours VALUES ('" + mara.to_string() + "', 1, 540, 600)");
  EXPECT_EQ(remove(mara), "ok");
  EXPECT_EQ(outcome(run(staff->member(mara, soon()))), "not_found");
  EXPECT_EQ(remove(mara), "not_found");
  EXPECT_EQ(sql_count("SELECT count(*) FROM working_hours"), 0);
  EXPECT_EQ(audited(), "staff.delete");
}

TEST_F(WritingStaff, whom_appointments_name_is_retired) {
  book("2030-01-07T09:00:00Z", "2030-01-07T10:00:00Z", "cancelled");
  EXPECT_EQ(remove(mara), "ok");
  EXPECT_EQ(remove(mara), "ok");
  EXPECT_THAT(listed(), IsEmpty());
  EXPECT_FALSE(read(mara).active);
  EXPECT_EQ(read(mara).version, 2);
  EXPECT_EQ(audited(), "staff.retire [\"active\"]");
  EXPECT_EQ(update({.active = true})->version, 3);
  EXPECT_THAT(listed(), ElementsAre(mara));
}

TEST_F(WritingStaff, whose_time_was_given_to_an_appointment_that_moved_on_is_retired) {
  book("2030-01-07T09:00:00Z", "2030-01-07T10:00:00Z", "cancelled");
  sql("DELETE FROM appointments");
  EXPECT_EQ(remove(mara), "ok");
  EXPECT_FALSE(read(mara).active);
}

TEST_F(WritingStaff, services_are_replaced_and_retired_ones_stay) {
  const auto colour = *ServiceId::parse("00000000-0000-7000-8000-0000000000d2");
  const auto perm = *ServiceId::parse("00000000-0000-7000-8000-0000000000d3");
  sql(R"(INSERT INTO services (id, category_id, name, price, duration, active) VALUES
           ('00000000-0000-7000-8000-0000000000d2', '00000000-0000-7000-8000-0000000000c1', 'Colour', 4500, 45, true),
           ('00000000-0000-7000-8000-0000000000d3', '00000000-0000-7000-8000-0000000000c1', 'Perm', 4500, 45, false);
         INSERT INTO staff_services VALUES
           ('00000000-0000-7000-8000-0000000000a1', '00000000-0000-7000-8000-0000000000d3'))");
  const auto member = assign({colour});
  ASSERT_TRUE(member);
  EXPECT_THAT(member->services, ElementsAre(colour));
  EXPECT_EQ(member->version, 2);
  sql("UPDATE services SET active = true");
  EXPECT_THAT(read(mara).services, ElementsAre(colour, perm));
  EXPECT_EQ(outcome(assign({ServiceId::generate()})), "validation_failed");
  EXPECT_THAT(read(mara).services, ElementsAre(colour, perm));
  EXPECT_THAT(assign({})->services, IsEmpty());
  EXPECT_EQ(audited(), "staff.update [\"service_ids\"]; staff.update [\"service_ids\"]");
}

TEST_F(WritingStaff, an_order_names_every_active_member_once) {
  const auto jonas = add({.name = "Jonas"})->id;
  const auto tom = add({.name = "Tom"})->id;
  EXPECT_EQ(reorder({tom, mara, jonas}), "ok");
  EXPECT_THAT(listed(), ElementsAre(tom, mara, jonas));
  EXPECT_EQ(reorder({tom, mara}), "validation_failed");
  EXPECT_EQ(reorder({tom, mara, jonas, jonas}), "validation_failed");
  EXPECT_EQ(reorder({tom, mara, StaffId::generate()}), "validation_failed");
  EXPECT_EQ(remove(tom), "ok");
  EXPECT_EQ(reorder({jonas, mara}), "ok");
  EXPECT_THAT(listed(), ElementsAre(jonas, mara));
}

TEST_F(WritingStaff, R52_leaving_and_other_services_wait_for_a_booking_under_way) {
  sql("SELECT pg_advisory_lock(lock_key('staff', '" + mara.to_string() + "'))");
  const std::vector<ServiceId> nothing;
  UnderWay services(staff->assign_services(manager, mara, nothing, {}, soon()));
  EXPECT_TRUE(services.waits_for_a_lock());
  const MemberChange leaving{.active = false};
  UnderWay update(staff->update(manager, mara, leaving, {}, soon()));
  EXPECT_TRUE(update.waits_for_a_lock());
  EXPECT_EQ(outcome(this->update({.bio = "Curls"})), "ok") << "a biography waits for nobody";
  sql("SELECT pg_advisory_unlock_all()");
  EXPECT_EQ(outcome(services.result()), "ok");
  EXPECT_EQ(outcome(update.result()), "ok");
}

// A service's removal has the service first and the catalogue's revision then: who writes first and
// waits for the service afterwards deadlocks with it.
TEST_F(WritingStaff, R52_who_waits_for_a_service_under_removal_has_written_nothing) {
  sql("DELETE FROM staff_services");
  const std::vector<ServiceId> services{cut};
  const NewMember tom{.name = "Tom", .services = services};
  sql("BEGIN; SELECT FROM services FOR UPDATE");
  UnderWay adding(staff->add(manager, tom, soon()));
  UnderWay assigning(staff->assign_services(manager, mara, services, {}, soon()));
  frontdesk::testing::await(
      [] { return sql_count("SELECT count(*) FROM pg_locks WHERE NOT granted") == 2; });
  EXPECT_EQ(
      sql_count("SELECT count(*) FROM (SELECT FROM catalogue_revision FOR UPDATE SKIP LOCKED) "
                "AS free"),
      1);
  sql("COMMIT");
  EXPECT_EQ(outcome(adding.result()), "ok");
  EXPECT_EQ(outcome(assigning.result()), "ok");
}

TEST_F(WritingStaff, R17_a_login_is_linked_by_those_who_may_give_what_it_sees) {
  const auto user = std::optional(new_user());
  manager.permissions = {};
  EXPECT_EQ(add({.name = "Tom", .user = user}).error().kind, ErrorKind::forbidden);
  EXPECT_EQ(update({.user = user}).error().kind, ErrorKind::forbidden);
  EXPECT_EQ(audited(), "staff.create; staff.update");
  EXPECT_EQ(sql_count("SELECT count(*) FROM audit_logs WHERE outcome = 'refused'"), 2);
  EXPECT_EQ(outcome(update({.user = std::optional<UserId>()})), "ok");
  manager.permissions.insert(Permission::users_manage);
  EXPECT_EQ(outcome(update({.user = user})), "ok");
  manager.permissions = {};
  EXPECT_EQ(outcome(update({.name = "Mia", .user = user})), "ok") << "it is linked already";
}

TEST_F(WritingStaff, parallel_additions_keep_an_order) {
  const NewMember tom{.name = "Tom"};
  std::vector<std::unique_ptr<UnderWay<Result<Member>>>> adding;
  for (int i = 0; i < 6; ++i) {
    adding.push_back(std::make_unique<UnderWay<Result<Member>>>(staff->add(manager, tom, soon())));
  }
  for (const auto& one : adding) EXPECT_EQ(outcome(one->result()), "ok");
  EXPECT_EQ(sql_value("SELECT string_agg(position::text, ' ' ORDER BY position) FROM staff"),
            "0 1 2 3 4 5 6");
}

}  // namespace
}  // namespace frontdesk::staff
