#pragma once

#include "core/deadline.hpp"
#include "core/task.hpp"
#include "outbound/service.hpp"
#include "outbound/smtp_server.hpp"
#include "outbound/smtp_verdict.hpp"

#include <memory>
#include <string>
#include <vector>

#include <boost/asio/ssl/context.hpp>

namespace frontdesk::outbound {

class SmtpLine;

/// Hands mails to one server (RFC 5321, 6409), over connections that stay open between them. (Not
/// by libcurl, whose SMTP blocks the thread for the answer to each message.) At
/// most 16 at a time; none while its circuit is open (R72). Lives on one thread.
class SmtpClient {
 public:
  /// What is wrong with `server` shows when it is used, but for a file of authorities that cannot
  /// be read: that throws boost::system::system_error.
  SmtpClient(asio::io_context& context, SmtpServer server, ServiceLimits limits = {});
  SmtpClient(const SmtpClient&) = delete;
  SmtpClient& operator=(const SmtpClient&) = delete;
  ~SmtpClient();

  /// Hands over one mail, as `compose` writes it. Certificates are always verified; TCP stands
  /// within 2 s (R72). Accepted means that the server has taken it: no second copy.
  Task<Verdict> send(const std::string& from, const std::string& to, const std::string& mail,
                     Deadline deadline);

  /// Connects and logs in: whether mails could leave. Does not care for the circuit.
  Task<Verdict> check(Deadline deadline);

  /// How the service is: the circuit's state, how many mails it takes at a time.
  [[nodiscard]] const Service& service() const { return service_; }

 private:
  struct Kept;
  std::unique_ptr<SmtpLine> take_kept();
  void keep(std::unique_ptr<SmtpLine> line);

  asio::io_context& context_;
  const SmtpServer server_;
  asio::ssl::context tls_;
  Service service_;
  std::vector<Kept> kept_;  ///< at rest, the one used last at the end
};

}  // namespace frontdesk::outbound
