#pragma once

#include <chrono>
#include <expected>
#include <memory>
#include <string>
#include <string_view>

struct evp_pkey_st;  // OpenSSL's EVP_PKEY

namespace frontdesk::outbound {

/// An account of Google's for programs, as its JSON file describes it.
class ServiceAccount {
 public:
  using Time = std::chrono::system_clock::time_point;
  static constexpr std::chrono::hours assertion_lifetime{1};  ///< the longest that Google takes

  /// Reads the file's text. Refuses, with half a sentence that holds no part of the key, what is no
  /// such file: another `type`, a field that is missing, a key that is no RSA key of 2,048 bits or
  /// more, a project id that could change an address.
  static std::expected<ServiceAccount, std::string> parse(std::string_view json);

  [[nodiscard]] const std::string& project() const { return project_; }
  [[nodiscard]] const std::string& email() const { return email_; }
  /// Where its file says that tokens come from.
  [[nodiscard]] const std::string& token_url() const { return token_url_; }

  /// Says who we are and that we want an access token for `scope` from `audience` (RFC 7523 2.1),
  /// signed with RS256 (RFC 7518 3.3).
  [[nodiscard]] std::string assertion(std::string_view scope, std::string_view audience,
                                      Time now) const;

 private:
  ServiceAccount() = default;
  std::string project_;
  std::string email_;
  std::string key_id_;
  std::string token_url_;
  std::shared_ptr<evp_pkey_st> key_;
};

}  // namespace frontdesk::outbound
