// The bytes of a new document: read once, kept as they were then, and the fields that tell of them.
// The same on both sides.
#pragma once

#include <functional>
#include <span>
#include <string_view>

#include "common/base/result.hpp"
#include "common/base/value.hpp"
#include "common/content/contents.hpp"

namespace dossier::content {

inline constexpr Fault kContentTooLarge{"content.too_large",
                                        ErrorCode::Oversized,
                                        {"“{}”超过 {} MB", "'{}' is larger than {} MB"},
                                        {"压缩或拆分后再添加", "compress or split it"}};
inline constexpr Fault kContentEmpty{"content.empty",
                                     ErrorCode::Malformed,
                                     {"“{}”是空文件", "'{}' is empty"},
                                     {"检查文件", "check the file"}};

/// Fills the span as far as there is something; less than asked for only at the end.
using ReadPiece = std::function<Result<std::size_t>(std::span<std::uint8_t>)>;

/// Keeps what `read` gives as the content of `record` under the office's key for contents, inside
/// the caller's transaction, and gives the fields that tell of it: file_name, media_type, size,
/// content. `path` is what the person calls the file; only its last part is kept, as a name.
/// Errors: content.too_large, content.empty, content.unknown_format, content.format_differs, and
/// those of `read`; then the transaction is not to be committed.
Result<FieldValues> take(Contents& contents,
                         const RecordId& record,
                         std::string_view path,
                         const ReadPiece& read,
                         ByteView key,
                         const Origin& origin);

}  // namespace dossier::content
