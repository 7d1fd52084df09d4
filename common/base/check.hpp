// Always-on assertion for programmer errors. Never for input: input gets an Error.
#pragma once

#include <cstdio>
#include <cstdlib>

namespace dossier {

[[noreturn]] inline void check_failed(const char* what, const char* file, int line) {
    std::fprintf(stderr, "check failed: %s (%s:%d)\n", what, file, line);
    std::abort();
}

}  // namespace dossier

/// Stops the program when `condition` is false. A macro for the sake of file and line:
/// clang 14 lacks std::source_location.
#define DOSSIER_CHECK(condition) \
    ((condition) ? static_cast<void>(0) : ::dossier::check_failed(#condition, __FILE__, __LINE__))
