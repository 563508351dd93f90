#pragma once

#include "outbound/http_client.hpp"
#include "outbound/verdict.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace frontdesk::outbound {

/// Whose account at Twilio sends the SMS (https://www.twilio.com/docs/messaging/api).
struct TwilioSettings {
  std::string account_sid;  ///< `AC` and 32 hexadecimal digits
  std::string auth_token;
  std::string from;                            ///< E.164, or a messaging service: `MG` and 32 hex
  std::string url = "https://api.twilio.com";  ///< origin
};

/// `AC…` or `MG…`: two letters and 32 hexadecimal digits.
bool is_twilio_sid(std::string_view text, std::string_view letters);

/// One SMS. The number and the text are never part of a reason or a log.
struct Sms {
  std::string to;    ///< E.164
  std::string text;  ///< at most 1,600 characters
  /// Where Twilio says what became of it; empty: nowhere. Public, as it is to be called.
  std::string status_callback = {};
};

/// What an answer to POST Messages.json means; `retry_after` is how long to leave Twilio alone.
Verdict judge_twilio_answer(const HttpAnswer& answer);

/// `Twilio error 30003: the phone cannot be reached`
/// (https://www.twilio.com/docs/api/errors; of those that are not known just the number).
std::string describe_twilio_error(std::int64_t code);

/// Parameters of a form, decoded.
using FormParameters = std::vector<std::pair<std::string, std::string>>;

/// application/x-www-form-urlencoded with %20 for a space.
std::string encode_form(const FormParameters& parameters);

/// What `X-Twilio-Signature` must be for a form that Twilio posts to `url`: HMAC-SHA1 under the
/// auth token of the URL and all parameters, sorted by name, in base64
/// (https://www.twilio.com/docs/usage/security).
std::string twilio_signature(std::string_view auth_token, std::string_view url,
                             FormParameters parameters);

/// Sends SMS by Twilio. Lives on one thread.
class TwilioClient {
 public:
  /// `ca_file`: authorities beside the system's, may be empty.
  TwilioClient(asio::io_context& context, TwilioSettings settings, std::string ca_file);

  /// Never throws for an SMS that was not sent.
  Task<Verdict> send(Sms sms, Deadline deadline);

  /// Reads the account, and sends nothing: `accepted` where Twilio takes the login.
  Task<Verdict> check(Deadline deadline);

  [[nodiscard]] const Service& service() const { return client_.service(); }

 private:
  [[nodiscard]] HttpRequest request(std::string_view path) const;
  Task<Verdict> perform(HttpRequest request, Deadline deadline);

  const TwilioSettings settings_;
  Transfers transfers_;
  HttpClient client_;
};

}  // namespace frontdesk::outbound
