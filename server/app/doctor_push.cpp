#include "app/doctor_push.hpp"

#include "app/push_settings.hpp"
#include "app/run_task.hpp"
#include "outbound/fcm_client.hpp"

#include <fmt/format.h>

namespace frontdesk::app {
namespace {

using doctor::Grade;

constexpr std::chrono::seconds token_limit{10};  // R72

doctor::Finding check_fcm(const Config& config) {
  asio::io_context io(1);
  outbound::FcmClient client(io, fcm_service(config));
  const auto problem = run_task(io, client.check(deadline_in(token_limit)));
  if (problem.empty()) {
    return {"app push", Grade::ok,
            fmt::format("there are access tokens for project {}", config.fcm_account->project()),
            ""};
  }
  return {"app push", Grade::problem, fmt::format("FCM takes nothing from here: {}", problem),
          "Mend FRONTDESK_FCM_CREDENTIALS, or the network; pushes wait in the outbox meanwhile."};
}

}  // namespace

doctor::Findings check_push(const Config& config) {
  doctor::Findings findings;
  if (config.fcm_account) findings.push_back(check_fcm(config));
  if (const auto key = vapid_public_key(config)) {
    findings.push_back(
        {"browser push", Grade::ok,
         fmt::format("they subscribe with {}…, for {}", key->substr(0, 12), config.vapid_subject),
         ""});
  }
  return findings;
}

}  // namespace frontdesk::app
