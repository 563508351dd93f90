#include "core/seal.hpp"

#include "core/ensure.hpp"
#include "core/random.hpp"

#include <algorithm>
#include <memory>

#include <openssl/crypto.h>
#include <openssl/evp.h>

namespace frontdesk {
namespace {

constexpr std::uint8_t version = 1;
constexpr std::size_t nonce_bytes = 12;
constexpr std::size_t tag_bytes = 16;
constexpr std::size_t overhead_bytes = 1 + nonce_bytes + tag_bytes;

struct FreeCipherContext {
  void operator()(EVP_CIPHER_CTX* context) const noexcept { EVP_CIPHER_CTX_free(context); }
};
using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, FreeCipherContext>;

const EVP_CIPHER* fetched_aes_256_gcm() {
  static EVP_CIPHER* const algorithm = EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr);
  return algorithm;
}

}  // namespace

DataKey::DataKey(std::span<const std::uint8_t, size_bytes> key)
    : pseudonyms_(HmacSha256Key(key).digest("frontdesk pseudonyms")) {
  std::copy(key.begin(), key.end(), key_.begin());
}

DataKey::~DataKey() {
  OPENSSL_cleanse(key_.data(), key_.size());
}

std::vector<std::uint8_t> DataKey::seal(std::string_view plain, const Uuid& row) const {
  std::vector<std::uint8_t> sealed(overhead_bytes + plain.size());
  sealed[0] = version;
  std::uint8_t* const nonce = sealed.data() + 1;
  std::uint8_t* const body = nonce + nonce_bytes;
  fill_random({nonce, nonce_bytes});

  const CipherContext context(EVP_CIPHER_CTX_new());
  int written = 0;
  ENSURE(EVP_EncryptInit_ex2(context.get(), fetched_aes_256_gcm(), key_.data(), nonce, nullptr) ==
         1);
  ENSURE(EVP_EncryptUpdate(context.get(), nullptr, &written, row.bytes.data(),
                           static_cast<int>(row.bytes.size())) == 1);
  ENSURE(EVP_EncryptUpdate(context.get(), body, &written,
                           reinterpret_cast<const std::uint8_t*>(plain.data()),
                           static_cast<int>(plain.size())) == 1);
  ENSURE(EVP_EncryptFinal_ex(context.get(), body + written, &written) == 1);
  ENSURE(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, tag_bytes,
                             body + plain.size()) == 1);
  return sealed;
}

std::optional<std::string> DataKey::open(std::span<const std::uint8_t> sealed,
                                         const Uuid& row) const {
  if (sealed.size() < overhead_bytes || sealed[0] != version) return std::nullopt;
  const std::uint8_t* const nonce = sealed.data() + 1;
  const std::uint8_t* const body = nonce + nonce_bytes;
  std::string plain(sealed.size() - overhead_bytes, '\0');
  std::array<std::uint8_t, tag_bytes> tag;
  std::copy_n(body + plain.size(), tag_bytes, tag.begin());

  const CipherContext context(EVP_CIPHER_CTX_new());
  int written = 0;
  ENSURE(EVP_DecryptInit_ex2(context.get(), fetched_aes_256_gcm(), key_.data(), nonce, nullptr) ==
         1);
  ENSURE(EVP_DecryptUpdate(context.get(), nullptr, &written, row.bytes.data(),
                           static_cast<int>(row.bytes.size())) == 1);
  auto* const out = reinterpret_cast<std::uint8_t*>(plain.data());
  ENSURE(EVP_DecryptUpdate(context.get(), out, &written, body, static_cast<int>(plain.size())) ==
         1);
  ENSURE(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, tag_bytes, tag.data()) == 1);
  if (EVP_DecryptFinal_ex(context.get(), out + written, &written) != 1) {
    OPENSSL_cleanse(plain.data(), plain.size());  // unauthenticated text goes nowhere
    return std::nullopt;
  }
  return plain;
}

Uuid DataKey::pseudonym(std::string_view text) const {
  const auto digest = pseudonyms_.digest(text);
  Uuid value;
  std::copy_n(digest.begin(), value.bytes.size(), value.bytes.begin());
  return value;
}

}  // namespace frontdesk
