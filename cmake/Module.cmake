# frontdesk_module(NAME LINKS …): the library of server/NAME, with its statements and its tests.
#
# - server/NAME/*.cpp               → frontdesk_NAME
# - server/NAME/sql/*.sql           → generated header NAME/statements.hpp, one constant a file
# - server/NAME/scripts/*.sql       → generated header NAME/scripts.hpp, likewise
# - server/NAME/*_test.cpp          → NAME_test   (no database)
# - server/NAME/*_pgtest.cpp        → NAME_pgtest (a private PostgreSQL cluster of its own)
set(generated_dir ${CMAKE_BINARY_DIR}/generated)

include(cmake/Precompiled.cmake)

# Where the time of a request goes. Other modules wait for databases and other servers: with
# sanitizers they are compiled without optimisation, which takes a third off their part of a build.
set(frontdesk_busy_modules core observe db http availability)

function(frontdesk_module name)
  cmake_parse_arguments(module "" "" "LINKS" ${ARGN})
  set(folder ${CMAKE_SOURCE_DIR}/server/${name})
  set(target frontdesk_${name})
  file(GLOB sources CONFIGURE_DEPENDS ${folder}/*.cpp)
  set(tests ${sources})
  list(FILTER sources EXCLUDE REGEX "_(test|pgtest)\\.cpp$")
  set(pgtests ${tests})
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")
  list(FILTER pgtests INCLUDE REGEX "_pgtest\\.cpp$")

  if(sources)
    add_library(${target} STATIC ${sources})
    set(scope PUBLIC)
  else()
    add_library(${target} INTERFACE)
    set(scope INTERFACE)
  endif()
  target_include_directories(${target} ${scope} ${CMAKE_SOURCE_DIR}/server ${generated_dir})
  target_link_libraries(${target} ${scope} ${module_LINKS} Threads::Threads)

  if(sources AND CMAKE_BUILD_TYPE STREQUAL "Debug" AND NOT name IN_LIST frontdesk_busy_modules)
    target_compile_options(${target} PRIVATE -O0)
    frontdesk_precompiled(${target} idle_modules)
  elseif(sources)
    frontdesk_precompiled(${target} modules)
  endif()
  frontdesk_embed_sql(${name} ${target} sql statements)
  frontdesk_embed_sql(${name} ${target} scripts scripts)

  if(tests AND NOT FRONTDESK_FUZZ)
    add_executable(${name}_test ${tests})
    target_compile_options(${name}_test PRIVATE -O0)  # halves the time that a test takes to compile
    target_link_libraries(${name}_test PRIVATE ${target} GTest::gtest_main GTest::gmock rapidcheck)
    frontdesk_precompiled(${name}_test tests)
    add_test(NAME ${name}_test COMMAND ${name}_test)
  endif()
  if(pgtests AND NOT FRONTDESK_FUZZ)
    add_executable(${name}_pgtest ${pgtests})
    target_compile_options(${name}_pgtest PRIVATE -O0)
    target_link_libraries(${name}_pgtest PRIVATE ${target} frontdesk_test_support)
    frontdesk_precompiled(${name}_pgtest tests)
    add_test(NAME ${name}_pgtest COMMAND ${name}_pgtest)
  endif()
endfunction()

# FOLDER/*.sql as the constants of HEADER.hpp, in namespace frontdesk::NAME::FOLDER. In sql/, one
# statement a file: its stem is the C++ constant, the prepared statement's name, the metric label
# and the log field. In scripts/, whole scripts for the simple protocol.
function(frontdesk_embed_sql name target folder header_name)
  file(GLOB files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/server/${name}/${folder}/*.sql)
  if(NOT files)
    return()
  endif()
  set(header ${generated_dir}/${name}/${header_name}.hpp)
  add_custom_command(
    OUTPUT ${header}
    COMMAND ${CMAKE_COMMAND} -DMODULE=${name} -DFOLDER=${folder} -DOUTPUT=${header}
            "-DFILES=${files}" -P ${CMAKE_SOURCE_DIR}/cmake/GenerateStatements.cmake
    DEPENDS ${files} ${CMAKE_SOURCE_DIR}/cmake/GenerateStatements.cmake
    VERBATIM)
  add_custom_target(${target}_${header_name} DEPENDS ${header})
  add_dependencies(${target} ${target}_${header_name})
endfunction()

# What every _pgtest links: a private cluster, migrated, and a way to run a coroutine.
file(GLOB support_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/support/*.cpp)
if(support_sources)
  add_library(frontdesk_test_support STATIC ${support_sources})
  target_include_directories(frontdesk_test_support PUBLIC ${CMAKE_SOURCE_DIR}/tests)
  target_link_libraries(frontdesk_test_support PUBLIC frontdesk_db GTest::gtest GTest::gmock rapidcheck)
endif()
