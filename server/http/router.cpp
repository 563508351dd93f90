#include "http/router.hpp"

#include "http/request_target.hpp"
#include "http/url_decoding.hpp"

#include <algorithm>
#include <stdexcept>

namespace frontdesk::http {
namespace {

constexpr std::array all_methods{Method::get,   Method::head,    Method::post,   Method::put,
                                 Method::patch, Method::delete_, Method::options};

std::size_t index_of(Method method) {
  return static_cast<std::size_t>(method);
}

[[noreturn]] void refuse_route(const Route& route, const std::string& reason) {
  throw std::invalid_argument("route " + std::string(name_of(route.method)) + " " +
                              std::string(route.pattern) + ": " + reason);
}

/// Takes the first segment and its slash off `path`, which begins with one.
std::string_view take_segment(std::string_view& path) {
  path.remove_prefix(1);
  const std::string_view segment = path.substr(0, path.find('/'));
  path.remove_prefix(segment.size());
  return segment;
}

bool is_file_name(std::string_view segment) {
  constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz0123456789.-";
  return !segment.empty() && segment.size() <= 32 && segment.front() != '.' &&
         std::ranges::all_of(segment, [&](char c) { return letters.contains(c); });
}

bool is_parameter(std::string_view segment) {
  return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

void check(const Route& route) {
  if (!route.handler) refuse_route(route, "has no handler");
  if (route.method == Method::head || route.method == Method::options) {
    refuse_route(route, "HEAD and OPTIONS are answered by the router");
  }
  if ((route.access.kind == Access::Kind::permission) != route.access.permission.has_value()) {
    refuse_route(route, "names a permission it does not check, or checks one it does not name");
  }
  if (!route.pattern.starts_with('/')) refuse_route(route, "the pattern must begin with a slash");
}

std::string allow_of(const std::array<const Route*, method_count>& routes) {
  std::string allow;
  for (const Method method : all_methods) {
    if (routes[index_of(method)] == nullptr && method != Method::options) continue;
    if (!allow.empty()) allow += ", ";
    allow += name_of(method);
  }
  return allow;
}

}  // namespace

std::optional<Method> method_from_token(std::string_view token) {
  for (const Method method : all_methods) {
    if (name_of(method) == token) return method;
  }
  return std::nullopt;
}

Router::Node& Router::Node::literal_child(std::string_view segment) {
  const auto place = std::ranges::lower_bound(literals, segment, {},
                                              [](const auto& child) { return child.first; });
  if (place != literals.end() && place->first == segment) return *place->second;
  return *literals.emplace(place, segment, std::make_unique<Node>())->second;
}

Router::Node& Router::Node::parameter_child(std::string_view name) {
  auto& child = name == "date" ? date : name == "file" ? file : id;
  if (!child) child = std::make_unique<Node>();
  return *child;
}

const Router::Node* Router::Node::find_literal(std::string_view segment) const {
  const auto place = std::ranges::lower_bound(literals, segment, {},
                                              [](const auto& child) { return child.first; });
  return place != literals.end() && place->first == segment ? place->second.get() : nullptr;
}

Router::Router(RouteTable table) : table_(std::move(table)), parameter_names_(table_.size()) {
  std::array<const Route*, method_count> of_any_path{};
  for (const Route& route : table_) {
    insert(route);
    of_any_path[index_of(route.method)] = &route;
  }
  of_any_path[index_of(Method::head)] = of_any_path[index_of(Method::get)];
  server_allow_ = allow_of(of_any_path);
}

void Router::insert(const Route& route) {
  check(route);
  auto& names = parameter_names_[static_cast<std::size_t>(&route - table_.data())];
  Node* node = &root_;
  for (std::string_view rest = route.pattern; !rest.empty();) {
    const std::string_view segment = take_segment(rest);
    if (is_parameter(segment)) {
      const std::string_view name = segment.substr(1, segment.size() - 2);
      if (std::ranges::find(names, name) != names.end()) {
        refuse_route(route, "names a parameter twice");
      }
      if (names.size() == PathParameters::max_count) refuse_route(route, "has too many parameters");
      names.push_back(name);
      node = &node->parameter_child(name);
    } else {
      if (segment.find_first_of("{}%?#") != std::string_view::npos ||
          (segment.empty() && route.pattern != "/")) {
        refuse_route(route, "the pattern has a segment that is neither a name nor a parameter");
      }
      node = &node->literal_child(segment);
    }
  }
  const auto place = index_of(route.method);
  if (node->routes[place] != nullptr) {
    refuse_route(route, "clashes with " + std::string(node->routes[place]->pattern));
  }
  node->routes[place] = &route;
  if (route.method == Method::get) node->routes[index_of(Method::head)] = &route;
  node->allow = allow_of(node->routes);
}

Result<const Router::Node*> Router::step(const Node& node, std::string_view segment,
                                         PathParameters& parameters) {
  std::string decoded;
  if (segment.contains('%')) {
    auto text = percent_decode(segment);
    if (!text) return refuse(malformed_request("The path is not encoded properly."));
    decoded = std::move(*text);
    segment = decoded;
  }
  if (const Node* literal = node.find_literal(segment)) return literal;
  if (parameters.count == parameters.values.size()) return nullptr;
  if (const auto id = node.id ? Uuid::parse(segment) : std::nullopt) {
    parameters.values[parameters.count++].second = *id;
    return node.id.get();
  }
  if (const auto date = node.date ? parse_date(segment) : std::nullopt) {
    parameters.values[parameters.count++].second = *date;
    return node.date.get();
  }
  if (node.file && is_file_name(segment)) {
    parameters.values[parameters.count++].second = std::string(segment);
    return node.file.get();
  }
  return nullptr;
}

std::expected<Router::Match, Router::Mismatch> Router::find(Method method,
                                                            std::string_view path) const {
  Match match;
  if (path == "*" && method == Method::options) {
    match.allow = server_allow_;
    return match;
  }
  const Node* node = &root_;
  if (!path.starts_with('/')) node = nullptr;
  while (node != nullptr && !path.empty()) {
    const auto next = step(*node, take_segment(path), match.parameters);
    if (!next) return std::unexpected(Mismatch{next.error(), {}});
    node = *next;
  }
  if (node == nullptr || node->allow.empty()) return std::unexpected(Mismatch{not_found(), {}});
  match.allow = node->allow;
  if (method == Method::options) return match;
  match.route = node->routes[index_of(method)];
  if (match.route == nullptr) {
    return std::unexpected(
        Mismatch{{.kind = ErrorKind::method_not_allowed,
                  .code = "method_not_allowed",
                  .message = "This address does not answer " + std::string(name_of(method)) + "."},
                 node->allow});
  }
  const auto& names = parameter_names_[static_cast<std::size_t>(match.route - table_.data())];
  for (std::size_t i = 0; i < match.parameters.count; ++i) {
    match.parameters.values[i].first = names[i];
  }
  return match;
}

}  // namespace frontdesk::http
