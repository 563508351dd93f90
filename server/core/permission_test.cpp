#include "core/permission.hpp"

#include <gtest/gtest.h>

namespace frontdesk {
namespace {

TEST(Permission, every_slug_leads_back_to_its_permission) {
  for (int i = 0; i < permission_count; ++i) {
    const auto permission = static_cast<Permission>(i);
    EXPECT_EQ(permission_from_slug(slug_of(permission)), permission);
  }
  EXPECT_FALSE(permission_from_slug("users.Read"));
  EXPECT_FALSE(permission_from_slug(""));
}

TEST(PermissionSet, holds_what_was_put_in_and_nothing_else) {
  PermissionSet set;
  set.insert(Permission::audit_read);
  EXPECT_TRUE(set.contains(Permission::audit_read));
  EXPECT_FALSE(set.contains(Permission::users_read));
  EXPECT_FALSE(PermissionSet{}.contains(Permission::users_read));
}

TEST(PermissionSet, R17_includes_a_set_of_which_it_has_each) {
  PermissionSet two;
  two.insert(Permission::audit_read);
  two.insert(Permission::users_read);
  PermissionSet one;
  one.insert(Permission::audit_read);
  EXPECT_TRUE(two.includes(one));
  EXPECT_TRUE(two.includes(two));
  EXPECT_TRUE(two.includes({}));
  EXPECT_FALSE(one.includes(two));
  EXPECT_FALSE(PermissionSet{}.includes(one));
}

}  // namespace
}  // namespace frontdesk
