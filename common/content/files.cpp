#include "common/content/files.hpp"

#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

#include "common/base/input_file.hpp"
#include "common/base/reason.hpp"

namespace dossier::content {
namespace {

std::string reason() {
    return reason_of(errno);
}

bool write_all(int descriptor, ByteView bytes) {
    while (!bytes.empty()) {
        const auto done = ::write(descriptor, bytes.data(), bytes.size());
        if (done < 0 && errno == EINTR) continue;
        if (done <= 0) return false;
        bytes = bytes.subspan(static_cast<std::size_t>(done));
    }
    return true;
}

bool write_content(int descriptor, Contents& contents, const Held& held) {
    for (std::uint32_t at = 0; at < chunks_of(held.size); ++at) {
        if (!write_all(descriptor, contents.chunk(held, at))) return false;
    }
    return ::fsync(descriptor) == 0;
}

}  // namespace

Result<Source> Source::open(const std::string& path) {
    const int descriptor = open_ordinary(path);
    if (descriptor < 0) return fail(kCannotReadFile, path, reason());
    return Source(descriptor, path);
}

Source::Source(Source&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), path_(std::move(other.path_)) {}

Source::~Source() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

Result<std::size_t> Source::read(std::span<std::uint8_t> to) {
    std::size_t size = 0;
    while (size < to.size()) {
        const auto got = ::read(descriptor_, to.data() + size, to.size() - size);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return fail(kCannotReadFile, path_, reason());
        if (got == 0) break;
        size += static_cast<std::size_t>(got);
    }
    return size;
}

Status save_as(const std::string& path, Contents& contents, const Held& held) {
    const int descriptor =
        ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0 && errno == EEXIST) return fail(kFileExists, path);
    if (descriptor < 0) return fail(kCannotWriteFile, path, reason());
    const bool written = write_content(descriptor, contents, held);
    const std::string why = written ? std::string() : reason();
    ::close(descriptor);
    if (written) return {};
    ::unlink(path.c_str());
    return fail(kCannotWriteFile, path, why);
}

}  // namespace dossier::content
