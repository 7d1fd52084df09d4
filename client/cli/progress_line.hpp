// How far a long command is: on a terminal one line that changes, elsewhere a line every five
// seconds.
#pragma once

#include "common/cli/console.hpp"

#include "client/actions/action.hpp"

namespace dossier::client {

class ProgressLine {
  public:
    /// Shows nothing where it is not wanted.
    ProgressLine(cli::Console& console, const Clock& clock, bool is_wanted);
    ~ProgressLine() { clear(); }
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;

    void show(const Progress& progress);
    /// Makes room for something else on the line.
    void clear();

  private:
    cli::Console& console_;
    const Clock& clock_;
    bool is_wanted_;
    bool is_terminal_;
    std::int64_t last_ms_;
    bool is_shown_ = false;
};

}  // namespace dossier::client
