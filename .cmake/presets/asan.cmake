# AddressSanitizer and UndefinedBehaviorSanitizer; the first report ends the run.
set(CMAKE_BUILD_TYPE Dev CACHE STRING "")
set(DOSSIER_WERROR ON CACHE BOOL "")
set(DOSSIER_SANITIZE "address,undefined" CACHE STRING "")
