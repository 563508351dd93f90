#include "access/access.hpp"
#include "access/statements.hpp"
#include "support/database.hpp"

#include <gtest/gtest.h>

namespace frontdesk::access {
namespace {

using namespace std::chrono_literals;
using frontdesk::testing::run;

TEST(AccessSql, every_statement_can_be_run) {
  frontdesk::testing::prepare_all(sql::all);
}

TEST(Access, R15_the_database_holds_the_permission_matrix) {
  const auto pool = frontdesk::testing::make_pool();
  const auto lease = run(pool->acquire(deadline_in(20s)));
  const auto found = run(roles(*lease));
  ASSERT_EQ(found.size(), system_roles.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    EXPECT_EQ(found[i].id, id_of(system_roles[i]));
    EXPECT_EQ(found[i].name, name_of(system_roles[i]));
    EXPECT_TRUE(found[i].is_system);
    EXPECT_EQ(found[i].permissions, permissions_of(system_roles[i])) << found[i].name;
  }
}

TEST(Access, R15_the_database_numbers_permissions_as_the_code_does) {
  ASSERT_EQ(frontdesk::testing::sql_count("SELECT count(*) FROM permissions"), permission_count);
  for (int id = 0; id < permission_count; ++id) {
    EXPECT_EQ(frontdesk::testing::sql_value("SELECT slug FROM permissions WHERE id = " +
                                            std::to_string(id)),
              slug_of(static_cast<Permission>(id)));
  }
}

}  // namespace
}  // namespace frontdesk::access
