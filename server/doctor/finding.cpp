#include "doctor/finding.hpp"

#include "core/json_writer.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace frontdesk::doctor {

std::string_view name_of(Grade grade) {
  switch (grade) {
    case Grade::ok:
      return "ok";
    case Grade::warning:
      return "warning";
    case Grade::problem:
      return "problem";
  }
  return "problem";
}

bool has_problem(const Findings& findings) {
  return std::ranges::find(findings, Grade::problem, &Finding::grade) != findings.end();
}

std::string format_text(const Findings& findings) {
  std::string text;
  for (const auto& finding : findings) {
    text += fmt::format("{:8} {:14} {}\n", name_of(finding.grade), finding.check, finding.message);
    if (!finding.advice.empty()) text += fmt::format("{:23} → {}\n", "", finding.advice);
  }
  return text;
}

std::string format_json(const Findings& findings) {
  std::string text;
  JsonWriter json(text);
  json.begin_object();
  json.member("ok", !has_problem(findings));
  json.key("checks").begin_array();
  for (const auto& finding : findings) {
    json.begin_object();
    json.member("check", finding.check);
    json.member("status", name_of(finding.grade));
    json.member("message", finding.message);
    json.member("advice", finding.advice);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  text += '\n';
  return text;
}

}  // namespace frontdesk::doctor
