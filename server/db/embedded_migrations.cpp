#include "db/embedded_migrations_data.hpp"

namespace frontdesk::db {

std::span<const Migration> embedded_migrations() {
  return embedded_migrations_data;
}

}  // namespace frontdesk::db
