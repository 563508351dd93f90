#include "core/base64.hpp"

#include "core/digest.hpp"

#include <openssl/evp.h>

namespace frontdesk {

std::string base64_encode(std::span<const std::uint8_t> bytes) {
  std::string text((4 * ((bytes.size() + 2) / 3)) + 1, '\0');
  const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), bytes.data(),
                                   static_cast<int>(bytes.size()));
  text.resize(static_cast<std::size_t>(size));
  return text;
}

std::string base64_encode(std::string_view bytes) {
  return base64_encode(bytes_of(bytes));
}

}  // namespace frontdesk
