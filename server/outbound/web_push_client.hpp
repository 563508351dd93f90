#pragma once

#include "outbound/http_client.hpp"
#include "outbound/vapid.hpp"
#include "outbound/verdict.hpp"

#include <atomic>
#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace frontdesk::outbound {

/// A push as its service gets it (RFC 8030): what it says is encrypted already.
struct WebPushRequest {
  std::string url;     ///< of the subscription; its host is one that may be called
  std::string origin;  ///< of that URL
  /// The address in the URL is one that the operator has named; otherwise the name must lead to a
  /// public address (R34).
  bool is_listed_address = false;
  std::string body;   ///< content coding aes128gcm
  std::string topic;  ///< of messages with one topic the service keeps the last; 1 to 32 base64url
  bool is_urgent = false;  ///< wakes a device that saves power
  std::chrono::seconds ttl{0};
};

/// Hands pushes to the services of browsers. Each host has a circuit and at most 16 calls of its
/// own (R72), so that a slow or broken one holds up nobody else's messages. A call takes 5 s at
/// most and follows no redirect (R34). Lives on one thread, but for state().
class WebPushClient {
 public:
  /// `ca_file`: authorities beside the system's, may be empty.
  WebPushClient(asio::io_context& context, std::string ca_file, Vapid vapid);

  /// Never `unavailable`: what is wrong with one service says nothing of the others.
  Task<Verdict> send(WebPushRequest request, Deadline deadline);

  /// For any thread, and longer than the client: the worst circuit of all hosts, as of the last
  /// call.
  [[nodiscard]] std::shared_ptr<const std::atomic<Circuit::State>> state() const { return state_; }

 private:
  struct Host {
    std::shared_ptr<HttpClient> client;
    std::chrono::steady_clock::time_point used = {};
    std::chrono::steady_clock::time_point quiet_until = {};  ///< the service asked for it
  };
  Host& host_of(const WebPushRequest& request);
  void note_state();

  asio::io_context& context_;
  const std::string ca_file_;
  Vapid vapid_;
  Transfers public_transfers_;
  Transfers listed_transfers_;
  std::map<std::string, Host, std::less<>> hosts_;
  std::shared_ptr<std::atomic<Circuit::State>> state_ =
      std::make_shared<std::atomic<Circuit::State>>(Circuit::State::closed);
};

}  // namespace frontdesk::outbound
