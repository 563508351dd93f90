#include "appointments/statements.hpp"
#include "appointments/testing_business.hpp"

namespace frontdesk::appointments::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// The plans that the server's prepared statements get, whatever their parameters are.
class ListPlan : public BusinessTest {
 protected:
  void SetUp() override {
    BusinessTest::SetUp();
    for (int i = 0; i < 20; ++i) add_staff({add_service()});
    sql(R"(
      INSERT INTO users (id, role_id, name, email, password_hash)
      SELECT gen_random_uuid(), '00000000-0000-7000-8000-000000000004', 'n' || n, n || '@x.test', '-'
      FROM generate_series(1, 1000) AS n;
      INSERT INTO occupations (id, staff_id, service_id, starts_at, ends_at, during, capacity, booked, active)
      SELECT gen_random_uuid(), staff_id, service_id, s, s + interval '1 hour',
             tstzrange(s, s + interval '1 hour'), 1, 0, false
      FROM staff_services, generate_series(now() - interval '500 hours', now() + interval '500 hours', interval '1 hour') AS s;
      INSERT INTO appointments (id, user_id, service_id, staff_id, occupation_id, date, time, timezone,
                                starts_at, ends_at, duration, price, currency, status, created_at)
      SELECT gen_random_uuid(), (ARRAY(SELECT id FROM users))[1 + (random() * 999)::int], service_id, staff_id, id,
             starts_at::date, '10:00', 'UTC', starts_at, ends_at, 60, 1, 'EUR', 'confirmed', starts_at - interval '9 days'
      FROM occupations;
      ANALYZE;
      SET plan_cache_mode = force_generic_plan;
      CREATE OR REPLACE FUNCTION pg_temp.plan_of(query text) RETURNS text LANGUAGE plpgsql AS $$
        DECLARE line text; lines text := '';
        BEGIN
          FOR line IN EXECUTE 'EXPLAIN (COSTS OFF) EXECUTE ' || query LOOP
            lines := lines || line || E'\n';
          END LOOP;
          RETURN lines;
        END $$)");
  }
  void TearDown() override { sql("RESET plan_cache_mode"); }

  std::string plan_of(const db::Statement& statement, int parameters) {
    const std::string name(statement.name);
    sql("PREPARE " + name + " AS " + std::string(statement.text));
    std::string nulls = "NULL";
    for (int i = 1; i < parameters; ++i) nulls += ", NULL";
    std::string plan = sql_value("SELECT pg_temp.plan_of('" + name + "(" + nulls + ")')");
    sql("DEALLOCATE " + name);
    return plan;
  }
};

TEST_F(ListPlan, every_page_comes_in_order_from_an_index) {
  const struct {
    const db::Statement& statement;
    int parameters;
    const char* index;
  } pages[] = {
      {sql::list_all_by_start, 10, "appointments_by_start"},
      {sql::list_all_by_start_descending, 10, "appointments_by_start"},
      {sql::list_all_by_creation, 10, "appointments_by_creation"},
      {sql::list_of_service_by_start, 10, "appointments_by_service"},
      {sql::list_of_service_by_start_descending, 10, "appointments_by_service"},
      {sql::list_of_user_by_start, 10, "appointments_by_user"},
      {sql::list_of_user_by_start_descending, 10, "appointments_by_user"},
      {sql::list_of_user_by_creation, 10, "appointments_by_user_created"},
      {sql::list_own_by_start, 12, "using appointments_by_staff on"},
      {sql::list_own_by_start_descending, 12, "using appointments_by_staff on"},
      {sql::list_own_by_creation, 12, "using appointments_by_staff_created on"},
  };
  for (const auto& page : pages) {
    const std::string plan = plan_of(page.statement, page.parameters);
    EXPECT_THAT(plan, HasSubstr(page.index)) << page.statement.name;
    // A customer's own are few enough to sort.
    const std::string_view name = page.statement.name;
    if (!name.starts_with("list_of_user") && !name.starts_with("list_own")) {
      EXPECT_THAT(plan, Not(HasSubstr("->  Sort"))) << name << "\n" << plan;
    }
    EXPECT_THAT(plan, Not(HasSubstr("Seq Scan on appointments"))) << plan;
  }
}

TEST_F(ListPlan, R32_what_matches_a_text_comes_from_an_index) {
  EXPECT_THAT(plan_of(sql::find_customers, 3), HasSubstr("users_by_text"));
  EXPECT_THAT(plan_of(sql::find_texts, 2), HasSubstr("appointments_by_text"));
}

TEST_F(ListPlan, R32_what_a_search_found_is_read_by_whose_it_is) {
  const struct {
    const db::Statement& statement;
    int parameters;
    std::vector<const char*> indexes;
  } searches[] = {
      {sql::list_found_by_start,
       12,
       {"appointments_by_user", "appointments_by_service", "appointments_by_staff"}},
      {sql::list_found_by_start_descending,
       12,
       {"appointments_by_user", "appointments_by_service", "appointments_by_staff"}},
      {sql::list_found_by_creation,
       12,
       {"appointments_by_user_created", "appointments_by_staff_created"}},
      {sql::count_found,
       10,
       {"appointments_by_user", "appointments_by_service", "appointments_by_staff"}},
      {sql::list_own_found, 17, {"appointments_by_user", "appointments_by_staff"}},
      {sql::count_own_found, 13, {"appointments_by_user", "appointments_by_staff"}},
  };
  for (const auto& search : searches) {
    const std::string plan = plan_of(search.statement, search.parameters);
    for (const char* index : search.indexes) EXPECT_THAT(plan, HasSubstr(index)) << plan;
    EXPECT_THAT(plan, Not(HasSubstr("Seq Scan on appointments"))) << plan;
    EXPECT_THAT(plan, Not(HasSubstr("appointments_by_start"))) << plan;
  }
}

}  // namespace
}  // namespace frontdesk::appointments::testing
