#include "client/reading/titles.hpp"

#include "common/merge/refusals.hpp"

#include "protocol/messages.hpp"

#include "client/reading/heard.hpp"

namespace dossier::client {
namespace {

/// More than one laptop has waiting.
constexpr std::size_t kUploadsMax = 1000;
constexpr Text kNotTaken{"未采纳", "not taken"};

}  // namespace

std::string title_of(Store& store, const Asker& asker, const RecordId& record) {
    const auto* kind = asker.lock == Lock::Open ? store.replica.kind_of(record) : nullptr;
    auto values = kind == nullptr ? std::nullopt : store.replica.load(*kind, record);
    if (!values) return to_text(record);
    values = as_heard(store, *kind, std::move(*values));
    const auto [of, value] =
        catalog::called(*kind, *values, *catalog::find_field(*kind, kind->title));
    // A link to a company that is on file is called as that company is.
    if (value != nullptr && of->type == catalog::Type::Ref)
        return title_of(store, asker, as_record(*value));
    const std::string title = text_in(*values, *of);
    return title.empty() ? to_text(record) : title;
}

cli::TitleOf titles(Store& store, const Asker& asker) {
    return [&store, asker](const RecordId& record) { return title_of(store, asker, record); };
}

std::string shown(Store& store,
                  const Asker& asker,
                  const catalog::Field& field,
                  const Value& value) {
    return cli::shown(field, value, asker.lang, titles(store, asker));
}

std::string shown_in(Store& store,
                     const Asker& asker,
                     const catalog::Kind& kind,
                     const FieldValues& values,
                     std::string_view name) {
    const auto* field = catalog::find_field(kind, name);
    const Value* value = find(values, field->tag);
    return value == nullptr ? "-" : shown(store, asker, *field, *value);
}

std::string short_id(const RecordId& record) {
    return std::string(tail(to_text(record), kShortId));
}

Text sync_word(Store& store, const RecordId& record) {
    if (store.outbox.has_unsent(record)) return {"待上传", "waiting for sync"};
    for (const TrayItem& item : store.tray.open_for(record)) {
        if (merge::is_kept(item.verdict.reason)) return kNotTaken;
        switch (item.verdict.kind) {
            case merge::VerdictKind::Proposal:
            case merge::VerdictKind::Late:
                return {"待核", "waiting for verification"};
            case merge::VerdictKind::Case:
                return {"冲突待处理", "in a case"};
            default:
                return kNotTaken;
        }
    }
    if (!store.tray.refused_unread(record).empty()) return kNotTaken;
    return {"已同步", "synced"};
}

Text verdict_word(const merge::Verdict& verdict) {
    if (merge::is_kept(verdict.reason)) return kNotTaken;
    switch (verdict.kind) {
        case merge::VerdictKind::Applied:
            return {"已采纳", "applied"};
        case merge::VerdictKind::Merged:
            return {"已合并", "merged"};
        case merge::VerdictKind::Converged:
            return {"一致", "converged"};
        case merge::VerdictKind::Case:
            return {"冲突待处理", "in a case"};
        case merge::VerdictKind::Proposal:
            return {"待核", "waiting for verification"};
        case merge::VerdictKind::Parked:
            return {"暂存", "parked"};
        case merge::VerdictKind::Rejected:
            return {"未采纳", "refused"};
        case merge::VerdictKind::Late:
            return {"迟到待核", "late, waiting for verification"};
        default:
            return {"已被更新的值取代", "superseded by a later value"};
    }
}

ContentState content_state(Attachments& attachments, const RecordId& record) {
    using State = protocol::ContentState;
    const auto held = attachments.contents.of(record);
    if (held && held->sealed)
        return {"sealed", {"已封存，待送办公室", "sealed, waiting for upload"}};
    if (!held || !held->whole) return {"pending", {"附件待传", "content pending"}};
    if (!attachments.is_upload(record)) return {"here", {"本机有", "here"}};
    for (const Upload& each : attachments.uploads(kUploadsMax)) {
        if (each.record != record) continue;
        const auto state = static_cast<State>(each.state);
        if (state == State::Refused || state == State::Unknown)
            return {"not_taken", {"办公室未收，本机保留", "not taken, kept here"}};
    }
    return {"waiting", {"待上传", "waiting for upload"}};
}

}  // namespace dossier::client
