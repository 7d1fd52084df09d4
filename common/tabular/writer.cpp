#include "common/tabular/writer.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/reason.hpp"
#include "common/tabular/faults.hpp"

namespace dossier::tabular {
namespace {

/// Links without a target count as well: nothing is put in their place.
bool is_taken(const std::filesystem::path& place) {
    struct stat found {};
    return ::lstat(place.c_str(), &found) == 0;
}

/// Never onto what came to lie there meanwhile. False with `errno` set.
bool move_to_free(const std::string& from, const std::filesystem::path& place) {
    if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, place.c_str(), RENAME_NOREPLACE) == 0)
        return true;
    // Some file systems know no such rename: there the look before has to do.
    if (errno != EINVAL && errno != ENOSYS) return false;
    if (is_taken(place)) {
        errno = EEXIST;
        return false;
    }
    return ::rename(from.c_str(), place.c_str()) == 0;
}

}  // namespace

Result<PartFile> PartFile::create(const std::filesystem::path& place) {
    if (is_taken(place)) return fail(kFileExists, place.string());
    std::string path = place.string() + ".XXXXXX";
    const int descriptor = mkostemp(path.data(), O_CLOEXEC);  // mode 0600
    if (descriptor < 0) return fail(kCannotWrite, place.string(), reason_of(errno));
    return PartFile(place, std::move(path), descriptor);
}

PartFile::PartFile(PartFile&& other) noexcept
    : place_(std::move(other.place_)),
      path_(std::exchange(other.path_, {})),
      descriptor_(std::exchange(other.descriptor_, -1)) {}

PartFile::~PartFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
    if (!path_.empty()) ::unlink(path_.c_str());
}

tl::unexpected<Error> PartFile::cannot_write(std::string_view why) const {
    return fail(kCannotWrite, place_.string(), why);
}

Status PartFile::write(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return cannot_write(reason_of(errno));
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
}

Status PartFile::commit() {
    if (::fsync(descriptor_) != 0) return cannot_write(reason_of(errno));
    if (!move_to_free(path_, place_)) {
        if (errno == EEXIST) return fail(kFileExists, place_.string());
        return cannot_write(reason_of(errno));
    }
    path_.clear();
    return {};
}

Result<std::unique_ptr<TableWriter>> create_table(const std::filesystem::path& path,
                                                  std::vector<Column> columns,
                                                  const WriteOptions& options) {
    std::string extension = path.extension().string();
    std::transform(extension.begin(), extension.end(), extension.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    if (extension != ".csv" && extension != ".xlsx") return fail(kUnknownExtension, path.string());
    auto file = PartFile::create(path);
    if (!file) return pass(file);
    return extension == ".csv" ? create_csv(std::move(*file), std::move(columns), options)
                               : create_xlsx(std::move(*file), std::move(columns), options);
}

}  // namespace dossier::tabular
