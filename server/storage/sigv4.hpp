#pragma once

#include "core/instant.hpp"

#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// AWS Signature Version 4 for S3
/// (https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-authenticating-requests.html). libcurl's
/// own cannot presign, sends no x-amz-content-sha256 and does not sort the query.
namespace frontdesk::storage::sigv4 {

using Pairs = std::vector<std::pair<std::string, std::string>>;

struct Credentials {
  std::string access_key;
  std::string secret_key;
  std::string session_token = {};  ///< of temporary credentials; may be empty
  std::string region;
};

/// What is signed: all of the request but its body, which stands in it with its digest.
struct Request {
  std::string method;
  std::string host;              ///< with the port where it is not the scheme's own
  std::string path;              ///< decoded: `/bucket/a key`
  Pairs query = {};              ///< decoded
  Pairs headers = {};            ///< names in lower case, without host
  std::string body_sha256 = {};  ///< 64 hexadecimal digits; presigned requests have none
};

/// The path and query of the request line, encoded as they are signed.
std::string target_of(const Request& request);

/// The headers to send with the request, `host` left out: its own, x-amz-date,
/// x-amz-content-sha256, x-amz-security-token where there is one, and authorization.
Pairs sign(Request request, const Credentials& credentials, Instant now);

/// The target of a GET that needs no headers and works for `lifetime` (at most seven days): path,
/// query and signature. Whoever has it has the object.
std::string presign(Request request, const Credentials& credentials, Instant now,
                    std::chrono::seconds lifetime);

}  // namespace frontdesk::storage::sigv4
