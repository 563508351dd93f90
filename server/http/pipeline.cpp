#include "http/pipeline.hpp"

#include "http/bearer_token.hpp"
#include "http/body_rules.hpp"
#include "http/pending_request.hpp"
#include "http/request_id.hpp"
#include "http/url_decoding.hpp"

namespace frontdesk::http {
namespace {

Response unauthenticated(std::string message) {
  return refusal({.kind = ErrorKind::unauthenticated,
                  .code = "unauthenticated",
                  .message = std::move(message)});
}

/// RFC 6750 section 3: tells a token that is no good from none at all.
Response token_refused(const Error& error) {
  Response response = refusal(error);
  response.headers.emplace_back("WWW-Authenticate", R"(Bearer error="invalid_token")");
  return response;
}

Response rate_limited(std::chrono::seconds reset_in) {
  Error error{.kind = ErrorKind::too_many,
              .code = "rate_limited",
              .message = "Too many requests. Try again in " + std::to_string(reset_in.count()) +
                         (reset_in.count() == 1 ? " second." : " seconds.")};
  error.details["retry_after"] = reset_in.count();
  error.retry_after = reset_in;
  return refusal(error);
}

Response options_answer(std::string_view allow, bool from_allowed_origin) {
  Response response = no_content();
  response.headers.emplace_back("Allow", allow);
  if (from_allowed_origin) Cors::append_preflight_headers(response.headers, allow);
  return response;
}

RatePolicy policy_of(const Route& route, bool logged_in) {
  switch (route.budget) {
    case RateBudget::login:
      return RatePolicy::login;
    case RateBudget::code:
      return RatePolicy::code;
    case RateBudget::image:
      return RatePolicy::image;
    default:
      return logged_in ? RatePolicy::user : RatePolicy::address;
  }
}

}  // namespace

Pipeline::Pipeline(RouteTable routes, Authenticator& authenticator, RateLimiter& limiter,
                   observe::Metrics& metrics, observe::Logger& log, PipelineOptions options)
    : router_(std::move(routes)),
      authenticator_(authenticator),
      limiter_(limiter),
      log_(log),
      in_flight_(metrics.requests_in_flight()),
      unrouted_metrics_(metrics.operation("none")),
      options_metrics_(metrics.operation("options")),
      proxies_(std::move(options.trusted_proxies)),
      composer_(options.cors_origins, limiter),
      handler_limit_(options.handler_limit) {
  operation_metrics_.reserve(router_.table().size());
  for (const Route& route : router_.table()) {
    operation_metrics_.push_back(&metrics.operation(route.operation));
  }
}

Pipeline::~Pipeline() = default;

RequestFacts Pipeline::identify(const RequestHead& head) {
  RequestFacts facts{.method = head.method,
                     .metrics = &unrouted_metrics_,
                     .received_at = head.received_at,
                     .client_text = head.peer_address,
                     .cors_lines = composer_.cors().lines_for(head.field("origin"))};
  const auto peer = IpAddress::parse(head.peer_address);
  if (peer) facts.client = *peer;
  if (peer && proxies_.contains(*peer)) {
    std::vector<std::string_view> forwarded_for;
    for (const auto& [name, value] : head.fields) {
      if (name == "x-forwarded-for") forwarded_for.emplace_back(value);
    }
    facts.client = proxies_.client_of(*peer, forwarded_for);
    facts.client_text = facts.client.to_string();
    const std::string_view id = head.field("x-request-id");
    if (is_request_id(id)) facts.request_id = id;
  }
  if (facts.request_id.empty()) facts.request_id = make_request_id();
  return facts;
}

Pipeline::Refused Pipeline::find_route(const RequestHead& head, PendingRequest& pending) {
  const auto method = method_from_token(head.method);
  if (!method) {
    return refusal({.kind = ErrorKind::not_implemented,
                    .code = "not_implemented",
                    .message = "This server does not know this method."});
  }
  const std::string_view target = head.target;
  const auto question = target.find('?');
  const std::string_view path = target.substr(0, question);
  const auto match = router_.find(*method, path);
  if (!match) {
    Response response = refusal(match.error().error);
    if (!match.error().allow.empty()) response.headers.emplace_back("Allow", match.error().allow);
    return response;
  }
  if (match->route == nullptr) {
    pending.facts.metrics = &options_metrics_;
    return options_answer(match->allow, !pending.facts.cors_lines.empty());
  }
  pending.facts.route = match->route;
  const auto place = static_cast<std::size_t>(match->route - router_.table().data());
  pending.facts.metrics = operation_metrics_[place];
  pending.builder.method(*method).path_parameters(match->parameters);
  pending.builder.path(percent_decode(path).value_or(std::string(path)));
  if (question == std::string_view::npos) return std::nullopt;
  auto query = parse_query(target.substr(question + 1));
  if (!query) return refusal(query.error());
  pending.builder.query(std::move(*query));
  return std::nullopt;
}

Task<Pipeline::Refused> Pipeline::spend(RequestFacts& facts, RatePolicy policy) {
  const bool is_per_user = policy == RatePolicy::user || policy == RatePolicy::image;
  const RateKey key =
      is_per_user && facts.user ? RateKey::of(*facts.user) : RateKey::of(facts.client);
  facts.rate = co_await limiter_.take(policy, key, facts.received_at);
  facts.policy = policy;
  if (facts.rate.allowed) co_return std::nullopt;
  co_return rate_limited(facts.rate.reset_in);
}

Task<Pipeline::Refused> Pipeline::check_missing(RequestFacts& facts) {
  const auto decision =
      co_await limiter_.look(RatePolicy::missing, RateKey::of(facts.client), facts.received_at);
  if (decision.allowed) co_return std::nullopt;
  facts.rate = decision;
  facts.policy = RatePolicy::missing;
  co_return rate_limited(decision.reset_in);
}

Task<Pipeline::Refused> Pipeline::authenticate(const RequestHead& head, PendingRequest& pending) {
  const Credentials credentials = read_credentials(head);
  if (!credentials.present) co_return std::nullopt;
  Error error{.kind = ErrorKind::unauthenticated,
              .code = "unauthenticated",
              .message = "Authorization must be a bearer token."};
  if (credentials.bearer_token) {
    auto actor = co_await authenticator_.authenticate(*credentials.bearer_token,
                                                      head.received_at + handler_limit_);
    if (actor) {
      pending.facts.user = actor->user;
      pending.actor = std::move(*actor);
      co_return std::nullopt;
    }
    error = std::move(actor.error());
  }
  if (error.kind != ErrorKind::unauthenticated) co_return refusal(error);
  // Guessing tokens costs the address its allowance, whatever the route (R20).
  if (auto refused = co_await spend(pending.facts, RatePolicy::address)) co_return refused;
  co_return token_refused(error);
}

Task<Pipeline::Refused> Pipeline::check_permission(PendingRequest& pending) {
  const Access& access = pending.facts.route->access;
  if (access.kind == Access::Kind::anyone) co_return std::nullopt;
  if (!pending.actor.user) co_return unauthenticated("Log in first.");
  if (access.kind == Access::Kind::logged_in || pending.actor.may(*access.permission)) {
    co_return std::nullopt;
  }
  co_await authenticator_.note_denial(pending.actor, pending.facts.route->operation);
  co_return refusal({.kind = ErrorKind::forbidden,
                     .code = "forbidden",
                     .message = "You are not allowed to do this."});
}

Task<Pipeline::Refused> Pipeline::check_caller(const RequestHead& head, PendingRequest& pending) {
  const Route& route = *pending.facts.route;
  // Health checks and files are for everyone and cost nothing: who asks is not even looked at.
  if (route.budget == RateBudget::missing) {
    if (auto refused = co_await check_missing(pending.facts)) co_return refused;
  }
  const bool counted = route.budget != RateBudget::uncounted && route.budget != RateBudget::missing;
  if (counted || route.access.kind != Access::Kind::anyone) {
    if (auto refused = co_await authenticate(head, pending)) co_return refused;
  }
  pending.actor.address = pending.facts.client_text;
  pending.actor.request_id = pending.facts.request_id;
  if (counted) {
    const RatePolicy policy = policy_of(route, pending.facts.user.has_value());
    if (auto refused = co_await spend(pending.facts, policy)) co_return refused;
  }
  if (auto refused = co_await check_permission(pending)) co_return refused;
  if (const auto problem = find_body_problem(head, route.body, route.body_limit_bytes)) {
    co_return refusal(*problem);
  }
  if (route.body_gate != nullptr && pending.actor.user) {
    auto place = route.body_gate->enter(*pending.actor.user);
    if (!place) co_return refusal(place.error());
    pending.place = std::move(*place);
  }
  co_return std::nullopt;
}

Task<Pipeline::Refused> Pipeline::judge(const RequestHead& head, PendingRequest& pending) {
  Refused refused = find_route(head, pending);
  if (!refused) co_return co_await check_caller(head, pending);
  // Asking for what is not there is counted too; a preflight is the browser's doing.
  if (pending.facts.metrics != &options_metrics_) {
    if (auto over_limit = co_await spend(pending.facts, RatePolicy::address)) co_return over_limit;
  }
  co_return refused;
}

Task<std::variant<Admitted, Outgoing>> Pipeline::admit(RequestHead head) {
  auto pending = std::make_unique<PendingRequest>(in_flight_);
  pending->facts = identify(head);
  Refused refused;
  try {
    refused = co_await judge(head, *pending);
  } catch (...) {
    refused = failure(pending->facts, std::current_exception());
  }
  if (refused) co_return finish(std::move(*refused), pending->facts, nullptr);
  const Method method = pending->builder.request().method();
  pending->builder.headers(std::move(head.fields)).actor(std::move(pending->actor));
  const std::size_t body_limit_bytes = pending->facts.route->body_limit_bytes;
  co_return Admitted{.state = std::move(pending),
                     .body_limit_bytes = body_limit_bytes,
                     .cancel_when_client_leaves = method == Method::get || method == Method::head};
}

}  // namespace frontdesk::http
