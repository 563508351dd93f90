#include "core/running_digest.hpp"

#include "core/ensure.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

namespace frontdesk {

RunningSha256::RunningSha256() : context_(EVP_MD_CTX_new()) {
  ENSURE(context_ && EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) == 1);
}

void RunningSha256::add(std::string_view bytes) {
  ENSURE(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) == 1);
}

std::string RunningSha256::finish_as_hex() {
  Sha256Digest digest;
  ENSURE(EVP_DigestFinal_ex(context_.get(), digest.data(), nullptr) == 1);
  std::string text;
  for (const auto byte : digest) text += fmt::format("{:02x}", byte);
  return text;
}

void RunningSha256::Free::operator()(evp_md_ctx_st* context) const noexcept {
  EVP_MD_CTX_free(context);
}

}  // namespace frontdesk
