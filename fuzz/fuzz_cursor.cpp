// A cursor that is accepted is exactly the one that its parts make; everything else is refused. The
// first byte chooses whether the rest is a cursor's text or the bytes inside one.
#include "core/base64url.hpp"
#include "core/ensure.hpp"
#include "core/utf8.hpp"
#include "http/cursor.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace {

template <class... Parts>
void check(std::string_view text) {
  const auto parts = frontdesk::http::decode_cursor<Parts...>(text, "sort");
  if (!parts) return;
  ENSURE(std::apply(
             [](const auto&... part) { return frontdesk::http::encode_cursor("sort", part...); },
             *parts) == text);
}

void check_text(std::string_view text) {
  const auto parts = frontdesk::http::decode_cursor<std::string>(text, "sort");
  if (!parts) return;
  const std::string& value = std::get<0>(*parts);
  ENSURE(value.size() <= 255 && frontdesk::is_utf8(value) && !value.contains('\0'));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view rest(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::string inside = frontdesk::base64url_encode("\x01\x04sort" + std::string(rest));
  const std::string_view text = data[0] % 2 == 0 ? rest : std::string_view(inside);
  check<>(text);
  check<std::int32_t, frontdesk::ServiceId>(text);
  check<frontdesk::Instant, frontdesk::AppointmentId>(text);
  check<std::string, frontdesk::Uuid>(text);
  check<std::int64_t>(text);
  check_text(text);
  return 0;
}
