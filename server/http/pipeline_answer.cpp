// The second half of a request's way: body, handler, and whatever came of it as one answer.
#include "http/pending_request.hpp"
#include "http/pipeline.hpp"
#include "http/request_id.hpp"
#include "http/strict_json.hpp"

#include <exception>

#include <boost/asio/this_coro.hpp>

namespace frontdesk::http {
namespace {

/// For the access line and the metrics alone: nobody reads the answer any more (the number is
/// nginx's).
constexpr unsigned client_left = 499;
constexpr unsigned not_found_status = 404;

Error internal_error() {
  return {.kind = ErrorKind::internal,
          .code = "internal_error",
          .message = "Something went wrong on our side."};
}

std::size_t size_of_body(const Outgoing& outgoing) {
  if (outgoing.head_only || outgoing.status == 204) return 0;
  return outgoing.shared_body ? outgoing.shared_body->size() : outgoing.body.size();
}

}  // namespace

Task<Outgoing> Pipeline::answer(std::unique_ptr<Admission> state, std::string body) {
  auto& pending = static_cast<PendingRequest&>(*state);
  const RequestFacts& facts = pending.facts;
  if (!body.empty() && facts.route->body != BodyMedia::json) {
    pending.builder.body(std::move(body));
  } else if (!body.empty()) {
    auto json = parse_strict_json(body);
    if (!json) co_return finish(refusal(json.error()), facts, nullptr);
    pending.builder.json(std::move(*json)).body(std::move(body));
  }
  // The time that the client took to send the body is not the handler's.
  pending.builder.deadline(deadline_in(handler_limit_));
  const Request request = pending.builder.build();
  std::exception_ptr problem;
  try {
    Response response = co_await facts.route->handler(request);
    if (response.status == not_found_status && facts.route->budget == RateBudget::missing) {
      co_await limiter_.take(RatePolicy::missing, RateKey::of(facts.client), facts.received_at);
    }
    co_return finish(std::move(response), facts, &request);
  } catch (...) {
    problem = std::current_exception();
  }
  const auto cancellation = co_await asio::this_coro::cancellation_state;
  if (cancellation.cancelled() != asio::cancellation_type::none) {
    co_return finish_cancelled(facts, request);
  }
  co_return finish(failure(facts, problem), facts, nullptr);
}

Outgoing Pipeline::reject(const Error& error, std::string_view peer_address) {
  RequestFacts facts;
  facts.metrics = &unrouted_metrics_;
  facts.received_at = std::chrono::steady_clock::now();
  facts.request_id = make_request_id();
  facts.client_text = peer_address;
  return finish(refusal(error), facts, nullptr);
}

Response Pipeline::failure(const RequestFacts& facts, const std::exception_ptr& problem) {
  const auto log = [&](observe::Level level, std::string_view what) {
    log_.log(level, "request failed",
             {{"request_id", facts.request_id},
              {"operation", facts.route == nullptr ? "none" : facts.route->operation},
              {"reason", what}});
  };
  try {
    std::rethrow_exception(problem);
  } catch (const Fault& fault) {
    const bool may_pass = fault.answer().kind != ErrorKind::internal;
    log(may_pass ? observe::Level::warning : observe::Level::error, fault.what());
    return refusal(fault.answer());
  } catch (const std::exception& exception) {
    log(observe::Level::error, exception.what());
  } catch (...) {
    log(observe::Level::error, "something that is no exception was thrown");
  }
  return refusal(internal_error());
}

Outgoing Pipeline::finish_cancelled(const RequestFacts& facts, const Request& request) {
  const bool out_of_time = std::chrono::steady_clock::now() >= request.deadline();
  Outgoing outgoing = composer_.compose(refusal(unavailable()), facts, nullptr);
  record(facts, out_of_time ? outgoing.status : client_left, size_of_body(outgoing));
  return outgoing;
}

Outgoing Pipeline::finish(Response&& response, const RequestFacts& facts, const Request* request) {
  Outgoing outgoing;
  try {
    outgoing = composer_.compose(std::move(response), facts, request);
  } catch (const std::exception&) {
    outgoing = composer_.compose(failure(facts, std::current_exception()), facts, nullptr);
  }
  record(facts, outgoing.status, size_of_body(outgoing));
  return outgoing;
}

void Pipeline::record(const RequestFacts& facts, unsigned status, std::size_t body_bytes) {
  const auto duration = std::chrono::steady_clock::now() - facts.received_at;
  facts.metrics->observe(status, duration);
  log_.info("request", {{"method", facts.method},
                        {"route", facts.route == nullptr ? "none" : facts.route->pattern},
                        {"status", status},
                        {"duration_us",
                         std::chrono::duration_cast<std::chrono::microseconds>(duration).count()},
                        {"bytes", body_bytes},
                        {"request_id", facts.request_id},
                        {"address", facts.client_text},
                        {"user_id", facts.user}});
}

}  // namespace frontdesk::http
