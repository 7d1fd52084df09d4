#include "common/base/input_file.hpp"

#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/descriptor.hpp"

namespace dossier {
namespace {

constexpr int kUnwaiting = O_RDONLY | O_CLOEXEC | O_NONBLOCK;

}  // namespace

int open_ordinary(const std::string& path) {
    Descriptor file(::open(path.c_str(), kUnwaiting));
    if (file.number() < 0) return -1;
    struct stat found {};
    if (::fstat(file.number(), &found) == 0 && S_ISREG(found.st_mode)) return file.release();
    errno = EISDIR;
    return -1;
}

int open_unwaiting(const std::string& path) {
    Descriptor file(::open(path.c_str(), kUnwaiting));
    if (file.number() < 0) return -1;
    const int flags = ::fcntl(file.number(), F_GETFL);
    // Once it is open a reader waits for bytes only while somebody may write them.
    if (flags < 0 || ::fcntl(file.number(), F_SETFL, flags & ~O_NONBLOCK) != 0) return -1;
    return file.release();
}

bool is_ordinary_file(const std::string& path) {
    struct stat found {};
    return ::stat(path.c_str(), &found) == 0 && S_ISREG(found.st_mode);
}

}  // namespace dossier
