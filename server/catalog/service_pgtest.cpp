#include "catalog/testing.hpp"

namespace frontdesk::catalog {
namespace {

const CategoryId hair = *CategoryId::parse("00000000-0000-7000-8000-0000000000c1");
const ServiceId cut = *ServiceId::parse("00000000-0000-7000-8000-0000000000d1");

class ServicePg : public CatalogTest {
 protected:
  void SetUp() override {
    CatalogTest::SetUp();
    offer_something();
  }
  Result<Service> add(const NewService& wanted) {
    return run(catalog->add_service(manager, wanted, soon()));
  }
  ServiceId added(const std::string& name) { return add(named(name))->id; }
  static NewService named(const std::string& name) {
    return {.category = hair, .name = name, .description = "", .price = {}, .duration_minutes = 30};
  }
  Result<Service> update(const ServiceChange& change, std::optional<std::int64_t> version = {}) {
    return run(catalog->update_service(manager, cut, change, version, soon()));
  }
  Result<void> remove(ServiceId id, std::optional<std::int64_t> version = {}) {
    return run(catalog->remove_service(manager, id, version, soon()));
  }
  Result<void> reorder(const std::vector<ServiceId>& ids) {
    return run(catalog->reorder_services(manager, ids, soon()));
  }
  Service read(ServiceId id) { return *run(catalog->service(id, soon())); }
  static std::string listed() {
    return sql_value("SELECT string_agg(name, ' ' ORDER BY position, id) FROM services");
  }
};

TEST_F(ServicePg, a_new_service_is_what_is_read_from_then_on) {
  const NewService wanted{.category = hair,
                          .name = "Colour",
                          .description = "From a gloss on",
                          .price = {6500, "EUR"},
                          .duration_minutes = 75,
                          .buffer_before_minutes = 5,
                          .buffer_after_minutes = 15,
                          .capacity = 6,
                          .min_notice_minutes = 120,
                          .max_advance_days = 30};
  const auto made = add(wanted);
  ASSERT_TRUE(made);
  const auto service = read(made->id);
  EXPECT_EQ(service.name, "Colour");
  EXPECT_EQ(service.description, "From a gloss on");
  EXPECT_EQ(service.price, (Money{6500, "EUR"}));
  EXPECT_EQ(made->price, service.price);
  EXPECT_EQ(service.duration_minutes, 75);
  EXPECT_EQ(service.buffer_before_minutes, 5);
  EXPECT_EQ(service.buffer_after_minutes, 15);
  EXPECT_EQ(service.capacity, 6);
  EXPECT_EQ(service.min_notice_minutes, 120);
  EXPECT_EQ(service.max_advance_days, 30);
  EXPECT_TRUE(service.active && service.staff.empty());
  EXPECT_EQ(service.version, 1);
  EXPECT_EQ(listed(), "Cut Colour");
  EXPECT_EQ(audited(), "service.create");
}

TEST_F(ServicePg, prices_are_in_the_currency_of_the_business) {
  auto wanted = named("Colour");
  wanted.price = {4500, "USD"};
  EXPECT_EQ(add(wanted).error().fields[0].field, "price.currency");
  EXPECT_EQ(update({.price = Price{4500, "USD"}}).error().fields[0].field, "price.currency");
  EXPECT_EQ(update({.price = Price{4600, "EUR"}})->price, (Money{4600, "EUR"}));
  EXPECT_EQ(update({.price = Price{4700, {}}})->price, (Money{4700, "EUR"}));
}

TEST_F(ServicePg, a_category_that_is_not_there_is_a_bad_field) {
  auto wanted = named("Colour");
  wanted.category = CategoryId::generate();
  EXPECT_EQ(add(wanted).error().fields[0].field, "category_id");
  EXPECT_EQ(update({.category = CategoryId::generate()}).error().fields[0].code, "not_found");
  EXPECT_EQ(audited(), "");
}

TEST_F(ServicePg, a_change_bumps_the_version_and_is_audited_by_field) {
  const auto updated = update({.name = "Cut and finish", .min_notice_minutes = {{60}}});
  ASSERT_TRUE(updated);
  EXPECT_EQ(updated->version, 2);
  EXPECT_EQ(sql_value("SELECT updated_at > created_at FROM services"), "t");
  EXPECT_EQ(update({.min_notice_minutes = {{60}}})->version, 2);
  EXPECT_FALSE(update({.min_notice_minutes = std::optional<std::int32_t>()})->min_notice_minutes);
  EXPECT_EQ(audited(), R"(service.update ["name", "min_notice"]; service.update ["min_notice"])");
}

TEST_F(ServicePg, If_Match_refuses_a_stale_version) {
  EXPECT_EQ(outcome(update({.name = "Trim"}, 2)), "stale");
  EXPECT_EQ(outcome(update({.name = "Trim"}, 1)), "ok");
  EXPECT_EQ(outcome(remove(cut, 1)), "stale");
  EXPECT_EQ(outcome(remove(cut, 2)), "ok");
  EXPECT_EQ(outcome(remove(cut)), "not_found");
  EXPECT_EQ(outcome(update({.name = "Trim"})), "not_found");
}

TEST_F(ServicePg, parallel_changes_with_one_version_are_one) {
  const ServiceChange change{.name = "Trim"};
  EXPECT_THAT(meet_at("services", catalog->update_service(manager, cut, change, 1, soon()),
                      catalog->update_service(manager, cut, change, 1, soon())),
              ::testing::UnorderedElementsAre("ok", "stale"));
  EXPECT_THAT(meet_at("services", catalog->remove_service(manager, cut, {}, soon()),
                      catalog->remove_service(manager, cut, {}, soon())),
              ::testing::UnorderedElementsAre("ok", "not_found"));
}

TEST_F(ServicePg, I3_a_change_does_not_touch_what_is_booked) {
  book("2030-05-01T09:00Z", "2030-05-01T09:45Z");
  const std::string rows =
      "SELECT string_agg(o::text || a::text, ';') FROM occupations o, appointments a";
  const auto before = sql_value(rows);
  ASSERT_TRUE(update({.price = Price{9900, {}},
                      .duration_minutes = 90,
                      .buffer_before_minutes = 30,
                      .buffer_after_minutes = 30,
                      .capacity = 5}));
  EXPECT_EQ(sql_value(rows), before);
}

TEST_F(ServicePg, what_nobody_has_booked_is_removed_with_who_does_it) {
  ASSERT_TRUE(remove(cut));
  EXPECT_EQ(sql_count("SELECT count(*) FROM services"), 0);
  EXPECT_EQ(sql_count("SELECT count(*) FROM staff_services"), 0);
  EXPECT_EQ(audited(), "service.delete");
}

TEST_F(ServicePg, what_has_been_booked_retires_and_can_come_back) {
  book("2020-05-01T09:00Z", "2020-05-01T09:45Z", "cancelled");
  ASSERT_TRUE(remove(cut));
  EXPECT_FALSE(read(cut).active);
  EXPECT_EQ(read(cut).version, 2);
  EXPECT_EQ(sql_count("SELECT count(*) FROM staff_services"), 1);
  ASSERT_TRUE(remove(cut)) << "again";
  EXPECT_EQ(read(cut).version, 2);
  EXPECT_TRUE(update({.active = true})->active);
  EXPECT_EQ(audited(), R"(service.retire ["active"]; service.update ["active"])");
}

TEST_F(ServicePg, an_order_names_each_active_one_once_and_may_name_the_retired) {
  const auto b = added("B");
  const auto c = added("C");
  EXPECT_EQ(reorder({b, c}).error().fields[0].code, "incomplete");
  EXPECT_EQ(reorder({c, b, cut, c}).error().fields[0].code, "repeated");
  EXPECT_EQ(reorder({c, b, cut, ServiceId::generate()}).error().fields[0].code, "not_found");
  EXPECT_EQ(outcome(reorder({c, b, cut})), "ok");
  EXPECT_EQ(listed(), "C B Cut");
  ASSERT_TRUE(update({.active = false}));
  EXPECT_EQ(outcome(reorder({b, c})), "ok");
  EXPECT_EQ(listed(), "B C Cut");
  EXPECT_EQ(outcome(reorder({cut, c, b})), "ok");
  EXPECT_EQ(listed(), "Cut C B");
}

TEST_F(ServicePg, there_is_a_limit_and_the_retired_count) {
  sql("INSERT INTO services (id, category_id, name, price, duration, active) "
      "SELECT gen_random_uuid(), category_id, 'S', 100, 30, false FROM services, "
      "generate_series(1, 998)");
  EXPECT_EQ(outcome(add(named("Last"))), "ok");
  EXPECT_EQ(outcome(add(named("Too many"))), "limit_reached");
}

}  // namespace
}  // namespace frontdesk::catalog
