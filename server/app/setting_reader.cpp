#include "app/setting_reader.hpp"

#include <algorithm>
#include <array>

namespace frontdesk::app {
namespace {

// Names that the design reserves for what this version cannot do yet. Taking them silently would
// let an operator believe that mail leaves.
constexpr std::array reserved_prefixes{std::string_view{"FRONTDESK_DATABASE_READ_URL"},
                                       std::string_view{"FRONTDESK_REDIS_URL"}};

bool is_reserved(std::string_view name) {
  return std::ranges::any_of(reserved_prefixes,
                             [&](std::string_view start) { return name.starts_with(start); });
}

}  // namespace

std::optional<std::string> SettingReader::take(std::string_view name) {
  const auto found = left_.find(name);
  if (found == left_.end()) return std::nullopt;
  std::string text = std::move(found->second);
  left_.erase(found);
  return text;
}

void SettingReader::add_problem(std::string sentence) {
  problems_.push_back(std::move(sentence));
}

void SettingReader::refuse_the_rest() {
  for (const auto& [name, text] : left_) {
    add_problem(is_reserved(name)
                    ? fmt::format("{} is not supported by this version: unset it.", name)
                    : fmt::format("{} is not a setting of Frontdesk: check the spelling.", name));
  }
}

}  // namespace frontdesk::app
