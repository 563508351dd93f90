#pragma once

#include "catalog/testing.hpp"
#include "staff/staff.hpp"

#include <memory>

namespace frontdesk::staff {

using catalog::outcome;
using catalog::sql;
using catalog::sql_count;
using catalog::sql_value;
using catalog::UnderWay;

inline const StaffId mara = *StaffId::parse("00000000-0000-7000-8000-0000000000a1");
inline const ServiceId cut = *ServiceId::parse("00000000-0000-7000-8000-0000000000d1");

/// Mara, who does a cut, and somebody who may change her. For _pgtests only.
class StaffTest : public catalog::CatalogTest {
 protected:
  void SetUp() override {
    CatalogTest::SetUp();
    staff = std::make_unique<Staff>(*pool);
    manager.permissions.insert(Permission::appointments_manage);
    offer_something();
  }

  /// A login of nobody yet.
  static UserId new_user() {
    const auto id = UserId::generate();
    sql(
        fmt::format("INSERT INTO users (id, role_id, name, email, password_hash, email_verified) "
                    "SELECT '{0}', id, 'Ada', '{0}@example.test', 'x', true FROM roles "
                    "WHERE name = 'staff'",
                    id.to_string()));
    return id;
  }

  Member read(StaffId id) { return run(staff->member(id, soon())).value(); }

  std::unique_ptr<Staff> staff;
};

}  // namespace frontdesk::staff
