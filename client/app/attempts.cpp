#include "client/app/attempts.hpp"

#include <algorithm>
#include <fstream>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/descriptor.hpp"

namespace dossier::client {
namespace {

constexpr int kFreeTries = 3;
constexpr std::int64_t kLongestWaitMs = 300'000;
/// The wait has long been the longest.
constexpr int kCountedMax = 1'000;

std::int64_t wait_after(int wrong) {
    if (wrong < kFreeTries) return 0;
    return std::min(kLongestWaitMs, std::int64_t{1'000} << std::min(wrong - kFreeTries, 20));
}

/// "COUNT LAST" of the file: how many were wrong, and when the last was, in milliseconds.
struct Kept {
    std::int64_t wrong = 0;
    std::int64_t last_ms = 0;
};

Kept read(const std::string& path) {
    std::ifstream file(path);
    Kept kept;
    const bool whole = static_cast<bool>(file >> kept.wrong >> kept.last_ms);
    return whole && kept.wrong > 0 && kept.wrong <= kCountedMax ? kept : Kept{};
}

}  // namespace

Attempts::Attempts(const std::string& folder, const Clock& clock)
    : path_(folder + "/dossier.attempts"), clock_(clock) {
    const auto kept = read(path_);
    wrong_ = static_cast<int>(kept.wrong);
    // A clock that was set meanwhile lengthens no wait.
    const auto passed = std::max(std::int64_t{0}, clock_.now().ms - kept.last_ms);
    next_ticks_ms_ = clock_.ticks_ms() + std::max(std::int64_t{0}, wait_after(wrong_) - passed);
}

std::int64_t Attempts::wait_ms() const {
    return std::max(std::int64_t{0}, next_ticks_ms_ - clock_.ticks_ms());
}

void Attempts::was_wrong() {
    wrong_ = std::min(wrong_ + 1, kCountedMax);
    next_ticks_ms_ = clock_.ticks_ms() + wait_after(wrong_);
    keep();
}

void Attempts::was_right() {
    wrong_ = 0;
    next_ticks_ms_ = 0;
    ::unlink(path_.c_str());
}

void Attempts::keep() const {
    const auto text = std::to_string(wrong_) + " " + std::to_string(clock_.now().ms) + "\n";
    ::unlink(path_.c_str());  // who put a link there does not choose what is written to
    const Descriptor file(
        ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR));
    if (file.number() < 0) return;
    if (::write(file.number(), text.data(), text.size()) != static_cast<ssize_t>(text.size()))
        ::unlink(path_.c_str());
}

}  // namespace dossier::client
