#include "common/vault/process_lock.hpp"

#include <array>
#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "common/vault/faults.hpp"

namespace dossier::vault {
namespace {

std::string holder(int descriptor) {
    std::array<char, 24> text{};
    const auto got = pread(descriptor, text.data(), text.size(), 0);
    std::string pid(text.data(), got > 0 ? static_cast<std::size_t>(got) : 0);
    while (!pid.empty() && (pid.back() < '0' || pid.back() > '9')) pid.pop_back();
    return pid.empty() ? "?" : pid;
}

}  // namespace

Error disk_error(int number, const char* doing, const std::string& path) {
    switch (number) {
        case ENOENT:
        case ENOTDIR:
            return {&kNoDirectory, {path.substr(0, path.rfind('/'))}};
        case EACCES:
        case EPERM:
        case EROFS:
            return {&kReadOnly, {path}};
        case ENOSPC:
        case EDQUOT:
            return {&kDiskFull, {path}};
        default:
            return {&kDiskFailed, {doing, path}};
    }
}

Result<ProcessLock> ProcessLock::take(const std::string& database) {
    const std::string path = database + "-lock";
    const int descriptor = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0) return tl::unexpected(disk_error(errno, "lock", path));
    ProcessLock lock(descriptor);
    if (flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK) return tl::unexpected(disk_error(errno, "lock", path));
        return fail(kInUse, database, holder(descriptor));
    }
    // Only for people to read: a full disk must not keep the vault shut. Of fixed width, because
    // cutting the file would wait for the file system's journal.
    std::string pid = std::to_string(getpid());
    pid.resize(15, ' ');
    pid += '\n';
    [[maybe_unused]] const auto written = pwrite(descriptor, pid.data(), pid.size(), 0);
    return lock;
}

ProcessLock::ProcessLock(ProcessLock&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)) {}

ProcessLock::~ProcessLock() {
    if (descriptor_ >= 0) close(descriptor_);
}

}  // namespace dossier::vault
