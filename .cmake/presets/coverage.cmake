# Counts which lines run, in the parts whose coverage tests/coverage prints; the rest is as in dev.
set(CMAKE_BUILD_TYPE Dev CACHE STRING "")
set(DOSSIER_WERROR ON CACHE BOOL "")
set(DOSSIER_COVERAGE ON CACHE BOOL "")
set(DOSSIER_UNITY OFF CACHE BOOL "") # each object is one source file
