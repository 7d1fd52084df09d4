# Development and CI: warnings are errors, quick to build.
set(CMAKE_BUILD_TYPE Dev CACHE STRING "")
set(DOSSIER_WERROR ON CACHE BOOL "")
