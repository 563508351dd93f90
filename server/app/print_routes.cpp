#include "app/commands.hpp"
#include "app/shard.hpp"
#include "core/json_writer.hpp"

#include <string_view>

#include <fmt/format.h>

namespace frontdesk::app {
namespace {

std::string_view name_of(const http::Access& access) {
  switch (access.kind) {
    case http::Access::Kind::anyone:
      return "anyone";
    case http::Access::Kind::logged_in:
      return "logged_in";
    case http::Access::Kind::permission:
      return "permission";
  }
  return "";
}

std::string_view name_of(http::Ownership ownership) {
  switch (ownership) {
    case http::Ownership::none:
      return "none";
    case http::Ownership::self:
      return "self";
    case http::Ownership::own_or_granted:
      return "own_or_granted";
  }
  return "";
}

std::string_view name_of(http::RateBudget budget) {
  switch (budget) {
    case http::RateBudget::general:
      return "general";
    case http::RateBudget::login:
      return "login";
    case http::RateBudget::code:
      return "code";
    case http::RateBudget::image:
      return "image";
    case http::RateBudget::missing:
      return "missing";
    case http::RateBudget::uncounted:
      return "uncounted";
  }
  return "";
}

std::string_view name_of(http::BodyMedia body) {
  switch (body) {
    case http::BodyMedia::json:
      return "json";
    case http::BodyMedia::image:
      return "image";
    case http::BodyMedia::form:
      return "form";
  }
  return "";
}

// The table does not depend on the configuration but for development's own pages; these keys sign
// nothing.
Config development_config() {
  Config config;
  config.environment = Config::Environment::development;
  config.public_url = "http://localhost:8080";
  config.log_level = "error";
  config.jwt_keys = {{"none", std::vector<std::uint8_t>(32)}};
  config.password_pepper.resize(32);
  config.data_key.resize(32);
  return config;
}

}  // namespace

int print_routes() {
  Process process(development_config());
  const Shard shard(process, "", 1);
  std::string text;
  JsonWriter json(text);
  json.begin_array();
  for (const auto& route : shard.routes()) {
    json.begin_object();
    json.member("method", http::name_of(route.method));
    json.member("pattern", route.pattern);
    json.member("operation", route.operation);
    json.member("access", name_of(route.access));
    json.key("permission");
    route.access.permission ? json.value(slug_of(*route.access.permission)) : json.null();
    json.member("ownership", name_of(route.ownership));
    json.member("budget", name_of(route.budget));
    json.member("body_limit_bytes", route.body_limit_bytes);
    json.member("body", name_of(route.body));
    json.end_object();
  }
  json.end_array();
  fmt::print("{}\n", text);
  return 0;
}

}  // namespace frontdesk::app
