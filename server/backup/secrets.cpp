#include "backup/secrets.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace frontdesk::backup {
namespace {

bool needs_no_quoting(std::string_view value) {
  return !value.empty() && std::ranges::all_of(value, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           std::string_view("-_.:,").find(c) != std::string_view::npos;
  });
}

}  // namespace

std::string format_secrets(const Secrets& secrets) {
  std::string text;
  for (const auto& [name, value] : secrets) text += fmt::format("{}={}\n", name, value);
  return text;
}

std::optional<Secrets> parse_secrets(std::string_view text) {
  Secrets secrets;
  for (const auto name : secret_names) {
    const auto end = text.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    auto line = text.substr(0, end);
    text.remove_prefix(end + 1);
    if (!line.starts_with(name) || line.size() <= name.size() || line[name.size()] != '=') {
      return std::nullopt;
    }
    line.remove_prefix(name.size() + 1);
    if (!needs_no_quoting(line)) return std::nullopt;
    secrets.emplace(name, line);
  }
  if (!text.empty()) return std::nullopt;
  return secrets;
}

}  // namespace frontdesk::backup
