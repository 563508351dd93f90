#include "outbound/fcm_client.hpp"

#include "outbound/retry_after.hpp"

#include <algorithm>
#include <utility>

#include <boost/json/parse.hpp>
#include <fmt/format.h>

namespace frontdesk::outbound {
namespace {

using std::chrono::steady_clock;
using Outcome = Verdict::Outcome;

constexpr std::string_view scope = "https://www.googleapis.com/auth/firebase.messaging";
constexpr std::string_view error_type = "type.googleapis.com/google.firebase.fcm.v1.FcmError";
constexpr std::chrono::seconds usual_wait{60};  // what FCM's documents say for want of Retry-After
constexpr std::size_t most_answer_bytes = 64 * 1024;
constexpr int quiet_after = 3;

// google.rpc.Status and, among its details, FCM's own code.
struct Refusal {
  bool is_fcms = false;  ///< anything of that form
  std::string status;
  std::string code;
};

std::string text_of(const boost::json::object& from, std::string_view name) {
  const auto* const value = from.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

Refusal read_refusal(const std::string& body) {
  boost::system::error_code failure;
  const auto value = boost::json::parse(body, failure);
  const auto* const error =
      failure || !value.is_object() ? nullptr : value.get_object().if_contains("error");
  if (error == nullptr || !error->is_object()) return {};
  Refusal refusal{.is_fcms = true, .status = text_of(error->get_object(), "status"), .code = {}};
  const auto* const details = error->get_object().if_contains("details");
  if (details == nullptr || !details->is_array()) return refusal;
  for (const auto& detail : details->get_array()) {
    if (!detail.is_object() || text_of(detail.get_object(), "@type") != error_type) continue;
    refusal.code = text_of(detail.get_object(), "errorCode");
  }
  return refusal;
}

}  // namespace

Verdict judge_fcm(const HttpAnswer& answer) {
  if (answer.status == 200) return {Outcome::accepted};
  const auto refusal = read_refusal(answer.body);
  const auto& name = refusal.code.empty() ? refusal.status : refusal.code;
  auto reason = fmt::format("FCM answered {} {}", answer.status, name.substr(0, 50));
  const bool is_gone =
      answer.status == 404 && refusal.is_fcms &&
      (refusal.code.empty() ? refusal.status == "NOT_FOUND" : refusal.code == "UNREGISTERED");
  if (is_gone) return {Outcome::gone, std::move(reason)};
  if (answer.status == 400 && refusal.is_fcms) return {Outcome::refused, std::move(reason)};
  if (refusal.code == "SENDER_ID_MISMATCH") return {Outcome::refused, std::move(reason)};
  if (refusal.code == "THIRD_PARTY_AUTH_ERROR") {
    return {Outcome::refused_for_now, std::move(reason)};
  }
  if (answer.status == 429) {
    return {Outcome::refused_for_now, std::move(reason),
            retry_after_of(answer).value_or(usual_wait)};
  }
  return {Outcome::unavailable, std::move(reason), retry_after_of(answer)};
}

FcmClient::FcmClient(asio::io_context& context, FcmService service)
    : transfers_(context),
      client_(context, transfers_, service.ca_file),
      token_(context, transfers_, service.ca_file, service.account, service.token_url,
             std::string(scope)),
      url_(fmt::format("{}/v1/projects/{}/messages:send", service.url, service.account.project())) {
}

std::size_t FcmClient::capacity() const {
  return steady_clock::now() < quiet_until_ ? 0 : client_.service().capacity();
}

Task<std::string> FcmClient::check(Deadline deadline) {
  const auto token = co_await token_.get(deadline);
  co_return token ? std::string() : token.error();
}

Task<std::expected<HttpAnswer, HttpFailure>> FcmClient::post(const std::string& message,
                                                             const std::string& token,
                                                             Deadline deadline) {
  HttpRequest request{
      .method = "POST",
      .url = url_,
      .headers = {{"Content-Type", "application/json"}, {"Authorization", "Bearer " + token}},
      .body = message,
      .most_bytes = most_answer_bytes};
  co_return co_await client_.perform(std::move(request), deadline);
}

Task<Verdict> FcmClient::send(std::string message, Deadline deadline) {
  for (bool is_second = false;; is_second = true) {
    const auto token = co_await token_.get(deadline);
    if (!token) co_return Verdict{Outcome::unavailable, token.error()};
    const auto answer = co_await post(message, *token, deadline);
    if (!answer) {
      const bool is_sent = answer.error().may_have_arrived;
      co_return Verdict{.outcome = is_sent ? Outcome::unanswered : Outcome::unavailable,
                        .reason = fmt::format("FCM: {}", answer.error().reason),
                        .is_service_in_trouble = is_sent};
    }
    auto verdict = judge_fcm(*answer);
    const bool is_refused_token = answer->status == 401 && verdict.outcome == Outcome::unavailable;
    if (is_refused_token) token_.refused(*token);
    if (is_refused_token && !is_second) continue;
    note(verdict, answer->status);
    co_return verdict;
  }
}

// One device may be told too much; all of them are only when nothing gets through.
void FcmClient::note(const Verdict& verdict, unsigned status) {
  if (status == 429) {
    ++refusals_in_a_row_;
  } else if (verdict.outcome != Outcome::unavailable) {
    refusals_in_a_row_ = 0;
  }
  const bool asks_for_quiet = refusals_in_a_row_ >= quiet_after || status == 503;
  if (!asks_for_quiet || !verdict.retry_after) return;
  quiet_until_ = std::max(quiet_until_, steady_clock::now() + *verdict.retry_after);
}

}  // namespace frontdesk::outbound
