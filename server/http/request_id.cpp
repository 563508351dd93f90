#include "http/request_id.hpp"

#include "core/uuid.hpp"

namespace frontdesk::http {

std::string make_request_id() {
  return Uuid::generate().to_string();
}

bool is_request_id(std::string_view text) {
  constexpr std::string_view allowed =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
  return !text.empty() && text.size() <= 64 &&
         text.find_first_not_of(allowed) == std::string_view::npos;
}

}  // namespace frontdesk::http
