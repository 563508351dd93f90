#include "observe/health.hpp"

#include <algorithm>
#include <exception>

namespace frontdesk::observe {
namespace {

Task<std::string> outcome_of(const Readiness::Check& check, Deadline deadline) {
  try {
    const auto problem = co_await check(deadline);
    co_return problem.value_or("ok");
  } catch (const std::exception&) {
    co_return "failed";
  }
}

}  // namespace

void Readiness::add(std::string name, Check check) {
  checks_.emplace_back(std::move(name), std::move(check));
}

Task<Readiness::Report> Readiness::report(Deadline deadline) {
  const auto now = std::chrono::steady_clock::now();
  if (!last_time_ || now - *last_time_ >= reuse_time) {
    std::vector<std::pair<std::string, std::string>> outcomes;
    for (const auto& [name, check] : checks_) {
      outcomes.emplace_back(name, co_await outcome_of(check, deadline));
    }
    last_ = std::move(outcomes);
    last_time_ = std::chrono::steady_clock::now();
  }
  Report report;
  report.checks = last_;
  if (draining_.begun()) report.checks.emplace_back("draining", "draining");
  report.ready =
      std::ranges::all_of(report.checks, [](const auto& check) { return check.second == "ok"; });
  co_return report;
}

}  // namespace frontdesk::observe
