// Contents and the files they come from and go to. A file is only ever read whole from its start
// and only ever made new: nothing is overwritten, no link is followed.
#pragma once

#include <span>
#include <string>

#include "common/base/result.hpp"
#include "common/content/contents.hpp"

namespace dossier::content {

inline constexpr Fault kCannotReadFile{"content.cannot_read",
                                       ErrorCode::NotFound,
                                       {"无法读取 {}：{}", "cannot read {}: {}"},
                                       {"检查路径与权限", "check path and permissions"}};
inline constexpr Fault kFileExists{"content.file_exists",
                                   ErrorCode::Conflict,
                                   {"{} 已存在，不会覆盖", "{} exists and is not overwritten"},
                                   {"换一个文件名", "name another file"}};
inline constexpr Fault kCannotWriteFile{
    "content.cannot_write",
    ErrorCode::NoSpace,
    {"无法写入 {}：{}", "cannot write {}: {}"},
    {"检查目录权限与剩余空间", "check the folder's permissions and free space"}};

/// An ordinary file being read.
class Source {
  public:
    /// Errors: content.cannot_read, also for what is no ordinary file.
    static Result<Source> open(const std::string& path);
    Source(Source&& other) noexcept;
    Source& operator=(Source&&) = delete;
    Source(const Source&) = delete;
    Source& operator=(const Source&) = delete;
    ~Source();
    /// Fills `to` as far as the file goes; how much. Errors: content.cannot_read.
    Result<std::size_t> read(std::span<std::uint8_t> to);

  private:
    Source(int descriptor, std::string path) : descriptor_(descriptor), path_(std::move(path)) {}
    int descriptor_;
    std::string path_;
};

/// Writes a whole content into a new file that only its owner may read, durably; none is left when
/// that fails. Errors: content.file_exists, content.cannot_write.
Status save_as(const std::string& path, Contents& contents, const Held& held);

}  // namespace dossier::content
