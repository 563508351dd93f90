#include "notifications/verdict_delivery.hpp"

#include <utility>

namespace frontdesk::notifications {
namespace {

queue::Delivery::Outcome outcome_of(outbound::Verdict::Outcome outcome) {
  using In = outbound::Verdict::Outcome;
  using Out = queue::Delivery::Outcome;
  switch (outcome) {
    case In::accepted:
      return Out::delivered;
    case In::gone:
    case In::refused:
      return Out::never;
    case In::refused_for_now:
      return Out::try_later;
    case In::unavailable:
      return Out::channel_down;
    case In::unanswered:
      return Out::unanswered;
  }
  return Out::channel_down;
}

}  // namespace

queue::Delivery delivery_of(outbound::Verdict verdict) {
  return {outcome_of(verdict.outcome), std::move(verdict.reason),
          verdict.retry_after.value_or(std::chrono::seconds{0}), verdict.is_service_in_trouble};
}

}  // namespace frontdesk::notifications
