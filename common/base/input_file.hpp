// Opening the files people name, never to wait for somebody at the other end of a pipe: in the
// office one such wait would hold the store for everybody.
#pragma once

#include <string>

namespace dossier {

/// A descriptor for reading an ordinary file; below zero with `errno` set: EISDIR for folders,
/// pipes and devices.
[[nodiscard]] int open_ordinary(const std::string& path);

/// The same for what may also be a pipe somebody writes into, as `<(…)` of a shell. One without a
/// writer is at its end at once.
[[nodiscard]] int open_unwaiting(const std::string& path);

/// Whether there is an ordinary file at the path, links followed.
[[nodiscard]] bool is_ordinary_file(const std::string& path);

}  // namespace dossier
