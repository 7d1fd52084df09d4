# What users run: optimised and hardened.
set(CMAKE_BUILD_TYPE Release CACHE STRING "")
