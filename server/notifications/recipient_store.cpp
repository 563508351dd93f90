#include "notifications/recipient.hpp"
#include "notifications/statements.hpp"

namespace frontdesk::notifications {

Task<std::optional<Recipient>> find_recipient(db::Connection& connection, const UserId& user,
                                              Group) {
  const auto rows = co_await connection.execute(sql::find_recipient, user);
  if (rows.empty()) co_return std::nullopt;
  Recipient recipient{.id = user,
                      .name = rows[0].get<std::string>(0),
                      .email = rows[0].get<std::string>(1),
                      .phone = rows[0].get<std::optional<std::string>>(2),
                      .locale = rows[0].get<std::string>(3),
                      .wants = {},
                      .quiet = {}};
  recipient.wants.fill(true);
  co_return recipient;
}

}  // namespace frontdesk::notifications
