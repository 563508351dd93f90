# frontdesk_precompiled(TARGET modules|idle_modules|tests): takes two seconds off each unit.
#
# Nearly every unit includes Asio's coroutines, Boost.JSON and the same part of the standard
# library, those of features the same headers of core and db; they are parsed once a build
# instead of 600 times. Modules and tests differ in
# optimisation, so each kind has a precompiled header of its own, made with the flags that all of
# its kind share. No source may rely on it: each includes what it uses.
set(precompiled_for_modules
    <boost/asio/awaitable.hpp> <boost/asio/co_spawn.hpp> <boost/asio/io_context.hpp>
    <boost/json/object.hpp> <boost/json/value.hpp> <fmt/format.h>
    <algorithm> <array> <chrono> <expected> <functional> <memory> <optional> <span> <string>
    <string_view> <variant> <vector>)
set(precompiled_for_idle_modules
    ${precompiled_for_modules}
    <boost/container/small_vector.hpp> <condition_variable> <deque> <filesystem> <map> <mutex> <set>
    <sstream> <thread>
    ${CMAKE_SOURCE_DIR}/server/core/error.hpp ${CMAKE_SOURCE_DIR}/server/core/json_writer.hpp
    ${CMAKE_SOURCE_DIR}/server/core/task.hpp ${CMAKE_SOURCE_DIR}/server/core/uuid.hpp
    ${CMAKE_SOURCE_DIR}/server/core/zone.hpp ${CMAKE_SOURCE_DIR}/server/db/pool.hpp)
set(precompiled_for_tests ${precompiled_for_idle_modules} <gmock/gmock.h> <gtest/gtest.h>)

function(frontdesk_precompiled target kind)
  set(owner frontdesk_precompiled_${kind})
  if(NOT TARGET ${owner})
    file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/generated/precompiled_${kind}.cpp CONTENT "")
    add_library(${owner} OBJECT ${CMAKE_BINARY_DIR}/generated/precompiled_${kind}.cpp)
    target_link_libraries(${owner} PRIVATE Boost::headers Boost::json Boost::url fmt::fmt Threads::Threads)
    # The header's time stamp is no reason to compile anything again.
    target_compile_options(${owner} PRIVATE "SHELL:-Xclang -fno-pch-timestamp")
    if(NOT kind STREQUAL "modules")
      target_compile_options(${owner} PRIVATE -O0)
      target_include_directories(${owner} PRIVATE ${CMAKE_SOURCE_DIR}/server ${CMAKE_BINARY_DIR}/generated)
      target_link_libraries(${owner} PRIVATE PostgreSQL::PostgreSQL)
    endif()
    if(kind STREQUAL "tests")
      target_link_libraries(${owner} PRIVATE GTest::gtest GTest::gmock)
    endif()
    target_precompile_headers(${owner} PRIVATE ${precompiled_for_${kind}})
  endif()
  target_compile_options(${target} PRIVATE "SHELL:-Xclang -fno-pch-timestamp")
  target_precompile_headers(${target} REUSE_FROM ${owner})
endfunction()
