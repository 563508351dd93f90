# The list of common passwords (R06), read from Debian's python3-zxcvbn when the project is built, so
# that no copy of it is kept here. Debian's own interpreter: another one in PATH may lack the package.
set(common_passwords_header ${generated_dir}/accounts/common_passwords.hpp)
add_custom_command(
  OUTPUT ${common_passwords_header}
  COMMAND ${CMAKE_COMMAND} -E make_directory ${generated_dir}/accounts
  COMMAND /usr/bin/python3 ${CMAKE_SOURCE_DIR}/cmake/GenerateCommonPasswords.py ${common_passwords_header}
  DEPENDS ${CMAKE_SOURCE_DIR}/cmake/GenerateCommonPasswords.py
  VERBATIM)
add_custom_target(frontdesk_common_passwords DEPENDS ${common_passwords_header})
add_dependencies(frontdesk_accounts frontdesk_common_passwords)
