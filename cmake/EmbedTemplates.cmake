# Puts server/notifications/templates/LANGUAGE/NAME.txt into the binary:
# generated/notifications/built_in_templates_data.hpp with language, name and text of each. Included,
# it defines frontdesk_embed_templates(TARGET); run as a script, it writes the header.
if(NOT CMAKE_SCRIPT_MODE_FILE)
  function(frontdesk_embed_templates target)
    file(GLOB templates CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/server/notifications/templates/*/*.txt)
    set(header ${CMAKE_BINARY_DIR}/generated/notifications/built_in_templates_data.hpp)
    add_custom_command(
      OUTPUT ${header}
      COMMAND ${CMAKE_COMMAND} -DOUTPUT=${header} "-DFILES=${templates}" -P
              ${CMAKE_SOURCE_DIR}/cmake/EmbedTemplates.cmake
      DEPENDS ${templates} ${CMAKE_SOURCE_DIR}/cmake/EmbedTemplates.cmake
      VERBATIM)
    add_custom_target(${target}_templates DEPENDS ${header})
    add_dependencies(${target} ${target}_templates)
  endfunction()
  return()
endif()

set(body "")
foreach(file IN LISTS FILES)
  get_filename_component(name ${file} NAME_WLE)
  get_filename_component(folder ${file} DIRECTORY)
  get_filename_component(language ${folder} NAME)
  file(READ ${file} text)
  string(FIND "${text}" ")text\"" closing)
  if(NOT closing EQUAL -1)
    message(FATAL_ERROR "${file}: the text would end its C++ literal")
  endif()
  string(APPEND body "    BuiltInTemplate{\"${language}\", \"${name}\", R\"text(${text})text\"},\n")
endforeach()
file(WRITE ${OUTPUT}.new
"// Generated from server/notifications/templates by cmake/EmbedTemplates.cmake.
#pragma once
#include <array>
#include <string_view>

namespace frontdesk::notifications {
struct BuiltInTemplate {
  std::string_view language;
  std::string_view name;
  std::string_view text;
};
inline constexpr std::array built_in_templates_data{
${body}};
}  // namespace frontdesk::notifications
")
file(COPY_FILE ${OUTPUT}.new ${OUTPUT} ONLY_IF_DIFFERENT)
file(TOUCH ${OUTPUT})
