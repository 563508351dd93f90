#pragma once

#include <string_view>

namespace frontdesk::db {

/// A statement from a file of a feature's sql/ folder. Prepared once per connection under its name,
/// which is also the metric label and the log field. Both views live as long as the program.
struct Statement {
  std::string_view name;
  std::string_view text;
};

}  // namespace frontdesk::db
