# AddressSanitizer and UndefinedBehaviorSanitizer; the first report ends the run. No -Werror:
# g++ 12 sees overflows that are not there once the sanitizers have rewritten the code.
set(CMAKE_BUILD_TYPE Dev CACHE STRING "")
set(DOSSIER_SANITIZE "address,undefined" CACHE STRING "")
