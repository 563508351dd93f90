#include "catalog/testing.hpp"

namespace frontdesk::catalog {
namespace {

class CategoryPg : public CatalogTest {
 protected:
  Result<Category> add(const std::string& name) {
    const NewCategory wanted{name, ""};
    return run(catalog->add_category(manager, wanted, soon()));
  }
  CategoryId added(const std::string& name) { return add(name)->id; }
  Result<Category> update(CategoryId id, const CategoryChange& change,
                          std::optional<std::int64_t> version = {}) {
    return run(catalog->update_category(manager, id, change, version, soon()));
  }
  Result<void> remove(CategoryId id, std::optional<std::int64_t> version = {}) {
    return run(catalog->remove_category(manager, id, version, soon()));
  }
  Result<void> reorder(const std::vector<CategoryId>& ids) {
    return run(catalog->reorder_categories(manager, ids, soon()));
  }
  static std::string listed() {
    return sql_value("SELECT string_agg(name, ' ' ORDER BY position, id) FROM service_categories");
  }
};

TEST_F(CategoryPg, a_new_category_comes_last) {
  const auto hair = add("Hair");
  ASSERT_TRUE(hair);
  EXPECT_EQ(hair->version, 1);
  added("Nails");
  ASSERT_TRUE(reorder(
      {added("Massage"),
       *CategoryId::parse(sql_value("SELECT id FROM service_categories WHERE name = 'Nails'")),
       hair->id}));
  added("Colour");
  EXPECT_EQ(listed(), "Massage Nails Hair Colour");
}

TEST_F(CategoryPg, a_change_bumps_the_version_and_is_audited_by_field) {
  const auto id = added("Hair");
  const auto updated = update(id, {.description = "Cuts"});
  ASSERT_TRUE(updated);
  EXPECT_EQ(updated->version, 2);
  EXPECT_EQ(updated->name, "Hair");
  EXPECT_EQ(run(catalog->category(id, soon()))->description, "Cuts");
  EXPECT_EQ(sql_value("SELECT updated_at > created_at FROM service_categories"), "t");
  EXPECT_EQ(update(id, {.name = "Hair", .description = "Cuts"})->version, 2);
  EXPECT_EQ(audited(), R"(service_category.create; service_category.update ["description"])");
}

TEST_F(CategoryPg, If_Match_refuses_a_stale_version) {
  const auto id = added("Hair");
  EXPECT_EQ(outcome(update(id, {.name = "Cuts"}, 2)), "stale");
  EXPECT_EQ(outcome(update(id, {.name = "Cuts"}, 1)), "ok");
  EXPECT_EQ(outcome(remove(id, 1)), "stale");
  EXPECT_EQ(outcome(remove(id, 2)), "ok");
  EXPECT_EQ(outcome(remove(id)), "not_found");
  EXPECT_EQ(outcome(update(id, {.name = "Cuts"})), "not_found");
}

TEST_F(CategoryPg, parallel_changes_with_one_version_are_one) {
  const auto id = added("Hair");
  const CategoryChange change{.name = "Cuts"};
  EXPECT_THAT(
      meet_at("service_categories", catalog->update_category(manager, id, change, 1, soon()),
              catalog->update_category(manager, id, change, 1, soon())),
      ::testing::UnorderedElementsAre("ok", "stale"));
}

TEST_F(CategoryPg, a_category_with_services_stays_be_they_retired) {
  offer_something();
  sql("UPDATE services SET active = false");
  const auto id = *CategoryId::parse("00000000-0000-7000-8000-0000000000c1");
  EXPECT_EQ(outcome(remove(id)), "category_in_use");
  EXPECT_EQ(audited(), "");
  sql("DELETE FROM services");
  EXPECT_EQ(outcome(remove(id)), "ok");
  EXPECT_EQ(audited(), "service_category.delete");
}

TEST_F(CategoryPg, an_order_names_each_once) {
  const auto a = added("A");
  const auto b = added("B");
  const auto c = added("C");
  EXPECT_EQ(outcome(reorder({a, b})), "validation_failed");
  EXPECT_EQ(reorder({a, b}).error().fields[0].code, "incomplete");
  EXPECT_EQ(reorder({a, b, b}).error().fields[0].code, "repeated");
  EXPECT_EQ(reorder({a, b, CategoryId::generate()}).error().fields[0].code, "not_found");
  EXPECT_EQ(reorder({a, b, c, CategoryId::generate()}).error().fields[0].code, "not_found");
  EXPECT_EQ(listed(), "A B C");
  EXPECT_EQ(outcome(reorder({c, a, b})), "ok");
  EXPECT_EQ(listed(), "C A B");
}

TEST_F(CategoryPg, an_order_touches_what_moves_alone) {
  const auto a = added("A");
  const auto b = added("B");
  const auto c = added("C");
  ASSERT_TRUE(reorder({a, b, c}));
  sql("UPDATE service_categories SET version = 1; DELETE FROM audit_logs");
  ASSERT_TRUE(reorder({a, b, c}));
  EXPECT_EQ(audited(), "");
  ASSERT_TRUE(reorder({a, c, b}));
  EXPECT_EQ(audited(), R"(service_category.reorder ["position"])");
  EXPECT_EQ(run(catalog->category(a, soon()))->version, 1);
  EXPECT_EQ(run(catalog->category(b, soon()))->version, 2);
}

TEST_F(CategoryPg, there_is_a_limit_and_parallel_ones_keep_it) {
  sql("INSERT INTO service_categories (id, name) SELECT gen_random_uuid(), 'C' FROM "
      "generate_series(1, 199)");
  const NewCategory wanted{"Last", ""};
  UnderWay first(catalog->add_category(manager, wanted, soon()));
  UnderWay second(catalog->add_category(manager, wanted, soon()));
  std::vector outcomes{outcome(first.result()), outcome(second.result())};
  EXPECT_THAT(outcomes, ::testing::UnorderedElementsAre("ok", "limit_reached"));
  EXPECT_EQ(sql_count("SELECT count(*) FROM service_categories"), 200);
}

}  // namespace
}  // namespace frontdesk::catalog
