#include "app/doctor_mail.hpp"

#include "app/process.hpp"
#include "app/run_task.hpp"
#include "outbound/smtp_client.hpp"

#include <fmt/format.h>

namespace frontdesk::app {
namespace {

using doctor::Grade;
using outbound::Verdict;

constexpr std::chrono::seconds login_limit{10};  // R72

}  // namespace

doctor::Findings check_mail(const Config& config) {
  if (!config.smtp && config.development()) {
    return {{"mail", Grade::ok, "messages are shown at /dev/inbox, as fits development", ""}};
  }
  if (!config.smtp) {
    return {{"mail", Grade::problem,
             "no sender is configured: codes never arrive, so nobody can register",
             "Set FRONTDESK_SMTP_URL and FRONTDESK_MAIL_FROM: docs/runbooks/configuration.md."}};
  }
  const auto name = fmt::format("{}:{}", config.smtp->host, config.smtp->port);
  asio::io_context io(1);
  outbound::SmtpClient client(io, smtp_server(config));
  const auto verdict = run_task(io, client.check(deadline_in(login_limit)));
  if (verdict.outcome == Verdict::Outcome::accepted) {
    return {
        {"mail", Grade::ok,
         fmt::format("{} answers{}", name, config.smtp->user.empty() ? "" : " and takes the login"),
         ""}};
  }
  return {{"mail", Grade::problem,
           fmt::format("{} takes no mail from here: {}", name, verdict.reason),
           "Mend FRONTDESK_SMTP_URL, or the server; messages wait in the outbox meanwhile."}};
}

}  // namespace frontdesk::app
