#pragma once

#include "outbound/access_token.hpp"
#include "outbound/verdict.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace frontdesk::outbound {

/// Where FCM is, and who we are there.
struct FcmService {
  ServiceAccount account;
  std::string url = "https://fcm.googleapis.com";  ///< an origin
  std::string token_url;                           ///< of Google's OAuth server
  std::string ca_file = {};                        ///< authorities beside the system's
};

/// Hands messages to Firebase Cloud Messaging (HTTP v1). At most 16 at a time, none while its
/// circuit is open (R72). Lives on one thread.
class FcmClient {
 public:
  FcmClient(asio::io_context& context, FcmService service);

  /// `message` is a JSON object `{"message": …}`. A token that has been refused is fetched anew
  /// once. After three answers of 429 in a row nothing is sent until the time that the last one
  /// asked for has passed.
  Task<Verdict> send(std::string message, Deadline deadline);

  /// Whether there is an access token to be had; an empty text, or why not. Sends nothing.
  Task<std::string> check(Deadline deadline);

  /// How many messages it takes at a time just now.
  [[nodiscard]] std::size_t capacity() const;
  [[nodiscard]] const Service& service() const { return client_.service(); }

 private:
  Task<std::expected<HttpAnswer, HttpFailure>> post(const std::string& message,
                                                    const std::string& token, Deadline deadline);
  void note(const Verdict& verdict, unsigned status);

  Transfers transfers_;
  HttpClient client_;
  AccessToken token_;
  const std::string url_;
  std::chrono::steady_clock::time_point quiet_until_ = {};
  int refusals_in_a_row_ = 0;
};

/// What an answer of FCM's means. `UNREGISTERED` (404): the device is gone. `INVALID_ARGUMENT`:
/// never. 429, and what is wrong between Google and a phone maker's service: later. 5xx, and
/// whatever says that we may not send at all: the service is unavailable, so that no message is
/// lost for want of configuration.
Verdict judge_fcm(const HttpAnswer& answer);

}  // namespace frontdesk::outbound
