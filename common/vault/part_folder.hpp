// A folder under construction: whoever finds it knows by a mark in it that it is not finished, and
// that it may be thrown away. Backups are built in one and get their name when they are whole;
// restores are built in one and leave it when they are.
#pragma once

#include <string>
#include <utility>

#include "common/base/result.hpp"

namespace dossier::vault {

class PartFolder {
  public:
    /// Makes `path` (mode 0700) with the mark in it. One that an earlier attempt left is emptied
    /// first; any other file or folder of that name stays as it is.
    /// Errors: kExists, kNoDirectory, kReadOnly, kDiskFull, kDiskFailed.
    static Result<PartFolder> make(std::string path);
    PartFolder(PartFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}
    PartFolder& operator=(PartFolder&&) = delete;
    PartFolder(const PartFolder&) = delete;
    PartFolder& operator=(const PartFolder&) = delete;
    /// Removes it with the files in it, unless it has got its name.
    ~PartFolder();

    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] std::string file(const std::string& name) const { return path_ + "/" + name; }
    /// Takes the mark off and gives it the name `whole`, which must not exist; durable when this
    /// returns. What lies in it must be durable. Errors: those of `make`.
    Status finish(const std::string& whole);
    /// The same, in place of an empty folder when there is one. Errors: those of `make`.
    Status finish_in(const std::string& empty_folder);

  private:
    Status unmark();
    explicit PartFolder(std::string path) : path_(std::move(path)) {}

    std::string path_;  ///< empty = nothing is left to remove
};

/// Takes the finished `folder` away with the files in it, which are the caller's own: it gets the
/// mark first, so that what is cut short is known as unfinished. Errors: those of `make`.
Status throw_away(const std::string& folder);

/// Where the folder `name` is built: "<name>.part", also when `name` ends with a slash.
std::string part_of(std::string name);

/// True when `path` is a folder an attempt that was cut short left.
bool is_part_folder(const std::string& path);

}  // namespace dossier::vault
