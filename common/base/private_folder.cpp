#include "common/base/private_folder.hpp"

#include <cerrno>
#include <filesystem>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/descriptor.hpp"

namespace dossier {
namespace {

namespace fs = std::filesystem;

constexpr mode_t kOthers = S_IRWXG | S_IRWXO;

}  // namespace

Status make_private_folder(const std::string& path, const Fault& cannot_make) {
    std::error_code error;
    fs::create_directories(fs::path(path).parent_path(), error);
    const bool made = ::mkdir(path.c_str(), S_IRWXU) == 0;
    const auto failed = [&] {
        return fail(cannot_make, path, std::error_code(errno, std::generic_category()).message());
    };
    if (!made && errno != EEXIST) return failed();
    const Descriptor folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    struct stat about {};
    if (folder.number() < 0 || ::fstat(folder.number(), &about) != 0) return failed();
    if (about.st_uid != ::geteuid()) return fail(kForeignFolder, path);
    if ((about.st_mode & kOthers) != 0) {
        if (!fs::is_empty(path, error) || error) return fail(kOpenFolder, path);
        if (::fchmod(folder.number(), S_IRWXU) != 0) return failed();
    }
    if (::access(path.c_str(), W_OK | X_OK) != 0) return failed();
    return {};
}

}  // namespace dossier
