// What frontdesk-image may write is written the same again; everything else is refused (R70).
#include "core/ensure.hpp"
#include "media/image_reply.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto reply = frontdesk::media::decode(bytes);
  if (reply) ENSURE(frontdesk::media::encode(*reply) == bytes);
  return 0;
}
