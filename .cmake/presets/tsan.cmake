# ThreadSanitizer.
set(CMAKE_BUILD_TYPE Dev CACHE STRING "")
set(DOSSIER_SANITIZE "thread" CACHE STRING "")
