#pragma once

#include <string_view>

namespace frontdesk::notifications {

/// The text of templates/LANGUAGE/NAME.txt as it was when the program was built; `name` is an event
/// or `footer`. Empty if there is none.
std::string_view built_in_template(std::string_view language, std::string_view name);

}  // namespace frontdesk::notifications
