#include "accounts/me_wire.hpp"
#include "accounts/own_routes.hpp"
#include "accounts/wire.hpp"
#include "http/if_match.hpp"

namespace frontdesk::accounts {
namespace {

using http::Method;
using http::RateBudget;

http::Response answer_with(const Result<Account>& account) {
  if (!account) return http::refusal(account.error());
  return http::ok([&](JsonWriter& json) { wire::write(json, *account); });
}

Task<http::Response> get_me(Accounts& accounts, const http::Request& request) {
  co_return answer_with(co_await accounts.me(request.actor(), request.deadline()));
}

Task<http::Response> update_me(Accounts& accounts, const http::Request& request) {
  const auto version = http::read_if_match(request.header("if-match"));
  if (!version) co_return http::refusal(version.error());
  const auto change = wire::read_account_change(request.json());
  if (!change) co_return http::refusal(change.error());
  co_return answer_with(
      co_await accounts.update_me(request.actor(), *change, *version, request.deadline()));
}

Task<http::Response> change_password(Accounts& accounts, const http::Request& request) {
  const auto change = wire::read_password_change(request.json());
  if (!change) co_return http::refusal(change.error());
  const auto changed =
      co_await accounts.change_password(request.actor(), *change, request.deadline());
  co_return changed ? http::no_content() : http::refusal(changed.error());
}

Task<http::Response> change_email(Accounts& accounts, const http::Request& request) {
  const auto change = wire::read_email_change(request.json());
  if (!change) co_return http::refusal(change.error());
  const auto sent = co_await accounts.change_email(request.actor(), *change, request.deadline());
  if (!sent) co_return http::refusal(sent.error());
  co_return http::accepted([&](JsonWriter& json) { wire::write(json, *sent); });
}

Task<http::Response> verify_email_change(Accounts& accounts, const http::Request& request) {
  const auto code = wire::read_sent_code(request.json());
  if (!code) co_return http::refusal(code.error());
  co_return answer_with(
      co_await accounts.verify_email_change(request.actor(), *code, request.deadline()));
}

Task<http::Response> send_phone_code(Accounts& accounts, const http::Request& request) {
  const auto sent = co_await accounts.send_phone_code(request.actor(), request.deadline());
  if (!sent) co_return http::refusal(sent.error());
  co_return http::accepted([&](JsonWriter& json) { wire::write(json, *sent); });
}

Task<http::Response> verify_phone(Accounts& accounts, const http::Request& request) {
  const auto code = wire::read_sent_code(request.json());
  if (!code) co_return http::refusal(code.error());
  co_return answer_with(co_await accounts.verify_phone(request.actor(), *code, request.deadline()));
}

}  // namespace

http::RouteTable me_routes(Accounts& accounts) {
  return {
      own(accounts, Method::get, "/api/v1/users/me", "getMe", get_me),
      own(accounts, Method::patch, "/api/v1/users/me", "updateMe", update_me),
      own(accounts, Method::post, "/api/v1/users/me/password", "changePassword", change_password,
          RateBudget::login),
      own(accounts, Method::post, "/api/v1/users/me/email", "changeEmail", change_email,
          RateBudget::login),
      own(accounts, Method::post, "/api/v1/users/me/email/verify", "verifyEmailChange",
          verify_email_change, RateBudget::code),
      own(accounts, Method::post, "/api/v1/users/me/phone/code", "sendPhoneCode", send_phone_code,
          RateBudget::code),
      own(accounts, Method::post, "/api/v1/users/me/phone/verify", "verifyPhone", verify_phone,
          RateBudget::code),
  };
}

}  // namespace frontdesk::accounts
