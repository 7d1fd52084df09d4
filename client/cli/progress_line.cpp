#include "client/cli/progress_line.hpp"

#include <unistd.h>

namespace dossier::client {
namespace {

constexpr std::int64_t kOnTerminalMs = 100;
constexpr std::int64_t kElsewhereMs = 5000;

}  // namespace

ProgressLine::ProgressLine(cli::Console& console, const Clock& clock, bool is_wanted)
    : console_(console),
      clock_(clock),
      is_wanted_(is_wanted),
      is_terminal_(::isatty(STDERR_FILENO) != 0),
      last_ms_(is_terminal_ ? 0 : clock.ticks_ms()) {}

void ProgressLine::show(const Progress& progress) {
    const std::int64_t now = clock_.ticks_ms();
    if (!is_wanted_ || now - last_ms_ < (is_terminal_ ? kOnTerminalMs : kElsewhereMs)) return;
    last_ms_ = now;
    const std::string args[] = {std::string(console_.in(progress.phase)),
                                std::to_string(progress.sent), std::to_string(progress.received),
                                std::to_string(progress.bytes / 1024)};
    const auto pattern =
        console_.in({"{}：已上传 {}，已接收 {}（{} KB）", "{}: sent {}, received {} ({} KB)"});
    console_.err << (is_terminal_ ? "\r\033[K" : "") << fill(pattern, args)
                 << (is_terminal_ ? "" : "\n") << std::flush;
    is_shown_ = true;
}

void ProgressLine::clear() {
    if (is_shown_ && is_terminal_) console_.err << "\r\033[K";
    is_shown_ = false;
}

}  // namespace dossier::client
