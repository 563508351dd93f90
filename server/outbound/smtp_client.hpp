#pragma once

#include "core/deadline.hpp"
#include "core/task.hpp"
#include "outbound/service.hpp"
#include "outbound/smtp_server.hpp"
#include "outbound/smtp_verdict.hpp"
#include "outbound/transfers.hpp"

#include <string>

namespace frontdesk::outbound {

/// Hands mails to one server (RFC 5321, 6409), over connections that stay open between them. At
/// most 16 at a time; none while its circuit is open (R72). Lives on one thread.
class SmtpClient {
 public:
  /// `transfers` must outlive it. Refuses nothing: what is wrong with `server` shows when it is
  /// used.
  SmtpClient(asio::io_context& context, Transfers& transfers, SmtpServer server,
             ServiceLimits limits = {});

  /// Hands over one mail, as `compose` writes it. Certificates are always verified; TCP stands
  /// within 2 s (R72). Accepted means that the server has taken it: no second copy.
  Task<SmtpVerdict> send(const std::string& from, const std::string& to, const std::string& mail,
                         Deadline deadline);

  /// Connects, logs in and says NOOP: whether mails could leave. Does not care for the circuit.
  Task<SmtpVerdict> check(Deadline deadline);

  /// How the service is: the circuit's state, how many mails it takes at a time.
  [[nodiscard]] const Service& service() const { return service_; }

 private:
  Transfers& transfers_;
  const SmtpServer server_;
  std::string url_;
  Service service_;
};

}  // namespace frontdesk::outbound
