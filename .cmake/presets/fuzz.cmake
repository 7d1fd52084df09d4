# libFuzzer under clang with AddressSanitizer and UndefinedBehaviorSanitizer; the sans-I/O parts only.
set(CMAKE_CXX_COMPILER clang++-14 CACHE STRING "")
set(CMAKE_C_COMPILER clang-14 CACHE STRING "")
set(CMAKE_BUILD_TYPE Dev CACHE STRING "")
set(DOSSIER_FUZZ ON CACHE BOOL "")
set(DOSSIER_SANITIZE "address,undefined" CACHE STRING "")
set(DOSSIER_UNITY OFF CACHE BOOL "")
