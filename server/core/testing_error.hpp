#pragma once

#include "core/error.hpp"

#include <optional>
#include <string>
#include <vector>

/// Refusals as tests compare them.
namespace frontdesk::testing {

/// `field:code` of each error, in order; nothing where there is no refusal.
inline std::vector<std::string> problems(const std::optional<Error>& error) {
  std::vector<std::string> list;
  if (!error) return list;
  for (const FieldError& field : error->fields) list.push_back(field.field + ":" + field.code);
  return list;
}
template <class T>
std::vector<std::string> problems(const Result<T>& result) {
  return problems(result ? std::nullopt : std::optional(result.error()));
}

}  // namespace frontdesk::testing
