#pragma once

#include "core/deadline.hpp"
#include "core/error.hpp"
#include "core/task.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

/// The seam between the connection (framing, limits, time-outs: connection.cpp) and the pipeline
/// (routing, authentication, budgets, envelope: pipeline.cpp). Neither knows how the other works.
namespace frontdesk::http {

/// The head of a request whose framing has been validated (R40).
struct RequestHead {
  std::string method;  ///< token as sent; may be one that we do not know
  std::string target;  ///< origin form, undecoded, at most 4 KB
  std::vector<std::pair<std::string, std::string>> fields;  ///< names in lower case, values trimmed
  std::string peer_address;  ///< the socket's peer, before trusted proxies are looked at
  std::chrono::steady_clock::time_point received_at;

  /// First value of a field, `name` in lower case; empty where it is absent.
  [[nodiscard]] std::string_view field(std::string_view name) const;
};

/// What the connection writes: a complete header block and a body.
struct Outgoing {
  unsigned status = 200;
  std::string header_block =
      {};  ///< status line excluded, each line ended by CRLF; without Connection,
           ///< Date and Content-Length, which the connection adds
  std::string body = {};
  std::shared_ptr<const std::string> shared_body =
      {};                  ///< in place of body: cached and embedded files
  bool close = false;      ///< the pipeline wants the connection ended after this answer
  bool head_only = false;  ///< HEAD or 304: Content-Length as for the body, no body sent
};

/// State that the pipeline keeps between admitting a request and answering it.
class Admission {
 public:
  virtual ~Admission() = default;
};

/// A request that may go on: read at most this much body, then call answer.
struct Admitted {
  std::unique_ptr<Admission> state;
  std::size_t body_limit_bytes;
  bool cancel_when_client_leaves;  ///< reads only: a write goes on to its end
};

class Application {
 public:
  virtual ~Application() = default;

  /// Decides on the head alone, before a byte of the body is read: route, method, token, budget,
  /// media type, Content-Length against the limit (R20, R30). Takes `head` over.
  virtual Task<std::variant<Admitted, Outgoing>> admit(RequestHead head) = 0;

  /// Runs the handler. Never throws: faults have become answers, logged once.
  virtual Task<Outgoing> answer(std::unique_ptr<Admission> state, std::string body) = 0;

  /// The envelope for a request that never became one (bad framing, a limit, a time-out), with
  /// every header that any answer carries (R35). Writes its access line.
  virtual Outgoing reject(const Error& error, std::string_view peer_address) = 0;
};

}  // namespace frontdesk::http
