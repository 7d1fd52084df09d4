#include "common/cli/standard_streams.hpp"

#include <cerrno>
#include <cstdlib>

#include <fcntl.h>
#include <unistd.h>

namespace dossier::cli {

void hold_standard_streams() {
    for (int stream = 0; stream <= STDERR_FILENO; ++stream) {
        if (::fcntl(stream, F_GETFD) != -1 || errno != EBADF) continue;
        // The lowest free number is this one; for reading alone, so that printing is an error.
        if (::open("/dev/null", O_RDONLY | O_CLOEXEC) != stream) std::abort();
    }
}

}  // namespace dossier::cli
