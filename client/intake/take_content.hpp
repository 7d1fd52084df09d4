// The bytes of a new attachment: read once, kept as they were then. What happens to the file
// afterwards changes nothing of what the office will get.
#pragma once

#include <string_view>

#include "common/content/take.hpp"

#include "client/store/store.hpp"

namespace dossier::client {

inline constexpr Fault kNoContentKey{
    "client.no_content_key",
    ErrorCode::Denied,
    {"本机还不能添加附件", "this laptop cannot take attachments yet"},
    {"先同步一次：{do:sync}", "sync once first: {do:sync}"}};
inline constexpr Fault kContentMissing{
    "content.missing",
    ErrorCode::Malformed,
    {"附件没有内容", "the attachment has no content"},
    {"用 {do:attach.add} 添加附件", "add attachments with {do:attach.add}"}};

/// Keeps what `read` gives as the content of `record` and gives the fields that tell of it:
/// file_name, media_type, size, content. `path` is what the person calls the file; only its last
/// part is kept, as a name. A record that is not saved afterwards loses it again.
/// Errors: client.no_content_key, content.too_large, content.empty, content.unknown_format,
/// content.format_differs, and those of `read`.
Result<FieldValues> take_content(Store& store,
                                 const RecordId& record,
                                 std::string_view path,
                                 const content::ReadPiece& read,
                                 Instant now);

/// Whether the values of a new attachment speak of the content that was taken for it.
/// Errors: content.missing.
Status has_its_content(Store& store, const RecordId& record, const FieldValues& values);

}  // namespace dossier::client
