#include "app/doctor_sms.hpp"

#include "app/run_task.hpp"

#include <fmt/format.h>

namespace frontdesk::app {
namespace {

using doctor::Grade;
using outbound::Verdict;

constexpr std::chrono::seconds answer_limit{10};  // R72

}  // namespace

doctor::Findings check_sms(const Config& config) {
  if (!config.twilio) {
    return {{"sms", Grade::ok,
             config.has_sms() ? "shown at /dev/inbox, as fits development"
                              : "none are sent: FRONTDESK_TWILIO_ACCOUNT_SID is not set",
             ""}};
  }
  asio::io_context io(1);
  outbound::TwilioClient client(io, *config.twilio, config.outbound_ca);
  const auto verdict = run_task(io, client.check(deadline_in(answer_limit)));
  if (verdict.outcome == Verdict::Outcome::accepted) {
    return {{"sms", Grade::ok,
             fmt::format("{} takes the login, and sends from {}", config.twilio->url,
                         config.twilio->from),
             ""}};
  }
  return {{"sms", Grade::problem,
           fmt::format("no SMS leaves by {}: {}", config.twilio->url, verdict.reason),
           "Mend FRONTDESK_TWILIO_…; messages wait in the outbox meanwhile."}};
}

}  // namespace frontdesk::app
