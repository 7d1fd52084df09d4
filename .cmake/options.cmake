# One interface target every target of ours links: language, warnings, sanitizers, hardening.
set(CMAKE_CXX_FLAGS_DEV "-O1 -g1" CACHE STRING "" FORCE)
set(CMAKE_C_FLAGS_DEV "-O1 -g1" CACHE STRING "" FORCE)
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG" CACHE STRING "" FORCE)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
  set(CMAKE_C_COMPILER_LAUNCHER ${CCACHE})
endif()

add_library(dossier_options INTERFACE)
target_compile_features(dossier_options INTERFACE cxx_std_20)
target_include_directories(dossier_options INTERFACE ${CMAKE_SOURCE_DIR} ${CMAKE_BINARY_DIR}/generated)
target_compile_options(dossier_options INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wold-style-cast -Woverloaded-virtual
  -Wnon-virtual-dtor -Wimplicit-fallthrough -fstack-protector-strong
  -Wno-missing-field-initializers # a field left out of a designated initialiser has its declared default
  $<$<BOOL:${DOSSIER_WERROR}>:-Werror>
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
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # g++ 12 sees values of optionals as uninitialised, and sizes that cannot be, once the
    # sanitizers have rewritten the code.
    target_compile_options(dossier_options INTERFACE -Wno-maybe-uninitialized -Wno-stringop-overflow)
  endif()
endif()
if(DOSSIER_FUZZ)
  target_compile_options(dossier_options INTERFACE -fsanitize=fuzzer-no-link)
endif()
set(CMAKE_CXX_EXTENSIONS OFF)

# dossier_library(NAME SOURCES… [LINK targets…]): a static library of one folder, linked as dossier::NAME.
function(dossier_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK" ${ARGN})
  add_library(dossier_${name} STATIC ${ARG_SOURCES})
  target_link_libraries(dossier_${name} PUBLIC dossier_options ${ARG_LINK})
  add_library(dossier::${name} ALIAS dossier_${name})
endfunction()

# dossier_test(NAME LABEL label SOURCES… LINK…): one doctest executable whose cases ctest lists by sentence.
function(dossier_test name)
  cmake_parse_arguments(ARG "" "LABEL;TIMEOUT" "SOURCES;LINK" ${ARGN})
  add_executable(${name} ${ARG_SOURCES} ${CMAKE_SOURCE_DIR}/tests/support/doctest_main.cpp)
  target_link_libraries(${name} PRIVATE dossier_options ${ARG_LINK})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 300)
  endif()
  add_test(NAME ${name} COMMAND ${name} --no-intro=true)
  set_tests_properties(${name} PROPERTIES LABELS ${ARG_LABEL} TIMEOUT ${ARG_TIMEOUT})
endfunction()
