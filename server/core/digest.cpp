#include "core/digest.hpp"

#include "core/ensure.hpp"

#include <string>

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>

namespace frontdesk {
namespace {

struct FreeDigestContext {
  void operator()(EVP_MD_CTX* context) const noexcept { EVP_MD_CTX_free(context); }
};

// Fetched once: an implicit fetch takes a lock and costs more than hashing a short text.
const EVP_MD* fetched_sha256() {
  static EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  return algorithm;
}

EVP_MAC* fetched_hmac() {
  static EVP_MAC* const algorithm = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
  return algorithm;
}

}  // namespace

Sha256Digest sha256(std::span<const std::uint8_t> bytes) {
  thread_local const std::unique_ptr<EVP_MD_CTX, FreeDigestContext> context(EVP_MD_CTX_new());
  Sha256Digest digest;
  unsigned size = 0;
  ENSURE(EVP_DigestInit_ex2(context.get(), fetched_sha256(), nullptr) == 1);
  ENSURE(EVP_DigestUpdate(context.get(), bytes.data(), bytes.size()) == 1);
  ENSURE(EVP_DigestFinal_ex(context.get(), digest.data(), &size) == 1 && size == digest.size());
  return digest;
}

bool equal_in_constant_time(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

void HmacKey::Free::operator()(evp_mac_ctx_st* context) const noexcept {
  EVP_MAC_CTX_free(context);
}

HmacKey::HmacKey(const char* digest_name, std::span<const std::uint8_t> key)
    : keyed_(EVP_MAC_CTX_new(fetched_hmac())) {
  std::string name(digest_name);
  const OSSL_PARAM parameters[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, name.data(), name.size()),
      OSSL_PARAM_construct_end()};
  // OpenSSL takes a null key for "keep the key that is set", so an empty one needs an address.
  static constexpr std::uint8_t empty_key = 0;
  ENSURE(keyed_ && EVP_MAC_init(keyed_.get(), key.empty() ? &empty_key : key.data(), key.size(),
                                parameters) == 1);
}

void HmacKey::compute(std::span<const std::uint8_t> bytes, std::span<std::uint8_t> out) const {
  // The keyed context is only ever read, so threads may copy it at the same time.
  const std::unique_ptr<EVP_MAC_CTX, Free> context(EVP_MAC_CTX_dup(keyed_.get()));
  std::size_t size = 0;
  ENSURE(context && EVP_MAC_update(context.get(), bytes.data(), bytes.size()) == 1);
  ENSURE(EVP_MAC_final(context.get(), out.data(), &size, out.size()) == 1 && size == out.size());
}

Sha256Digest HmacSha256Key::digest(std::span<const std::uint8_t> bytes) const {
  Sha256Digest digest;
  compute(bytes, digest);
  return digest;
}

Sha384Digest HmacSha384Key::digest(std::span<const std::uint8_t> bytes) const {
  Sha384Digest digest;
  compute(bytes, digest);
  return digest;
}

}  // namespace frontdesk
