#include "outbound/twilio.hpp"

#include "core/base64.hpp"
#include "core/ensure.hpp"
#include "outbound/retry_after.hpp"
#include "outbound/twilio_errors.hpp"

#include <algorithm>
#include <array>
#include <span>

#include <boost/json/parse.hpp>
#include <boost/url/encode.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>
#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace frontdesk::outbound {
namespace {

namespace urls = boost::urls;
using Outcome = Verdict::Outcome;

constexpr std::size_t longest_answer = std::size_t{64} * 1024;
constexpr std::chrono::seconds shortest_pause{1};
constexpr std::chrono::seconds longest_pause{900};  // R71: the longest back-off

// `code` of `{"code": 21211, "message": "…"}`; 0 where there is none. The message names the number.
std::int64_t error_code_of(const HttpAnswer& answer) {
  boost::system::error_code failure;
  const auto body = boost::json::parse(answer.body, failure);
  if (failure || !body.is_object()) return 0;
  const auto* code = body.as_object().if_contains("code");
  return code != nullptr && code->is_int64() ? code->as_int64() : 0;
}

std::chrono::seconds pause_of(const HttpAnswer& answer) {
  return std::clamp(retry_after_of(answer).value_or(shortest_pause), shortest_pause, longest_pause);
}

Verdict unavailable(std::string reason) {
  return {.outcome = Outcome::unavailable, .reason = std::move(reason)};
}

std::string with_code(std::string_view text, std::int64_t code) {
  return code == 0 ? std::string(text) : fmt::format("{} ({})", text, describe_twilio_error(code));
}

}  // namespace

bool is_twilio_sid(std::string_view text, std::string_view letters) {
  constexpr std::size_t digits = 32;
  if (!text.starts_with(letters)) return false;
  text.remove_prefix(letters.size());
  return text.size() == digits && std::ranges::all_of(text, [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
         });
}

Verdict judge_twilio_answer(const HttpAnswer& answer) {
  const auto status = answer.status;
  if (status >= 200 && status < 300) return {.outcome = Outcome::accepted};
  if (status >= 500) return unavailable(fmt::format("Twilio answers {}", status));
  if (status < 400) {
    return unavailable(
        fmt::format("Twilio answers {}, which it never does: see FRONTDESK_TWILIO_URL", status));
  }
  const auto code = error_code_of(answer);
  const auto* known = find_twilio_error(code);
  if (known != nullptr && known->fault == TwilioError::Fault::recipient) {
    return {.outcome = Outcome::refused, .reason = describe_twilio_error(code)};
  }
  if (status == 429 || (known != nullptr && known->fault == TwilioError::Fault::load)) {
    return {.outcome = Outcome::refused_for_now,
            .reason = with_code("Twilio wants fewer messages at a time", code),
            .retry_after = pause_of(answer)};
  }
  if (status == 401 || status == 403) {
    return unavailable(
        with_code("Twilio refuses the login: see FRONTDESK_TWILIO_ACCOUNT_SID and "
                  "FRONTDESK_TWILIO_AUTH_TOKEN",
                  code));
  }
  if (status == 404) {
    return unavailable(with_code(
        "Twilio knows no such account: see FRONTDESK_TWILIO_ACCOUNT_SID and FRONTDESK_TWILIO_URL",
        code));
  }
  if (known != nullptr && known->fault == TwilioError::Fault::sender) {
    return unavailable(with_code("Twilio refuses the sender: see FRONTDESK_TWILIO_FROM", code));
  }
  if (status == 408 || status == 409) {
    return {.outcome = Outcome::refused_for_now,
            .reason = with_code(fmt::format("Twilio answers {}", status), code)};
  }
  return {.outcome = Outcome::refused,
          .reason = with_code(fmt::format("Twilio answers {}", status), code)};
}

std::string describe_twilio_error(std::int64_t code) {
  const auto* known = find_twilio_error(code);
  return known != nullptr ? fmt::format("Twilio error {}: {}", code, known->meaning)
                          : fmt::format("Twilio error {}", code);
}

std::string encode_form(const FormParameters& parameters) {
  std::string form;
  for (const auto& [name, value] : parameters) {
    if (!form.empty()) form.push_back('&');
    form += urls::encode(name, urls::unreserved_chars);
    form.push_back('=');
    form += urls::encode(value, urls::unreserved_chars);
  }
  return form;
}

std::string twilio_signature(std::string_view auth_token, std::string_view url,
                             FormParameters parameters) {
  std::ranges::sort(parameters);
  std::string text(url);
  for (const auto& [name, value] : parameters) text.append(name).append(value);
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  ENSURE(HMAC(EVP_sha1(), auth_token.data(), static_cast<int>(auth_token.size()),
              reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data(),
              &size) != nullptr);
  return base64_encode(std::span(digest.data(), size));
}

TwilioClient::TwilioClient(asio::io_context& context, TwilioSettings settings, std::string ca_file)
    : settings_(std::move(settings)),
      transfers_(context),
      client_(context, transfers_, std::move(ca_file)) {}

HttpRequest TwilioClient::request(std::string_view path) const {
  const auto login = fmt::format("{}:{}", settings_.account_sid, settings_.auth_token);
  return {
      .url = fmt::format("{}/2010-04-01/Accounts/{}{}", settings_.url, settings_.account_sid, path),
      .headers = {{"Authorization", "Basic " + base64_encode(login)},
                  {"Accept", "application/json"}},
      .most_bytes = longest_answer};
}

Task<Verdict> TwilioClient::perform(HttpRequest request, Deadline deadline) {
  const auto answer = co_await client_.perform(std::move(request), deadline);
  if (!answer) {
    const bool is_sent = answer.error().may_have_arrived;
    co_return Verdict{.outcome = is_sent ? Outcome::unanswered : Outcome::unavailable,
                      .reason = fmt::format("Twilio: {}", answer.error().reason),
                      .is_service_in_trouble = is_sent};
  }
  co_return judge_twilio_answer(*answer);
}

Task<Verdict> TwilioClient::send(Sms sms, Deadline deadline) {
  FormParameters form{{"To", std::move(sms.to)}};
  form.emplace_back(is_twilio_sid(settings_.from, "MG") ? "MessagingServiceSid" : "From",
                    settings_.from);
  form.emplace_back("Body", std::move(sms.text));
  if (!sms.status_callback.empty()) {
    form.emplace_back("StatusCallback", std::move(sms.status_callback));
  }
  auto wanted = request("/Messages.json");
  wanted.method = "POST";
  wanted.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
  wanted.body = encode_form(form);
  co_return co_await perform(std::move(wanted), deadline);
}

Task<Verdict> TwilioClient::check(Deadline deadline) {
  auto wanted = request(".json");
  co_return co_await perform(std::move(wanted), deadline);
}

}  // namespace frontdesk::outbound
