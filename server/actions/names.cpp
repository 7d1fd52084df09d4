#include "server/actions/names.hpp"

namespace dossier::server {

using catalog::Facet;
using merge::VerdictKind;
using protocol::DeviceState;

Text device_state(DeviceState state) {
    switch (state) {
        case DeviceState::Pending:
            return {"待批准", "waiting for approval"};
        case DeviceState::Active:
            return {"在用", "active"};
        case DeviceState::Suspended:
            return {"已暂停", "suspended"};
        case DeviceState::Revoked:
            return {"已吊销", "revoked"};
        case DeviceState::Lost:
            break;
    }
    return {"已报失", "lost"};
}

Text verdict_name(VerdictKind verdict) {
    switch (verdict) {
        case VerdictKind::Applied:
            return {"已生效", "applied"};
        case VerdictKind::Merged:
            return {"已合并", "merged"};
        case VerdictKind::Converged:
            return {"一致", "same value"};
        case VerdictKind::Case:
            return {"转冲突", "case"};
        case VerdictKind::Proposal:
            return {"待核", "proposal"};
        case VerdictKind::Parked:
            return {"搁置", "parked"};
        case VerdictKind::Rejected:
            return {"退回", "refused"};
        case VerdictKind::Late:
            return {"迟到", "late"};
        case VerdictKind::Superseded:
            break;
    }
    return {"未采纳", "lost to another value"};
}

std::string_view verdict_word(VerdictKind verdict) {
    switch (verdict) {
        case VerdictKind::Applied:
            return "applied";
        case VerdictKind::Merged:
            return "merged";
        case VerdictKind::Converged:
            return "converged";
        case VerdictKind::Case:
            return "case";
        case VerdictKind::Proposal:
            return "proposal";
        case VerdictKind::Parked:
            return "parked";
        case VerdictKind::Rejected:
            return "rejected";
        case VerdictKind::Late:
            return "late";
        case VerdictKind::Superseded:
            break;
    }
    return "superseded";
}

Text event_name(std::string_view event) {
    if (event == "post") return {"（入库）", "(posted)"};
    if (event == "transfer") return {"（移交）", "(transferred)"};
    if (event == "mark") return {"（定密）", "(marked)"};
    if (event == "merge") return {"（合并）", "(merged)"};
    if (event == "unmerge") return {"（撤销合并）", "(merge taken back)"};
    if (event == "take_back") return {"（收回）", "(taken back)"};
    if (event == "absorbed_words") return {"（并入后所写）", "(written after the merge)"};
    return {event, event};
}

Text facet_label(Facet facet) {
    switch (facet) {
        case Facet::Directory:
            return {"目录", "directory"};
        case Facet::Main:
            return {"一般资料", "main"};
        case Facet::Personal:
            return {"个人资料", "personal"};
        case Facet::Masked:
            return {"遮盖资料", "masked"};
        case Facet::Granted:
            return {"授权资料", "granted"};
        case Facet::Closed:
            break;
    }
    return {"内部资料", "closed"};
}

}  // namespace dossier::server
