#include "outbound/web_push_encryption.hpp"

#include "core/digest.hpp"
#include "core/ensure.hpp"
#include "core/random.hpp"

#include <algorithm>
#include <memory>

#include <openssl/evp.h>

namespace frontdesk::outbound {
namespace {

constexpr std::size_t salt_bytes = 16;
constexpr std::size_t size_bytes = 4;
constexpr std::size_t key_bytes = 16;
constexpr std::size_t nonce_bytes = 12;
constexpr std::size_t tag_bytes = 16;
constexpr std::size_t delimiter_bytes = 1;
constexpr std::size_t header_bytes = salt_bytes + size_bytes + 1 + P256Point().size();
constexpr std::size_t overhead_bytes = header_bytes + delimiter_bytes + tag_bytes;
constexpr std::size_t usual_body_bytes = 2048;
constexpr std::size_t longest_body_bytes = 4096;
constexpr std::uint8_t last_record = 2;  // RFC 8188 section 2
static_assert(longest_body_bytes - overhead_bytes == longest_web_push);

struct FreeContext {
  void operator()(EVP_CIPHER_CTX* context) const noexcept { EVP_CIPHER_CTX_free(context); }
};

std::string_view text_of(std::span<const std::uint8_t> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// HKDF with SHA-256 (RFC 5869), for at most 32 bytes: `info` is given with the counter of the first
// block.
Sha256Digest derive(std::span<const std::uint8_t> salt, std::span<const std::uint8_t> secret,
                    std::string_view info) {
  const auto extracted = HmacSha256Key(salt).digest(secret);
  std::string block(info);
  block.push_back('\x01');
  return HmacSha256Key(extracted).digest(block);
}

// Content encryption key and nonce (RFC 8291 3.4, RFC 8188 2.2 and 2.3).
struct Keys {
  Sha256Digest content;  // the first 16 bytes
  Sha256Digest nonce;    // the first 12 bytes
};

std::optional<Keys> derive_keys(const WebPushReader& reader, const WebPushSecrets& secrets) {
  const auto shared = secrets.key.agree(reader.p256dh);
  if (!shared) return std::nullopt;
  std::string info("WebPush: info");
  info.push_back('\0');
  info += text_of(reader.p256dh);
  info += text_of(secrets.key.point());
  const auto key = derive(reader.auth, *shared, info);
  using std::string_view_literals::operator""sv;
  return Keys{derive(secrets.salt, key, "Content-Encoding: aes128gcm\0"sv),
              derive(secrets.salt, key, "Content-Encoding: nonce\0"sv)};
}

void append_encrypted(std::string& body, std::string_view record, const Keys& keys) {
  const std::unique_ptr<EVP_CIPHER_CTX, FreeContext> context(EVP_CIPHER_CTX_new());
  static_assert(key_bytes <= Sha256Digest().size() && nonce_bytes <= Sha256Digest().size());
  ENSURE(EVP_EncryptInit_ex(context.get(), EVP_aes_128_gcm(), nullptr, keys.content.data(),
                            keys.nonce.data()) == 1);
  const std::size_t at = body.size();
  body.resize(at + record.size() + tag_bytes);
  auto* const out = reinterpret_cast<std::uint8_t*>(body.data() + at);
  int written = 0;
  ENSURE(EVP_EncryptUpdate(context.get(), out, &written,
                           reinterpret_cast<const std::uint8_t*>(record.data()),
                           static_cast<int>(record.size())) == 1);
  ENSURE(EVP_EncryptFinal_ex(context.get(), out + written, &written) == 1);
  ENSURE(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, tag_bytes,
                             out + record.size()) == 1);
}

}  // namespace

WebPushSecrets WebPushSecrets::generate() {
  WebPushSecrets secrets{P256Key::generate(), {}};
  fill_random(secrets.salt);
  return secrets;
}

std::optional<std::string> encrypt_web_push(std::string_view text, const WebPushReader& reader,
                                            const WebPushSecrets& secrets) {
  if (text.size() > longest_web_push) return std::nullopt;
  const std::size_t least = text.size() + overhead_bytes;
  const std::size_t body = least <= usual_body_bytes ? usual_body_bytes : longest_body_bytes;
  return encrypt_web_push(text, reader, secrets, body - least);
}

std::optional<std::string> encrypt_web_push(std::string_view text, const WebPushReader& reader,
                                            const WebPushSecrets& secrets, std::size_t padding) {
  if (text.size() + padding > longest_web_push) return std::nullopt;
  const auto keys = derive_keys(reader, secrets);
  if (!keys) return std::nullopt;
  std::string body(text_of(secrets.salt));
  body += std::string_view("\0\0\x10\0", size_bytes);  // records of 4,096 bytes
  body.push_back(static_cast<char>(secrets.key.point().size()));
  body += text_of(secrets.key.point());
  ENSURE(body.size() == header_bytes);
  std::string record(text);
  record.push_back(static_cast<char>(last_record));
  record.append(padding, '\0');
  append_encrypted(body, record, *keys);
  return body;
}

}  // namespace frontdesk::outbound
