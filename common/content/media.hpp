// Which formats are taken, told by a file's first bytes and held against its name; and names that
// are safe to keep. A kept name is shown to people and never used as a path. Source: security 5.
#pragma once

#include <string>
#include <string_view>

#include "common/base/bytes.hpp"
#include "common/base/result.hpp"

namespace dossier::content {

inline constexpr Fault kUnknownFormat{
    "content.unknown_format",
    ErrorCode::Malformed,
    {"不接受“{}”这种格式的附件", "attachments of the format of '{}' are not taken"},
    {"可用：{}", "taken are: {}"}};
inline constexpr Fault kFormatDiffers{"content.format_differs",
                                      ErrorCode::Malformed,
                                      {"“{}”的内容不是 {} 格式", "the content of '{}' is not {}"},
                                      {"用原来的程序重新保存，或改正扩展名",
                                       "save it again with its program or correct the extension"}};

/// Bytes of the beginning that are enough to tell a format.
inline constexpr std::size_t kHeadBytes = 512;

/// The media type a name claims and the first bytes confirm: a code of catalog
/// choices::kMediaType. Errors: content.unknown_format, content.format_differs.
Result<std::string_view> media_type_of(std::string_view file_name, ByteView head);
/// Whether content that begins with `head` may be of the type.
bool may_be(std::string_view media_type, ByteView head);

/// The last part of a path as a name that may be kept: without folders, control and direction
/// characters, with '_' for what a file system could take for more than a name, at most 200
/// characters; "附件" when nothing is left.
std::string kept_name(std::string_view path);

}  // namespace dossier::content
