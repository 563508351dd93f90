#include "catalog/limit.hpp"

#include <string>

namespace frontdesk::catalog {

Error limit_reached(std::int64_t maximum, std::string_view things) {
  return {.kind = ErrorKind::invalid,
          .code = "limit_reached",
          .message = "There cannot be more than " + std::to_string(maximum) + " " +
                     std::string(things) + ".",
          .details = {{"maximum", maximum}}};
}

}  // namespace frontdesk::catalog
