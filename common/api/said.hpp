// From a request to what an action is given: inputs in the query, in the path or in a JSON body;
// files as base64 in it, which lie for the time of the action in a folder of their own.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "common/api/routes.hpp"
#include "common/http/request.hpp"

namespace dossier::api {

inline constexpr Fault kBodyUnreadable{
    "console.body",
    ErrorCode::Malformed,
    {"请求的内容不是一个 JSON 对象", "what was sent is no JSON object"},
    {"刷新页面后重试", "load the page again and try once more"}};
inline constexpr Fault kFileUnreadable{
    "console.file",
    ErrorCode::Malformed,
    {"文件“{}”的名称或内容没有传好", "name or content of the file '{}' did not come whole"},
    {"重新选择文件", "choose the file again"}};
inline constexpr Fault kScratch{
    "console.scratch",
    ErrorCode::NoSpace,
    {"暂存目录 {} 不能使用", "the folder {} for passing files is unusable"},
    {"请管理员检查内存与磁盘空间", "ask the administrator to look at memory and disk space"}};

/// A folder for the files of one request, mode 0700; gone with it.
class FileTray {
  public:
    /// A new one inside `scratch`. Errors: console.scratch.
    static Result<FileTray> make(const std::string& scratch);
    FileTray(FileTray&& other) noexcept : folder_(std::exchange(other.folder_, {})) {}
    FileTray(const FileTray&) = delete;
    FileTray& operator=(const FileTray&) = delete;
    ~FileTray();

    [[nodiscard]] std::string folder() const { return folder_.string(); }
    /// The name it lies under: `fitting_name`. Errors: console.file for a name that is no plain
    /// file name, and for bytes that are no base64; console.scratch.
    Result<std::string> put(const std::string& name, std::string_view base64);
    /// Nothing when there is none.
    [[nodiscard]] std::optional<std::string> read(const std::string& name) const;

  private:
    explicit FileTray(std::filesystem::path folder) : folder_(std::move(folder)) {}

    std::filesystem::path folder_;
};

/// The name itself, or as many of its characters as a file system takes before its extension: names
/// of other systems are as long in characters as here in bytes.
std::string fitting_name(const std::string& name);

/// What was said, and the files that are read and written by it.
struct Said {
    const Action* action = nullptr;
    Inputs inputs;
    std::optional<FileTray> tray;  ///< where the action names files
    std::string written;           ///< name of the file it writes; empty = none
};

/// Errors: console.body, console.file, console.scratch, action.unknown_input, action.wrong_input.
Result<Said> said_in(const http::Request& request, const Asked& asked, const std::string& scratch);

/// "zh-CN", "en-GB;q=0.8": the first language of the product in it, Chinese for none.
Lang lang_of(const http::Request& request);
/// The header X-Purpose, which is percent-encoded UTF-8; empty for none. Errors: nullopt for what
/// is no UTF-8.
std::optional<std::string> purpose_of(const http::Request& request);

/// RFC 4648 base 64, with padding. Errors: nullopt for anything else.
std::optional<std::string> from_base64(std::string_view text);
std::string to_base64(std::string_view bytes);

}  // namespace dossier::api
