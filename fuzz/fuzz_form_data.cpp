// A form's parts lie in its body, in their order, between their boundaries; and nothing is read
// outside of it (RFC 7578).
#include "core/ensure.hpp"
#include "http/multipart.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  // The first line is the Content-Type.
  const auto line_end = input.find('\n');
  if (line_end == std::string_view::npos) return 0;
  const auto content_type = input.substr(0, line_end);
  const auto body = input.substr(line_end + 1);
  const auto parts = frontdesk::http::parse_form_data(content_type, body);
  if (!parts) return 0;
  ENSURE(parts->size() <= frontdesk::http::max_form_parts);
  const char* last = body.data();
  for (const auto& part : *parts) {
    ENSURE(!part.name.empty());
    ENSURE(part.content.data() > last);
    ENSURE(part.content.data() + part.content.size() + 6 <= body.data() + body.size());
    ENSURE(std::string_view(part.content.data() + part.content.size(), 4) == "\r\n--");
    last = part.content.data() + part.content.size();
  }
  return 0;
}
