#include "core/p256.hpp"

#include "core/ensure.hpp"

#include <utility>
#include <vector>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/obj_mac.h>
#include <openssl/param_build.h>

namespace frontdesk {
namespace {

template <auto free>
struct Free {
  void operator()(auto* object) const noexcept { free(object); }
};
using Group = std::unique_ptr<EC_GROUP, Free<EC_GROUP_free>>;
using Point = std::unique_ptr<EC_POINT, Free<EC_POINT_free>>;
using Number = std::unique_ptr<BIGNUM, Free<BN_clear_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Free<EVP_PKEY_CTX_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Free<EVP_MD_CTX_free>>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, Free<OSSL_PARAM_BLD_free>>;
using Parameters = std::unique_ptr<OSSL_PARAM, Free<OSSL_PARAM_free>>;
using Signature = std::unique_ptr<ECDSA_SIG, Free<ECDSA_SIG_free>>;

constexpr const char* curve = "P-256";
constexpr std::uint8_t uncompressed = 4;

const EC_GROUP* group() {
  static const Group made(EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1));
  return made.get();
}

std::shared_ptr<EVP_PKEY> shared(EVP_PKEY* key) {
  ENSURE(key != nullptr);
  return {key, EVP_PKEY_free};
}

// A public key, or a pair where `number` is there.
std::shared_ptr<EVP_PKEY> make_key(std::span<const std::uint8_t> point, const BIGNUM* number) {
  const Builder builder(OSSL_PARAM_BLD_new());
  ENSURE(OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, curve, 0) == 1);
  ENSURE(OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                          point.size()) == 1);
  if (number != nullptr) {
    ENSURE(OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, number) == 1);
  }
  const Parameters parameters(OSSL_PARAM_BLD_to_param(builder.get()));
  const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
  EVP_PKEY* key = nullptr;
  ENSURE(EVP_PKEY_fromdata_init(context.get()) == 1);
  ENSURE(EVP_PKEY_fromdata(context.get(), &key,
                           number == nullptr ? EVP_PKEY_PUBLIC_KEY : EVP_PKEY_KEYPAIR,
                           parameters.get()) == 1);
  return shared(key);
}

}  // namespace

bool is_p256_point(std::span<const std::uint8_t> bytes) {
  if (bytes.size() != P256Point().size() || bytes[0] != uncompressed) return false;
  const Point point(EC_POINT_new(group()));
  // Refuses coordinates that are too large, and what is not on the curve.
  return EC_POINT_oct2point(group(), point.get(), bytes.data(), bytes.size(), nullptr) == 1;
}

P256Key::P256Key(std::shared_ptr<evp_pkey_st> key) : key_(std::move(key)) {
  std::size_t size = 0;
  ENSURE(EVP_PKEY_get_octet_string_param(key_.get(), OSSL_PKEY_PARAM_PUB_KEY, point_.data(),
                                         point_.size(), &size) == 1);
  ENSURE(size == point_.size() && point_[0] == uncompressed);
}

P256Key P256Key::generate() {
  return P256Key(shared(EVP_EC_gen(curve)));
}

std::optional<P256Key> P256Key::from_private(std::span<const std::uint8_t> number) {
  if (number.size() != size_bytes) return std::nullopt;
  const Number scalar(BN_bin2bn(number.data(), static_cast<int>(number.size()), nullptr));
  if (BN_is_zero(scalar.get()) == 1 || BN_cmp(scalar.get(), EC_GROUP_get0_order(group())) >= 0) {
    return std::nullopt;
  }
  const Point point(EC_POINT_new(group()));
  P256Point bytes{};
  ENSURE(EC_POINT_mul(group(), point.get(), scalar.get(), nullptr, nullptr, nullptr) == 1);
  ENSURE(EC_POINT_point2oct(group(), point.get(), POINT_CONVERSION_UNCOMPRESSED, bytes.data(),
                            bytes.size(), nullptr) == bytes.size());
  return P256Key(make_key(bytes, scalar.get()));
}

std::optional<std::array<std::uint8_t, 32>> P256Key::agree(
    std::span<const std::uint8_t> peer) const {
  if (!is_p256_point(peer)) return std::nullopt;
  const auto other = make_key(peer, nullptr);
  const KeyContext context(EVP_PKEY_CTX_new(key_.get(), nullptr));
  std::array<std::uint8_t, 32> secret{};
  std::size_t size = secret.size();
  ENSURE(EVP_PKEY_derive_init(context.get()) == 1);
  ENSURE(EVP_PKEY_derive_set_peer(context.get(), other.get()) == 1);
  ENSURE(EVP_PKEY_derive(context.get(), secret.data(), &size) == 1 && size == secret.size());
  return secret;
}

std::array<std::uint8_t, 64> P256Key::sign(std::string_view text) const {
  const DigestContext context(EVP_MD_CTX_new());
  const auto* const bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  std::size_t size = 0;
  ENSURE(EVP_DigestSignInit_ex(context.get(), nullptr, "SHA256", nullptr, nullptr, key_.get(),
                               nullptr) == 1);
  ENSURE(EVP_DigestSign(context.get(), nullptr, &size, bytes, text.size()) == 1);
  std::vector<std::uint8_t> der(size);
  ENSURE(EVP_DigestSign(context.get(), der.data(), &size, bytes, text.size()) == 1);
  const std::uint8_t* at = der.data();
  const Signature signature(d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(size)));
  ENSURE(signature != nullptr);
  std::array<std::uint8_t, 64> both{};
  ENSURE(BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), both.data(), 32) == 32);
  ENSURE(BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), both.data() + 32, 32) == 32);
  return both;
}

}  // namespace frontdesk
