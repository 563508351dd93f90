#include "outbound/service_account.hpp"

#include "core/base64url.hpp"
#include "core/ensure.hpp"

#include <algorithm>
#include <vector>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

namespace frontdesk::outbound {
namespace {

namespace json = boost::json;

constexpr int least_key_bits = 2048;
constexpr std::size_t longest_project = 100;

struct FreeBio {
  void operator()(BIO* bio) const noexcept { BIO_free(bio); }
};
struct FreeDigestContext {
  void operator()(EVP_MD_CTX* context) const noexcept { EVP_MD_CTX_free(context); }
};

std::string text_of(const json::object& from, std::string_view name) {
  const auto* const value = from.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

// Nobody is there to be asked for a pass phrase.
int no_pass_phrase(char*, int, int, void*) {
  return -1;
}

std::shared_ptr<EVP_PKEY> read_key(const std::string& pem) {
  const std::unique_ptr<BIO, FreeBio> bio(
      BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  std::shared_ptr<EVP_PKEY> key(
      PEM_read_bio_PrivateKey(bio.get(), nullptr, &no_pass_phrase, nullptr), EVP_PKEY_free);
  const bool fits =
      key && EVP_PKEY_is_a(key.get(), "RSA") == 1 && EVP_PKEY_get_bits(key.get()) >= least_key_bits;
  return fits ? key : nullptr;
}

// It becomes a part of an address.
bool is_project(std::string_view text) {
  return !text.empty() && text.size() <= longest_project && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == ':' || c == '.';
  });
}

std::string sign(EVP_PKEY* key, std::string_view text) {
  const std::unique_ptr<EVP_MD_CTX, FreeDigestContext> context(EVP_MD_CTX_new());
  const auto* const bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  std::size_t size = 0;
  ENSURE(EVP_DigestSignInit_ex(context.get(), nullptr, "SHA256", nullptr, nullptr, key, nullptr) ==
         1);
  ENSURE(EVP_DigestSign(context.get(), nullptr, &size, bytes, text.size()) == 1);
  std::vector<std::uint8_t> signature(size);
  ENSURE(EVP_DigestSign(context.get(), signature.data(), &size, bytes, text.size()) == 1);
  signature.resize(size);
  return base64url_encode(signature);
}

}  // namespace

std::expected<ServiceAccount, std::string> ServiceAccount::parse(std::string_view text) {
  boost::system::error_code failure;
  const auto value = json::parse(text, failure);
  if (failure || !value.is_object()) return std::unexpected("it is no JSON object");
  const auto& object = value.get_object();
  if (text_of(object, "type") != "service_account") {
    return std::unexpected("its type is not service_account");
  }
  ServiceAccount account;
  account.project_ = text_of(object, "project_id");
  account.email_ = text_of(object, "client_email");
  account.key_id_ = text_of(object, "private_key_id");
  account.token_url_ = text_of(object, "token_uri");
  if (!is_project(account.project_)) return std::unexpected("it has no project_id");
  if (account.email_.empty()) return std::unexpected("it has no client_email");
  account.key_ = read_key(text_of(object, "private_key"));
  if (!account.key_) return std::unexpected("its private_key is no RSA key of 2048 bits or more");
  return account;
}

std::string ServiceAccount::assertion(std::string_view scope, std::string_view audience,
                                      Time now) const {
  const auto issued = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch();
  json::object header{{"alg", "RS256"}, {"typ", "JWT"}};
  if (!key_id_.empty()) header["kid"] = key_id_;
  const json::object claims{{"iss", email_},
                            {"scope", scope},
                            {"aud", audience},
                            {"iat", issued.count()},
                            {"exp", std::chrono::seconds(issued + assertion_lifetime).count()}};
  auto token =
      base64url_encode(json::serialize(header)) + "." + base64url_encode(json::serialize(claims));
  token += "." + sign(key_.get(), token);
  return token;
}

}  // namespace frontdesk::outbound
