// The content of a document, for those who may read it in clear; asked and refused alike, the
// reading is noted as "attach_get".
#pragma once

#include "common/content/contents.hpp"

#include "server/reading/asker.hpp"

namespace dossier::server {

inline constexpr Fault kNoContentYet{
    "attach.absent",
    ErrorCode::NotFound,
    {"“{}”的内容还没有传到办公室", "the content of '{}' has not reached the office yet"},
    {"请添加它的终端再同步一次", "the laptop it was added on must sync once more"}};

/// Where the content of the document lies. To whom may not look its customer up it does not exist.
/// Errors: intake.unknown_record, attach.absent, why it is withheld.
Result<content::Held> content_of(Office& office, const Asker& asker, const RecordId& document);

}  // namespace dossier::server
