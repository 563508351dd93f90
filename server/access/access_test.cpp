#include "access/access.hpp"

#include <gtest/gtest.h>

namespace frontdesk::access {
namespace {

TEST(Access, an_unknown_permission_grants_nothing) {
  const std::vector<std::int16_t> ids{-1, 13, 200, 0};
  const auto permissions = permissions_from_ids(ids);
  EXPECT_EQ(list(permissions), std::vector{Permission::users_read});
}

TEST(Access, admins_may_everything_customers_nothing) {
  EXPECT_EQ(list(permissions_of(SystemRole::admin)).size(),
            static_cast<std::size_t>(permission_count));
  EXPECT_TRUE(list(permissions_of(SystemRole::customer)).empty());
  EXPECT_TRUE(list(permissions_of(SystemRole::staff)).empty());
  EXPECT_FALSE(permissions_of(SystemRole::manager).contains(Permission::users_manage));
  EXPECT_TRUE(permissions_of(SystemRole::manager).contains(Permission::appointments_manage));
}

}  // namespace
}  // namespace frontdesk::access
