#include "http/exchange.hpp"

namespace frontdesk::http {

std::string_view RequestHead::field(std::string_view name) const {
  for (const auto& [field_name, value] : fields) {
    if (field_name == name) return value;
  }
  return {};
}

}  // namespace frontdesk::http
