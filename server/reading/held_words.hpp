// What waits outside the door is read by its file's level: above level 1 for a stated purpose. The
// words of somebody's laptop are not for administrators of machines. Source: domain C-13, C-35.
#pragma once

#include "common/content/contents.hpp"

#include "server/reading/view.hpp"

namespace dossier::server {

inline constexpr Fault kNoContentHeld{
    "held.no_content",
    ErrorCode::NotFound,
    {"{} 号没有已到的附件内容", "no content of a document waits under number {}"},
    {"查看 {do:held.show}", "see {do:held.show}"}};

/// Who decides about what waits, and so may read it. Errors: access.denied.
Status may_decide_held(Office& office, const Asker& asker);
/// What waits, without its words: for who decides about it, and who administers.
/// Errors: access.denied.
Result<std::vector<WithheldRow>> list_held(Office& office, const Asker& asker);

/// One op that waits, as the asker may read it.
struct HeldWords {
    merge::Op op;  ///< its fields hold `kHidden` where he may not read them
    bool whole = true;
    std::string reason = {};  ///< why its author did it; `kHidden` where he may not read that
};
/// Notes each op as "view". Errors: access.denied, intake.not_waiting, those of decode_changeset.
Result<std::vector<HeldWords>> read_held(Office& office, const Asker& asker, std::uint64_t number);
/// The content of the first document among what waits under the number; noted as "attach_get".
/// Errors: those of read_held, access.purpose_needed, held.no_content.
Result<content::Held> held_content(Office& office, const Asker& asker, std::uint64_t number);

}  // namespace dossier::server
