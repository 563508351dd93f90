#include "catalog/catalog.hpp"
#include "catalog/statements.hpp"
#include "support/database.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace frontdesk::catalog {
namespace {

using namespace std::chrono_literals;

const CategoryId hair = *CategoryId::parse("00000000-0000-7000-8000-0000000000c1");
const ServiceId cut = *ServiceId::parse("00000000-0000-7000-8000-0000000000d1");
const ServiceId gone = *ServiceId::parse("00000000-0000-7000-8000-0000000000d9");
const StaffId mara = *StaffId::parse("00000000-0000-7000-8000-0000000000a1");

class CatalogPg : public ::testing::Test {
 protected:
  void SetUp() override {
    frontdesk::testing::reset();
    frontdesk::testing::sql(R"(
      INSERT INTO service_categories (id, name, description, position) VALUES
        ('00000000-0000-7000-8000-0000000000c1', 'Hair', 'Cuts', 1),
        ('00000000-0000-7000-8000-0000000000c2', 'Nails', 'Polish', 1),
        ('00000000-0000-7000-8000-0000000000c3', 'Massage', 'Calm', 2);
      INSERT INTO services (id, category_id, name, description, price, duration, min_notice, position, active) VALUES
        ('00000000-0000-7000-8000-0000000000d1', '00000000-0000-7000-8000-0000000000c1', 'Cut', 'With wash', 4500, 45, NULL, 1, true),
        ('00000000-0000-7000-8000-0000000000d2', '00000000-0000-7000-8000-0000000000c2', '100% gel', 'Lasts', 4900, 60, 120, 2, true),
        ('00000000-0000-7000-8000-0000000000d3', '00000000-0000-7000-8000-0000000000c3', 'Neck', 'A short cut to calm', 3900, 30, NULL, 3, true),
        ('00000000-0000-7000-8000-0000000000d9', '00000000-0000-7000-8000-0000000000c1', 'Perm', 'No more', 9900, 90, NULL, 9, false);
      INSERT INTO staff (id, name, position, active) VALUES
        ('00000000-0000-7000-8000-0000000000a1', 'Mara', 1, true),
        ('00000000-0000-7000-8000-0000000000a2', 'Left', 2, false);
      INSERT INTO staff_services SELECT staff.id, '00000000-0000-7000-8000-0000000000d1' FROM staff;
      INSERT INTO closures (date, reason) VALUES ('2026-12-25', 'Christmas'), ('2026-12-26', ''), ('2027-01-01', 'New Year'))");
  }

  std::vector<std::string> names(ServiceFilter filter) {
    const auto page =
        frontdesk::testing::run(catalog.services(std::move(filter), {}, deadline_in(5s)));
    std::vector<std::string> found;
    for (const auto& service : page.items) found.push_back(service.name);
    return found;
  }

  std::unique_ptr<db::Pool> pool = frontdesk::testing::make_pool();
  Catalog catalog{*pool};
};

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST_F(CatalogPg, every_statement_can_be_run) {
  frontdesk::testing::prepare_all(sql::all);
}

TEST_F(CatalogPg, R32_pages_walk_the_whole_list_once_whatever_their_size) {
  for (const int limit : {1, 2, 3}) {
    std::vector<std::string> seen;
    PageRequest<Position<CategoryId>> request{.limit = limit, .after = {}, .with_total = true};
    for (;;) {
      const auto page = frontdesk::testing::run(catalog.categories(request, deadline_in(5s)));
      EXPECT_EQ(page.total, 3);
      for (const auto& category : page.items) seen.push_back(category.name);
      if (!page.more) break;
      request.after = {{page.items.back().position, page.items.back().id}};
    }
    EXPECT_THAT(seen, ElementsAre("Hair", "Nails", "Massage")) << limit;
  }
}

TEST_F(CatalogPg, services_are_narrowed_by_category_staff_text_and_activity) {
  EXPECT_THAT(names({}), ElementsAre("Cut", "100% gel", "Neck"));
  EXPECT_THAT(names({.category = hair}), ElementsAre("Cut"));
  EXPECT_THAT(names({.staff = mara}), ElementsAre("Cut"));
  EXPECT_THAT(names({.text = "CUT"}), ElementsAre("Cut", "Neck"));
  EXPECT_THAT(names({.active = false}), ElementsAre("Perm"));
}

TEST_F(CatalogPg, R32_wildcards_in_a_search_are_text) {
  EXPECT_THAT(names({.text = "100%"}), ElementsAre("100% gel"));
  EXPECT_THAT(names({.text = "%%"}), IsEmpty());
  EXPECT_THAT(names({.text = "_ut"}), IsEmpty());
  EXPECT_THAT(names({.text = "\\"}), IsEmpty());
}

TEST_F(CatalogPg, a_service_names_its_price_and_the_staff_who_are_still_here) {
  const auto service = frontdesk::testing::run(catalog.service(cut, deadline_in(5s)));
  ASSERT_TRUE(service);
  EXPECT_EQ(service->price, (Money{4500, "EUR"}));
  EXPECT_THAT(service->staff, ElementsAre(mara));
  EXPECT_FALSE(service->min_notice_minutes);
}

TEST_F(CatalogPg, a_retired_service_is_found_by_id_and_an_absent_one_is_not) {
  const auto retired = frontdesk::testing::run(catalog.service(gone, deadline_in(5s)));
  ASSERT_TRUE(retired);
  EXPECT_FALSE(retired->active);
  const auto absent =
      frontdesk::testing::run(catalog.service(ServiceId::generate(), deadline_in(5s)));
  ASSERT_FALSE(absent);
  EXPECT_EQ(absent.error().kind, ErrorKind::not_found);
}

TEST_F(CatalogPg, closures_lie_between_their_bounds) {
  const LocalDate second{std::chrono::year{2026} / 12 / 26};
  const auto page = frontdesk::testing::run(
      catalog.closures({.from = second, .to = second},
                       {.limit = 20, .after = {}, .with_total = true}, deadline_in(5s)));
  ASSERT_EQ(page.items.size(), 1U);
  EXPECT_EQ(page.items[0].date, second);
  EXPECT_EQ(page.total, 1);
  const auto after = frontdesk::testing::run(
      catalog.closures({}, {.limit = 20, .after = second, .with_total = false}, deadline_in(5s)));
  ASSERT_EQ(after.items.size(), 1U);
  EXPECT_EQ(after.items[0].reason, "New Year");
}

TEST_F(CatalogPg, I7_the_revision_changes_with_whatever_the_catalogue_shows) {
  const auto revision = [&] { return frontdesk::testing::run(catalog.revision(deadline_in(5s))); };
  auto known = revision();
  EXPECT_EQ(revision(), known);
  for (const auto* change :
       {"UPDATE settings SET currency = currency", "UPDATE service_categories SET name = name",
        "UPDATE services SET price = price", "UPDATE staff SET name = name",
        "DELETE FROM staff_services WHERE false"}) {
    frontdesk::testing::sql(change);
    EXPECT_GT(revision(), known) << change;
    known = revision();
  }
}

TEST_F(CatalogPg, settings_start_with_the_defaults_of_the_schema) {
  const auto settings = frontdesk::testing::run(catalog.settings(deadline_in(5s)));
  EXPECT_EQ(settings.timezone, "Europe/Berlin");
  EXPECT_EQ(settings.slot_interval_minutes, 15);
  EXPECT_TRUE(settings.auto_confirm);
}

}  // namespace
}  // namespace frontdesk::catalog
