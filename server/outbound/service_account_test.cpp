#include "outbound/service_account.hpp"

#include "core/base64url.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

namespace frontdesk::outbound {
namespace {

namespace json = boost::json;

std::shared_ptr<EVP_PKEY> owned(EVP_PKEY* key) {
  return {key, EVP_PKEY_free};
}

std::string pem_of(EVP_PKEY* key) {
  BIO* const bio = BIO_new(BIO_s_mem());
  PEM_write_bio_PrivateKey(bio, key, nullptr, nullptr, 0, nullptr, nullptr);
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  std::string text(data, static_cast<std::size_t>(size));
  BIO_free(bio);
  return text;
}

const auto rsa = owned(EVP_RSA_gen(2048));

json::object file() {
  return {{"type", "service_account"},
          {"project_id", "salon-123"},
          {"private_key_id", "abc"},
          {"private_key", pem_of(rsa.get())},
          {"client_email", "desk@salon-123.iam.gserviceaccount.com"},
          {"token_uri", "https://oauth2.googleapis.com/token"}};
}

std::string decoded(std::string_view part) {
  const auto bytes = base64url_decode(part).value();
  return {bytes.begin(), bytes.end()};
}

TEST(ServiceAccount, RFC7523_an_assertion_says_who_for_what_and_till_when) {
  const auto account = ServiceAccount::parse(json::serialize(file()));
  ASSERT_TRUE(account.has_value()) << account.error();
  const auto token =
      account->assertion("scope", "https://oauth2.googleapis.com/token",
                         ServiceAccount::Time{std::chrono::milliseconds{1'772'445'600'999}});
  const auto first = token.find('.');
  const auto second = token.find('.', first + 1);
  EXPECT_EQ(json::parse(decoded(token.substr(0, first))),
            json::parse(R"({"alg": "RS256", "typ": "JWT", "kid": "abc"})"));
  EXPECT_EQ(json::parse(decoded(token.substr(first + 1, second - first - 1))),
            json::parse(R"({"iss": "desk@salon-123.iam.gserviceaccount.com", "scope": "scope",
                            "aud": "https://oauth2.googleapis.com/token",
                            "iat": 1772445600, "exp": 1772449200})"));
  const auto signature = base64url_decode(token.substr(second + 1)).value();
  EVP_MD_CTX* const context = EVP_MD_CTX_new();
  EVP_DigestVerifyInit(context, nullptr, EVP_sha256(), nullptr, rsa.get());
  EXPECT_EQ(EVP_DigestVerify(context, signature.data(), signature.size(),
                             reinterpret_cast<const unsigned char*>(token.data()), second),
            1);
  EVP_MD_CTX_free(context);
}

TEST(ServiceAccount, what_is_no_such_file_is_refused_without_showing_its_key) {
  EXPECT_FALSE(ServiceAccount::parse(""));
  EXPECT_FALSE(ServiceAccount::parse("[]"));
  for (const auto* name : {"type", "project_id", "private_key", "client_email"}) {
    auto broken = file();
    broken.erase(name);
    const auto refused = ServiceAccount::parse(json::serialize(broken));
    ASSERT_FALSE(refused.has_value()) << name;
    EXPECT_NE(refused.error().find(name), std::string::npos);
  }
  auto other_key = file();
  other_key["private_key"] = pem_of(owned(EVP_EC_gen("P-256")).get());
  EXPECT_FALSE(ServiceAccount::parse(json::serialize(other_key)));
  other_key["private_key"] = pem_of(owned(EVP_RSA_gen(1024)).get());
  EXPECT_FALSE(ServiceAccount::parse(json::serialize(other_key)));
  auto hostile = file();
  hostile["project_id"] = "../../x";
  EXPECT_FALSE(ServiceAccount::parse(json::serialize(hostile)));
}

}  // namespace
}  // namespace frontdesk::outbound
