# One interface target every target of ours links: language, warnings, sanitizers, hardening.
set(CMAKE_CXX_FLAGS_DEV "-O1 -g1" CACHE STRING "" FORCE)
set(CMAKE_C_FLAGS_DEV "-O1 -g1" CACHE STRING "" FORCE)
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG" CACHE STRING "" FORCE)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
find_program(CCACHE ccache)
if(CCACHE)
  # Without the first word ccache keeps nothing that was made with a precompiled header; by the other
  # two a checkout in another folder finds what this one compiled.
  set(launcher ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros
    CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${CCACHE})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${launcher})
  set(CMAKE_C_COMPILER_LAUNCHER ${launcher})
endif()

# Some sixty programs are linked in a build: where it is installed, by the quicker linker.
find_program(LLD ld.lld)
if(LLD)
  add_link_options(-fuse-ld=lld)
endif()

# A file of ours is short and what it includes is long: six of a target are compiled as one, which halves
# the compiler's work. -DDOSSIER_UNITY=OFF compiles each alone, and proves that it includes what it uses.
option(DOSSIER_UNITY "Compile several files of a target as one" ON)
if(DOSSIER_UNITY)
  set(CMAKE_UNITY_BUILD ON)
  set(CMAKE_UNITY_BUILD_BATCH_SIZE 6)
endif()

# Defects planted on purpose for the simulator to find (common/base/plant.hpp).
option(DOSSIER_PLANT "Plant defects on purpose: for tests/sim/plants only" OFF)
if(DOSSIER_PLANT AND CMAKE_BUILD_TYPE STREQUAL "Release")
  message(FATAL_ERROR "DOSSIER_PLANT is refused in a release")
endif()

add_library(dossier_options INTERFACE)
target_compile_features(dossier_options INTERFACE cxx_std_20)
target_include_directories(dossier_options INTERFACE ${CMAKE_SOURCE_DIR} ${CMAKE_BINARY_DIR}/generated)
target_compile_options(dossier_options INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wold-style-cast -Woverloaded-virtual
  -Wnon-virtual-dtor -Wimplicit-fallthrough -fstack-protector-strong
  -Wno-missing-field-initializers # a field left out of a designated initialiser has its declared default
  $<$<BOOL:${DOSSIER_WERROR}>:-Werror>
  $<$<BOOL:${DOSSIER_UNITY}>:-Wno-subobject-linkage> # a file compiled with others counts as a header
  # Where much is inlined into one place g++ 12 sees strings overflow that do not.
  "$<$<AND:$<CONFIG:Release>,$<CXX_COMPILER_ID:GNU>>:-Wno-array-bounds;-Wno-stringop-overread;-Wno-stringop-overflow>"
  $<$<CONFIG:Release>:-D_FORTIFY_SOURCE=2>)
target_compile_definitions(dossier_options INTERFACE
  _GLIBCXX_ASSERTIONS ASIO_STANDALONE ASIO_SEPARATE_COMPILATION ASIO_NO_DEPRECATED
  $<$<CXX_COMPILER_ID:Clang>:ASIO_HAS_CO_AWAIT=1> $<$<CXX_COMPILER_ID:Clang>:ASIO_HAS_STD_COROUTINE=1>)
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  target_compile_options(dossier_options INTERFACE -Wthread-safety)
endif()
if(DOSSIER_SANITIZE)
  target_compile_options(dossier_options INTERFACE -fsanitize=${DOSSIER_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(dossier_options INTERFACE -fsanitize=${DOSSIER_SANITIZE})
  if(DOSSIER_SANITIZE STREQUAL thread)
    target_compile_options(dossier_options INTERFACE -Wno-tsan)  # Asio's fences, which it does not need
  endif()
endif()
if(DOSSIER_FUZZ)
  target_compile_options(dossier_options INTERFACE -fsanitize=fuzzer-no-link)
endif()
set(CMAKE_CXX_EXTENSIONS OFF)

# The one main of every test executable, with doctest itself.
add_library(doctest_main STATIC EXCLUDE_FROM_ALL ${CMAKE_SOURCE_DIR}/tests/support/doctest_main.cpp)
target_link_libraries(doctest_main PRIVATE dossier_options)

# What nearly every file reads of the standard library, read once for all of them: a third of the
# compiler's time. Files include what they use all the same; -DDOSSIER_PRECOMPILE=OFF proves it.
option(DOSSIER_PRECOMPILE "Precompile the standard library's headers" ON)
set(standard_headers <algorithm> <array> <chrono> <cstdint> <filesystem> <functional> <map> <memory> <optional> <span>
  <sstream> <string> <string_view> <unordered_map> <unordered_set> <utility> <variant> <vector> <tl/expected.hpp>)
if(DOSSIER_PRECOMPILE)
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/precompiled.cpp CONTENT "\n")
  add_library(precompiled_library STATIC EXCLUDE_FROM_ALL ${CMAKE_BINARY_DIR}/precompiled.cpp)
  target_precompile_headers(precompiled_library PRIVATE ${standard_headers})
  add_executable(precompiled_test EXCLUDE_FROM_ALL ${CMAKE_BINARY_DIR}/precompiled.cpp)
  target_precompile_headers(precompiled_test PRIVATE ${standard_headers} <doctest/doctest.h>)
  foreach(target precompiled_library precompiled_test)
    target_link_libraries(${target} PRIVATE dossier_options)
  endforeach()
  target_link_libraries(precompiled_test PRIVATE doctest_main)
endif()

# The parts whose lines are counted for tests/coverage: unoptimised, for a line moved is a line lost.
option(DOSSIER_COVERAGE "Count the lines that run" OFF)
set(measured merge access protocol vault client_engine client_connection server_session server_listener)

# dossier_library(NAME SOURCES… [LINK targets…]): a static library of one folder, linked as dossier::NAME.
function(dossier_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK" ${ARGN})
  add_library(dossier_${name} STATIC ${ARG_SOURCES})
  target_link_libraries(dossier_${name} PUBLIC dossier_options ${ARG_LINK})
  if(DOSSIER_COVERAGE AND name IN_LIST measured)
    target_compile_options(dossier_${name} PRIVATE -O0 --coverage -fprofile-update=prefer-atomic)
    target_link_options(dossier_${name} PUBLIC --coverage)
  elseif(DOSSIER_PRECOMPILE)
    target_precompile_headers(dossier_${name} REUSE_FROM precompiled_library)
  endif()
  add_library(dossier::${name} ALIAS dossier_${name})
endfunction()

# dossier_test(NAME LABEL label SOURCES… LINK…): one doctest executable whose cases ctest lists by sentence.
function(dossier_test name)
  cmake_parse_arguments(ARG "" "LABEL;TIMEOUT" "SOURCES;LINK" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE dossier_options doctest_main ${ARG_LINK})
  if(DOSSIER_PRECOMPILE)
    target_precompile_headers(${name} REUSE_FROM precompiled_test)
  endif()
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 300)
  endif()
  add_test(NAME ${name} COMMAND ${name} --no-intro=true)
  set_tests_properties(${name} PROPERTIES LABELS ${ARG_LABEL} TIMEOUT ${ARG_TIMEOUT})
endfunction()
