# Puts migrations/*.sql into the binary: generated/db/embedded_migrations_data.hpp with version, name,
# SHA-256 and text of each. Included, it defines frontdesk_embed_migrations(TARGET); run as a script,
# it writes the header.
if(NOT CMAKE_SCRIPT_MODE_FILE)
  function(frontdesk_embed_migrations target)
    file(GLOB migrations CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/migrations/*.sql)
    set(header ${CMAKE_BINARY_DIR}/generated/db/embedded_migrations_data.hpp)
    add_custom_command(
      OUTPUT ${header}
      COMMAND ${CMAKE_COMMAND} -DOUTPUT=${header} "-DFILES=${migrations}" -P
              ${CMAKE_SOURCE_DIR}/cmake/EmbedMigrations.cmake
      DEPENDS ${migrations} ${CMAKE_SOURCE_DIR}/cmake/EmbedMigrations.cmake
      VERBATIM)
    add_custom_target(${target}_migrations DEPENDS ${header})
    add_dependencies(${target} ${target}_migrations)
  endfunction()
  return()
endif()

set(body "")
set(expected 1)
list(SORT FILES)
foreach(file IN LISTS FILES)
  get_filename_component(name ${file} NAME_WE)
  if(NOT name MATCHES "^([0-9][0-9][0-9][0-9])_[a-z0-9_]+$")
    message(FATAL_ERROR "${file}: a migration is called 0001_what_it_does.sql")
  endif()
  string(REGEX REPLACE "^0+" "" version ${CMAKE_MATCH_1})
  if(NOT version EQUAL expected)
    message(FATAL_ERROR "${file}: migration ${expected} is missing")
  endif()
  math(EXPR expected "${expected} + 1")
  file(SHA256 ${file} checksum)
  file(READ ${file} text)
  string(APPEND body "    Migration{${version}, \"${name}\",\n        \"${checksum}\", R\"sql(${text})sql\"},\n")
endforeach()
file(WRITE ${OUTPUT}.new
"// Generated from migrations/*.sql by cmake/EmbedMigrations.cmake.
#pragma once
#include <array>
#include \"db/migrator.hpp\"

namespace frontdesk::db {
inline constexpr std::array embedded_migrations_data{
${body}};
}  // namespace frontdesk::db
")
file(COPY_FILE ${OUTPUT}.new ${OUTPUT} ONLY_IF_DIFFERENT)
file(TOUCH ${OUTPUT})
