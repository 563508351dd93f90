#include "accounts/routes.hpp"

#include "accounts/own_routes.hpp"
#include "accounts/user_routes.hpp"
#include "accounts/wire.hpp"
#include "http/page.hpp"

#include <iterator>
#include <utility>

namespace frontdesk::accounts {
namespace {

using http::Access;
using http::Method;
using http::Ownership;
using http::RateBudget;

constexpr std::string_view newest_first = "-created_at";

Task<http::Response> register_account(Accounts& accounts, const http::Request& request) {
  const auto input = wire::read_registration(request.json());
  if (!input) co_return http::refusal(input.error());
  const auto pending =
      co_await accounts.register_account(request.actor(), *input, request.deadline());
  if (!pending) co_return http::refusal(pending.error());
  co_return http::accepted([&](JsonWriter& json) { wire::write(json, *pending); });
}

Task<http::Response> verify_email(Accounts& accounts, const http::Request& request) {
  const auto input = wire::read_verification(request.json());
  if (!input) co_return http::refusal(input.error());
  const auto account = co_await accounts.verify_email(request.actor(), *input, request.deadline());
  if (!account) co_return http::refusal(account.error());
  co_return http::created([&](JsonWriter& json) { wire::write(json, *account); });
}

Task<http::Response> resend_code(Accounts& accounts, const http::Request& request) {
  const auto input = wire::read_resend(request.json());
  if (!input) co_return http::refusal(input.error());
  const auto sent = co_await accounts.resend_code(request.actor(), *input, request.deadline());
  if (!sent) co_return http::refusal(sent.error());
  co_return http::accepted([&](JsonWriter& json) { wire::write(json, *sent); });
}

Task<http::Response> forgot_password(Accounts& accounts, const http::Request& request) {
  const auto input = wire::read_resend(request.json());
  if (!input) co_return http::refusal(input.error());
  const auto sent = co_await accounts.forgot_password(request.actor(), *input, request.deadline());
  if (!sent) co_return http::refusal(sent.error());
  co_return http::accepted([&](JsonWriter& json) { wire::write(json, *sent); });
}

Task<http::Response> reset_password(Accounts& accounts, const http::Request& request) {
  const auto input = wire::read_password_reset(request.json());
  if (!input) co_return http::refusal(input.error());
  const auto done = co_await accounts.reset_password(request.actor(), *input, request.deadline());
  co_return done ? http::no_content() : http::refusal(done.error());
}

Task<http::Response> log_in(Accounts& accounts, const http::Request& request) {
  const auto input = wire::read_credentials(request.json());
  if (!input) co_return http::refusal(input.error());
  const auto logged_in = co_await accounts.log_in(request.actor(), *input, request.deadline());
  if (!logged_in) co_return http::refusal(logged_in.error());
  co_return http::ok([&](JsonWriter& json) { wire::write(json, *logged_in); });
}

Task<http::Response> refresh(Accounts& accounts, const http::Request& request) {
  const auto token = wire::read_refresh(request.json());
  if (!token) co_return http::refusal(token.error());
  const auto pair = co_await accounts.refresh(request.actor(), *token, request.deadline());
  if (!pair) co_return http::refusal(pair.error());
  co_return http::ok([&](JsonWriter& json) { wire::write(json, *pair); });
}

Task<http::Response> log_out(Accounts& accounts, const http::Request& request) {
  const auto token = wire::read_logout(request.json());
  if (!token) co_return http::refusal(token.error());
  const auto ended = co_await accounts.log_out(request.actor(), *token, request.deadline());
  co_return ended ? http::no_content() : http::refusal(ended.error());
}

Task<http::Response> log_out_everywhere(Accounts& accounts, const http::Request& request) {
  const auto ended = co_await accounts.log_out_everywhere(request.actor(), request.deadline());
  co_return ended ? http::no_content() : http::refusal(ended.error());
}

Task<http::Response> list_sessions(Accounts& accounts, const http::Request& request) {
  http::QueryFields query(request.query());
  const auto page = http::read_page<SessionKey, Instant, SessionId>(query, newest_first);
  if (const auto error = query.error()) co_return http::refusal(*error);
  co_return http::list(
      co_await accounts.sessions(request.actor(), page, request.deadline()),
      [](JsonWriter& json, const Session& session) { wire::write(json, session); },
      [](const Session& session) {
        return http::encode_cursor(newest_first, session.created_at, session.id);
      });
}

Task<http::Response> end_session(Accounts& accounts, const http::Request& request) {
  const auto ended = co_await accounts.end_session(request.actor(), request.path_id<SessionId>(),
                                                   request.deadline());
  co_return ended ? http::no_content() : http::refusal(ended.error());
}

http::Route open(Accounts& accounts, std::string_view pattern, std::string_view operation,
                 Handler handler, RateBudget budget) {
  return {.method = Method::post,
          .pattern = pattern,
          .operation = operation,
          .access = Access::anyone(),
          .ownership = Ownership::none,
          .handler = bind(accounts, handler),
          .budget = budget};
}

}  // namespace

http::RouteTable routes(Accounts& accounts) {
  http::RouteTable table{
      open(accounts, "/api/v1/auth/register", "register", register_account, RateBudget::code),
      open(accounts, "/api/v1/auth/verify-email", "verifyEmail", verify_email, RateBudget::code),
      open(accounts, "/api/v1/auth/resend-code", "resendCode", resend_code, RateBudget::code),
      open(accounts, "/api/v1/auth/forgot-password", "forgotPassword", forgot_password,
           RateBudget::code),
      open(accounts, "/api/v1/auth/reset-password", "resetPassword", reset_password,
           RateBudget::code),
      open(accounts, "/api/v1/auth/login", "login", log_in, RateBudget::login),
      open(accounts, "/api/v1/auth/refresh", "refresh", refresh, RateBudget::general),
      own(accounts, Method::post, "/api/v1/auth/logout", "logout", log_out),
      own(accounts, Method::post, "/api/v1/auth/logout-all", "logoutAll", log_out_everywhere),
      own(accounts, Method::get, "/api/v1/auth/sessions", "listSessions", list_sessions),
      own(accounts, Method::delete_, "/api/v1/auth/sessions/{id}", "endSession", end_session),
  };
  for (auto more : {me_routes(accounts), user_routes(accounts)}) {
    std::move(more.begin(), more.end(), std::back_inserter(table));
  }
  return table;
}

}  // namespace frontdesk::accounts
