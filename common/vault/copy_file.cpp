#include "common/vault/copy_file.hpp"

#include <array>
#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/descriptor.hpp"
#include "common/vault/faults.hpp"
#include "common/vault/process_lock.hpp"
#include "common/vault/whole_file.hpp"

namespace dossier::vault {
namespace {

constexpr std::size_t kCopyPieceBytes = std::size_t{64} * 1024;

Error failure(const std::string& path) {
    if (errno == ENOENT) return {&kMissing, {path}};
    return disk_error(errno, path);
}

/// Both are open; reads to the end of `from`.
Status copy_bytes(int from, int to, const std::string& from_path, const std::string& to_path) {
    std::array<std::uint8_t, kCopyPieceBytes> piece{};
    for (;;) {
        const auto got = read(from, piece.data(), piece.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return tl::unexpected(disk_error(errno, from_path));
        if (got == 0) break;
        const ByteView bytes(piece.data(), static_cast<std::size_t>(got));
        if (!write_all(to, bytes)) return tl::unexpected(disk_error(errno, to_path));
    }
    if (fsync(to) != 0) return tl::unexpected(disk_error(errno, to_path));
    return {};
}

}  // namespace

Status copy_file(const std::string& from, const std::string& to) {
    // Not waiting for the writer of a pipe that lies there in place of a file.
    const Descriptor source(
        open(from.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY));
    if (source.number() < 0) return tl::unexpected(failure(from));
    struct stat about {};
    if (fstat(source.number(), &about) != 0 || !S_ISREG(about.st_mode))
        return fail(kNotVault, from);
    const Descriptor target(
        open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (target.number() < 0) return tl::unexpected(disk_error(errno, to));
    auto copied = copy_bytes(source.number(), target.number(), from, to);
    if (!copied) unlink(to.c_str());
    return copied;
}

Status sync_folder(const std::string& folder) {
    const Descriptor opened(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (opened.number() < 0 || fsync(opened.number()) != 0)
        return tl::unexpected(disk_error(errno, folder));
    return {};
}

bool is_there(const std::string& path) {
    struct stat about {};
    return lstat(path.c_str(), &about) == 0;
}

}  // namespace dossier::vault
