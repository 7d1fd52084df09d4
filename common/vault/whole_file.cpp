#include "common/vault/whole_file.hpp"

#include <cerrno>
#include <cstdio>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/descriptor.hpp"
#include "common/base/input_file.hpp"
#include "common/vault/faults.hpp"
#include "common/vault/process_lock.hpp"

namespace dossier::vault {
namespace {

std::string directory_of(const std::string& path) {
    const auto slash = path.rfind('/');
    if (slash == std::string::npos) return ".";
    return slash == 0 ? "/" : path.substr(0, slash);
}

}  // namespace

bool write_all(int descriptor, ByteView content) {
    while (!content.empty()) {
        const auto done = write(descriptor, content.data(), content.size());
        if (done < 0 && errno == EINTR) continue;
        if (done <= 0) return false;
        content = content.subspan(static_cast<std::size_t>(done));
    }
    return true;
}

Result<Bytes> read_whole(const std::string& path, std::size_t bytes_max) {
    const Descriptor file(open_unwaiting(path));
    if (file.number() < 0) {
        if (errno == ENOENT || errno == ENOTDIR) return fail(kMissing, path);
        return tl::unexpected(disk_error(errno, path));
    }
    Bytes content(bytes_max + 1);
    std::size_t size = 0;
    while (size < content.size()) {
        const auto got = read(file.number(), content.data() + size, content.size() - size);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return tl::unexpected(disk_error(errno, path));
        if (got == 0) break;
        size += static_cast<std::size_t>(got);
    }
    if (size > bytes_max) return fail(kNotVault, path);
    content.resize(size);
    return content;
}

Status replace_whole(const std::string& path, ByteView content) {
    const std::string temporary = path + ".new";
    unlink(temporary.c_str());  // what a power cut left there
    {
        const Descriptor file(
            open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
        if (file.number() < 0) return tl::unexpected(disk_error(errno, temporary));
        if (!write_all(file.number(), content) || fsync(file.number()) != 0) {
            Error error = disk_error(errno, temporary);
            unlink(temporary.c_str());
            return tl::unexpected(std::move(error));
        }
    }
    if (rename(temporary.c_str(), path.c_str()) != 0) {
        Error error = disk_error(errno, path);
        unlink(temporary.c_str());
        return tl::unexpected(std::move(error));
    }
    const Descriptor directory(
        open(directory_of(path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (directory.number() < 0 || fsync(directory.number()) != 0) {
        return tl::unexpected(disk_error(errno, path));
    }
    return {};
}

}  // namespace dossier::vault
