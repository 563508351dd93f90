#include "outbound/vapid.hpp"

#include "core/base64url.hpp"

#include <utility>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>

namespace frontdesk::outbound {
namespace {

constexpr std::chrono::hours least_left{1};

std::int64_t seconds_of(Vapid::Time time) {
  return std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
}

}  // namespace

Vapid::Vapid(P256Key key, std::string subject)
    : key_(std::move(key)),
      public_key_(base64url_encode(key_.point())),
      subject_(std::move(subject)) {}

std::string Vapid::authorization(std::string_view origin, Time now) {
  auto found = tokens_.find(origin);
  if (found == tokens_.end() || found->second.good_until - least_left < now) {
    const Time good_until = now + lifetime;
    const boost::json::object claims{
        {"aud", origin}, {"exp", seconds_of(good_until)}, {"sub", subject_}};
    auto token = base64url_encode(R"({"typ":"JWT","alg":"ES256"})") + "." +
                 base64url_encode(boost::json::serialize(claims));
    token += "." + base64url_encode(key_.sign(token));
    if (tokens_.size() >= kept_origins) tokens_.clear();
    found =
        tokens_.insert_or_assign(std::string(origin), Token{std::move(token), good_until}).first;
  }
  return fmt::format("vapid t={}, k={}", found->second.text, public_key_);
}

}  // namespace frontdesk::outbound
