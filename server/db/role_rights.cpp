#include "db/role_rights.hpp"

#include <fmt/format.h>

namespace frontdesk::db {
namespace {

// Each row is a right that the role has and must not have, or the other way round.
constexpr const char* find_wrong_rights =
    "SELECT relname, privilege, may "
    "FROM pg_class CROSS JOIN "
    "  unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) AS privilege "
    "  CROSS JOIN LATERAL has_table_privilege($1, pg_class.oid, privilege) AS may "
    "WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND CASE "
    "  WHEN relname = 'audit_logs' THEN may <> (privilege IN ('SELECT', 'INSERT')) "
    "  WHEN relname = 'schema_migrations' THEN privilege = 'SELECT' AND NOT may "
    "  ELSE privilege <> 'TRUNCATE' AND NOT may END "
    "ORDER BY relname, privilege";

constexpr const char* owns_audit_log =
    "SELECT rolsuper OR pg_has_role($1, (SELECT relowner FROM pg_class "
    "  WHERE oid = to_regclass('public.audit_logs')), 'MEMBER') FROM pg_roles WHERE rolname = $1";

}  // namespace

std::vector<std::string> wrong_rights(BlockingConnection& connection, const std::string& role) {
  if (connection.query("SELECT FROM pg_roles WHERE rolname = $1", {role}).empty()) {
    return {fmt::format("the role {} does not exist", role)};
  }
  if (connection.value(owns_audit_log, {role}) == "t") {
    return {
        fmt::format("the role {} owns the audit log or is a superuser: it can change it", role)};
  }
  std::vector<std::string> wrong;
  for (const auto& row : connection.query(find_wrong_rights, {role})) {
    wrong.push_back(fmt::format("the role {} {} {} {}", role, row[2] == "t" ? "may" : "may not",
                                row[1].value(), row[0].value()));
  }
  return wrong;
}

}  // namespace frontdesk::db
