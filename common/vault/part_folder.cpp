#include "common/vault/part_folder.hpp"

#include <cerrno>
#include <cstdio>
#include <filesystem>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/descriptor.hpp"
#include "common/vault/copy_file.hpp"
#include "common/vault/faults.hpp"
#include "common/vault/process_lock.hpp"

namespace dossier::vault {
namespace {

namespace fs = std::filesystem;

constexpr const char* kMark = "/dossier.unfinished";

std::string parent_of(const std::string& path) {
    return fs::absolute(path).parent_path().string();
}

/// Its files, the mark last, then the folder: what is cut short here is still known as unfinished.
void remove_part(const std::string& path) {
    std::error_code ignored;
    const std::string mark = path + kMark;
    for (const auto& entry : fs::directory_iterator(path, ignored)) {
        if (entry.path() != mark) unlink(entry.path().c_str());
    }
    unlink(mark.c_str());
    rmdir(path.c_str());
}

Status mark_unfinished(const std::string& path) {
    const std::string mark = path + kMark;
    const Descriptor marked(
        open(mark.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (marked.number() < 0) return tl::unexpected(disk_error(errno, mark));
    return sync_folder(path);
}

/// A name somebody took meanwhile is never replaced; not every file system can promise it.
int rename_to_new(const std::string& from, const std::string& to) {
    if (renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return 0;
    if (errno != EINVAL && errno != ENOSYS) return -1;
    return rename(from.c_str(), to.c_str());
}

}  // namespace

Result<PartFolder> PartFolder::make(std::string path) {
    if (is_part_folder(path)) remove_part(path);
    if (mkdir(path.c_str(), S_IRWXU) != 0) return tl::unexpected(disk_error(errno, path));
    PartFolder part(std::move(path));
    if (auto marked = mark_unfinished(part.path_); !marked) return pass(marked);
    return part;
}

PartFolder::~PartFolder() {
    if (!path_.empty()) remove_part(path_);
}

Status PartFolder::unmark() {
    const std::string mark = path_ + kMark;
    if (unlink(mark.c_str()) != 0) return tl::unexpected(disk_error(errno, mark));
    return sync_folder(path_);
}

Status PartFolder::finish(const std::string& whole) {
    if (is_there(whole)) return fail(kExists, whole);
    if (auto bare = unmark(); !bare) return bare;
    if (rename_to_new(path_, whole) != 0) return tl::unexpected(disk_error(errno, whole));
    path_.clear();
    return sync_folder(parent_of(whole));
}

Status PartFolder::finish_in(const std::string& empty_folder) {
    std::error_code unreadable;
    const bool is_empty = fs::is_empty(empty_folder, unreadable) && !unreadable;
    if (is_there(empty_folder) && !is_empty) return fail(kExists, empty_folder);
    if (auto bare = unmark(); !bare) return bare;
    // One step: an empty folder is replaced, anything else is not.
    if (rename(path_.c_str(), empty_folder.c_str()) != 0)
        return tl::unexpected(disk_error(errno, empty_folder));
    path_.clear();
    return sync_folder(parent_of(empty_folder));
}

Status throw_away(const std::string& folder) {
    if (!is_part_folder(folder)) {
        if (auto marked = mark_unfinished(folder); !marked) return marked;
    }
    remove_part(folder);
    if (is_there(folder)) return tl::unexpected(disk_error(errno, folder));
    return sync_folder(parent_of(folder));
}

std::string part_of(std::string name) {
    while (name.size() > 1 && name.ends_with('/')) name.pop_back();
    return name + ".part";
}

bool is_part_folder(const std::string& path) {
    struct stat about {};
    const bool folder = lstat(path.c_str(), &about) == 0 && S_ISDIR(about.st_mode);
    return folder && is_there(path + kMark);
}

}  // namespace dossier::vault
