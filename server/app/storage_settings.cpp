#include "app/storage_settings.hpp"

#include "app/setting_syntax.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace frontdesk::app {
namespace {

// RFC 1123 names in lower case, as S3 wants its buckets.
bool is_bucket(std::string_view name) {
  return name.size() >= 3 && name.size() <= 63 && name.front() != '.' && name.back() != '.' &&
         std::ranges::all_of(name, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
         });
}

}  // namespace

void read_storage(SettingReader& reader, Config& config) {
  auto& s3 = config.s3;
  s3.credentials.region = "us-east-1";
  const auto plain = [](std::string_view text) { return parse_plain_text(text, 200); };
  reader.read("FRONTDESK_S3_ENDPOINT", s3.endpoint,
              "an origin such as https://s3.eu-central-1.amazonaws.com", parse_origin);
  reader.read("FRONTDESK_S3_BUCKET", s3.bucket, "the name of a bucket", [](std::string_view text) {
    return is_bucket(text) ? std::optional(std::string(text)) : std::nullopt;
  });
  reader.read("FRONTDESK_S3_REGION", s3.credentials.region, "a region such as eu-central-1", plain);
  reader.read("FRONTDESK_S3_PREFIX", s3.prefix, "at most 200 bytes of text", plain);
  reader.read("FRONTDESK_S3_ACCESS_KEY", s3.credentials.access_key, "an access key", plain);
  reader.read("FRONTDESK_S3_SECRET_KEY", s3.credentials.secret_key, "a secret key", plain);
  reader.read("FRONTDESK_S3_SESSION_TOKEN", s3.credentials.session_token, "a session token",
              [](std::string_view text) { return parse_plain_text(text, 4096); });
  reader.read("FRONTDESK_S3_PATH_STYLE", s3.path_style, "on or off", parse_switch);
  const auto given = std::ranges::count_if(
      std::array{&s3.endpoint, &s3.bucket, &s3.credentials.access_key, &s3.credentials.secret_key},
      [](const std::string* value) { return !value->empty(); });
  if (given != 0 && given != 4) {
    reader.add_problem(
        "FRONTDESK_S3_ENDPOINT, FRONTDESK_S3_BUCKET, FRONTDESK_S3_ACCESS_KEY and "
        "FRONTDESK_S3_SECRET_KEY belong together: set all of them or none.");
  }
  if (!config.development() && s3.endpoint.starts_with("http:")) {
    reader.add_problem("FRONTDESK_S3_ENDPOINT must be https in production.");
  }
}

}  // namespace frontdesk::app
