#include "common/vault/process_lock.hpp"

#include <array>
#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/vault/faults.hpp"
#include "common/vault/file_faults.hpp"

namespace dossier::vault {
namespace {

std::string holder(int descriptor) {
    std::array<char, 24> text{};
    const auto got = pread(descriptor, text.data(), text.size(), 0);
    std::string pid(text.data(), got > 0 ? static_cast<std::size_t>(got) : 0);
    while (!pid.empty() && (pid.back() < '0' || pid.back() > '9')) pid.pop_back();
    return pid.empty() ? "?" : pid;
}

/// Where the folder may not be written there is a file to lock all the same: what only reads works.
int open_lock(const std::string& path, const std::string& database) {
    const int made = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (made >= 0 || !(errno == EACCES || errno == EPERM || errno == EROFS)) return made;
    constexpr int kToRead = O_RDONLY | O_CLOEXEC | O_NOFOLLOW;
    const int found = open(path.c_str(), kToRead);
    return found < 0 && errno == ENOENT ? open(database.c_str(), kToRead) : found;
}

/// Whoever undid a restore took the file with him, after this one had opened it.
bool was_removed(int descriptor) {
    struct stat about {};
    return fstat(descriptor, &about) == 0 && about.st_nlink == 0;
}

}  // namespace

Error disk_error(int number, const std::string& path) {
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
        case EEXIST:
            return {&kExists, {path}};
        case ELOOP:
            return {&kSymbolicLink, {path}};
        default:
            return {&kDiskFailed, {std::to_string(number), path}};
    }
}

Result<ProcessLock> ProcessLock::take(const std::string& database) {
    const std::string path = database + "-lock";
    for (;;) {
        const int descriptor = open_lock(path, database);
        if (descriptor < 0) return tl::unexpected(disk_error(errno, path));
        ProcessLock lock(descriptor);
        if (flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
            if (errno != EWOULDBLOCK) return tl::unexpected(disk_error(errno, path));
            return fail(kInUse, database, holder(descriptor));
        }
        if (was_removed(descriptor)) continue;
        // Only for people to read: a full disk must not keep the vault shut. Of fixed width,
        // because cutting the file would wait for the file system's journal.
        std::string pid = std::to_string(getpid());
        pid.resize(15, ' ');
        pid += '\n';
        [[maybe_unused]] const auto written = pwrite(descriptor, pid.data(), pid.size(), 0);
        return lock;
    }
}

ProcessLock::ProcessLock(ProcessLock&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)) {}

ProcessLock::~ProcessLock() {
    if (descriptor_ >= 0) close(descriptor_);
}

}  // namespace dossier::vault
