#pragma once

#include "core/digest.hpp"

#include <memory>
#include <string>

struct evp_md_ctx_st;  // OpenSSL's EVP_MD_CTX

namespace frontdesk {

/// SHA-256 (FIPS 180-4) of what comes in pieces.
class RunningSha256 {
 public:
  RunningSha256();
  void add(std::string_view bytes);
  /// Of everything that was added, 64 hexadecimal digits. Once; nothing can be added afterwards.
  [[nodiscard]] std::string finish_as_hex();

 private:
  struct Free {
    void operator()(evp_md_ctx_st* context) const noexcept;
  };
  std::unique_ptr<evp_md_ctx_st, Free> context_;
};

}  // namespace frontdesk
