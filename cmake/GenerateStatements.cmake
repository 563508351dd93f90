# Writes OUTPUT from MODULE/FOLDER/*.sql (see Module.cmake).
set(body "")
set(names "")
foreach(file IN LISTS FILES)
  get_filename_component(stem ${file} NAME_WE)
  file(READ ${file} text)
  string(APPEND body "inline constexpr db::Statement ${stem}{\"${stem}\", R\"sql(${text})sql\"};\n")
  list(APPEND names "&${stem}")
endforeach()
string(REPLACE ";" ", " names "${names}")
file(WRITE ${OUTPUT}.new
"// Generated from server/${MODULE}/${FOLDER}/*.sql.
#pragma once
#include <array>
#include \"db/statement.hpp\"

namespace frontdesk::${MODULE}::${FOLDER} {
${body}
/// Every statement of the module, for the test that prepares them all.
inline constexpr std::array all{${names}};
}  // namespace frontdesk::${MODULE}::${FOLDER}
")
file(COPY_FILE ${OUTPUT}.new ${OUTPUT} ONLY_IF_DIFFERENT)
file(TOUCH ${OUTPUT})
