#include "notifications/built_in_templates.hpp"

#include "notifications/built_in_templates_data.hpp"

#include <algorithm>

namespace frontdesk::notifications {

std::string_view built_in_template(std::string_view language, std::string_view name) {
  const auto found = std::ranges::find_if(built_in_templates_data, [&](const auto& file) {
    return file.language == language && file.name == name;
  });
  return found == built_in_templates_data.end() ? std::string_view() : found->text;
}

}  // namespace frontdesk::notifications
