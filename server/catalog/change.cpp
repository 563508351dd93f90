#include "catalog/change.hpp"

#include "audit/audit.hpp"

#include <string>

#include <boost/json/array.hpp>

namespace frontdesk::catalog {

Task<void> record(db::Connection& connection, const Actor& actor, Deed deed, std::optional<Uuid> id,
                  std::vector<std::string_view> fields) {
  audit::Entry entry{.action = std::string(deed.subject) + "." + std::string(deed.verb),
                     .subject_type = std::string(deed.subject),
                     .subject_id = id};
  if (!fields.empty()) {
    entry.details = {{"fields", boost::json::array(fields.begin(), fields.end())}};
  }
  co_await audit::record(connection, actor, entry);
}

}  // namespace frontdesk::catalog
