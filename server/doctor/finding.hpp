#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace frontdesk::doctor {

enum class Grade { ok, warning, problem };

/// What one look found: `check` is a stable name, `message` what is so, `advice` what to do about
/// it (empty where all is well). None holds a secret.
struct Finding {
  std::string check;
  Grade grade;
  std::string message;
  std::string advice;
};

using Findings = std::vector<Finding>;

std::string_view name_of(Grade grade);  ///< `ok`, `warning`, `problem`
bool has_problem(const Findings& findings);

/// Lines for a person.
std::string format_text(const Findings& findings);
/// `{"ok": …, "checks": [{"check", "status", "message", "advice"}]}`, on one line.
std::string format_json(const Findings& findings);

}  // namespace frontdesk::doctor
