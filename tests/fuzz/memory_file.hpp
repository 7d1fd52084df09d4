// Bytes as a file that is nowhere on a disk: for readers that want a path.
#pragma once

#include <string>

#include <sys/mman.h>
#include <unistd.h>

#include "common/base/bytes.hpp"
#include "common/base/check.hpp"

namespace dossier::test {

class MemoryFile {
  public:
    explicit MemoryFile(ByteView bytes) : file_(::memfd_create("input", MFD_CLOEXEC)) {
        DOSSIER_CHECK(file_ >= 0);
        while (!bytes.empty()) {
            const auto written = ::write(file_, bytes.data(), bytes.size());
            DOSSIER_CHECK(written > 0);
            bytes = bytes.subspan(static_cast<std::size_t>(written));
        }
    }
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;
    ~MemoryFile() { ::close(file_); }

    [[nodiscard]] std::string path() const { return "/proc/self/fd/" + std::to_string(file_); }

  private:
    int file_;
};

}  // namespace dossier::test
