#include "app/doctor_command.hpp"
namespace frontdesk::app {
int examine(Variables variables, bool as_json) {
  return variables.empty() && as_json;
}
}  // namespace frontdesk::app
