#include "server/intake/intake.hpp"

#include <algorithm>
#include <array>

#include "common/base/reason.hpp"
#include "common/base/text.hpp"
#include "common/catalog/faults.hpp"
#include "common/catalog/wrong.hpp"
#include "common/merge/copies.hpp"
#include "common/merge/derived_id.hpp"
#include "common/merge/faults.hpp"
#include "common/merge/refusals.hpp"

#include "server/intake/absorbed.hpp"
#include "server/intake/absorbed_words.hpp"
#include "server/intake/consents.hpp"
#include "server/intake/copies.hpp"
#include "server/intake/erase.hpp"
#include "server/intake/event_time.hpp"
#include "server/intake/last_holder.hpp"
#include "server/intake/office_records.hpp"
#include "server/intake/presets.hpp"
#include "server/intake/tasks.hpp"
#include "server/intake/trading.hpp"

namespace dossier::server {
namespace {

using merge::OpKind;
using merge::Verdict;
using merge::VerdictKind;

/// Nothing of a changeset takes effect when one op ends like this.
bool stops(const Desk& desk, const Verdict& verdict) {
    if (stands_alone(desk, verdict)) return false;
    return verdict.kind == VerdictKind::Rejected || verdict.kind == VerdictKind::Parked ||
           verdict.reason == merge::kWithheld.id;
}

Verdict admit_op(const Desk& desk, const merge::Op& op) {
    switch (op.kind) {
        case OpKind::Create:
            return admit_create(desk, op);
        case OpKind::Set:
            return admit_set(desk, op);
        case OpKind::Remove:
            return admit_remove(desk, op);
        case OpKind::Event:
            if (desk.from_laptop() && merge::is_copy(op)) return admit_copy(desk, op);
            if (!desk.from_laptop() && op.event == kEraseEvent) return admit_erase(desk, op);
            return admit_event(desk, op);
    }
    return parked(Error{&merge::kUnknownOp, {std::to_string(static_cast<int>(op.kind))}});
}

/// A laptop names a record of which there is only one by what identifies it, and no other so: a
/// name another's record will have is not taken from him.
bool is_rightly_named(const Desk& desk, const merge::Op& op) {
    const auto* kind = op.kind == OpKind::Create ? catalog::find_kind(op.record_kind) : nullptr;
    return kind == nullptr || !desk.from_laptop() ||
           merge::may_be_named(*kind, op.record, op.fields, [&](const RecordId& id) {
               return desk.store.place(id).has_value();
           });
}

/// Times of a clock that was wrong become the office's.
Verdict admit_as_meant(const Desk& desk, const merge::Op& op) {
    const bool erases = op.kind == OpKind::Event && op.event == kEraseEvent;
    if (!erases && speaks_of_erased(desk.store, op) && !merge::is_copy(op))
        return refused(Error{&merge::kUnknownRecord, {}});
    if (!is_rightly_named(desk, op)) return refused(Error{&merge::kExists, {}});
    return admit_repointed(desk, in_office_time(desk, op));
}

FieldValues filled(const Desk& desk, const catalog::Kind& kind, const FieldValues& values) {
    return catalog::with_presets(kind, values, desk.bearer.event_time(), author_of(desk));
}

merge::Held held_in(Store& store) {
    return [&store](const catalog::Kind& kind, const RecordId& id) {
        return store.load(kind.tag, id).value_or(FieldValues{});
    };
}

/// Where a laptop's words come from as far as the office believes it: of what its user did there. A
/// word for what only the office does, or for a decision that decides nothing, is no more than that
/// they came by a sync.
merge::Changeset believed(const merge::Changeset& brought) {
    static constexpr std::array kHis{"sync", "cli", "web", "import"};
    const auto& source = brought.source;
    const bool decides =
        (source == kRuling || source == kVerification) &&
        std::ranges::any_of(brought.ops, [](const merge::Op& op) {
            const auto* kind = catalog::find_kind(op.record_kind);
            return op.kind == OpKind::Event && kind != nullptr && catalog::is_matter(*kind);
        });
    merge::Changeset as_is = brought;
    if (!decides && std::ranges::find(kHis, source) == kHis.end()) as_is.source = kHis.front();
    return as_is;
}

/// The office's own new records of which there is only one, named as laptops name them.
merge::Changeset named_alike(const Desk& desk) {
    merge::Changeset named = desk.changeset;
    merge::name_alike(
        named,
        [&](const catalog::Kind& kind, const FieldValues& values) {
            return filled(desk, kind, values);
        },
        held_in(desk.store));
    return named;
}

}  // namespace

Verdict admit_repointed(const Desk& desk, const merge::Op& op) {
    const Repointed as_meant = repoint(desk, op);
    if (as_meant.answer) return *as_meant.answer;
    Desk about = desk;
    about.absorbed = as_meant.absorbed;
    const Verdict verdict = admit_op(about, as_meant.op);
    const bool meant_other = as_meant.op.record != op.record && op.kind == OpKind::Set;
    if (meant_other && !stops(desk, verdict)) note_absorbed_words(about, op.record, as_meant.op);
    return verdict;
}

std::vector<Verdict> Intake::admit(const Bearer& bearer, const merge::Changeset& given) {
    const Desk desk{store_, people_, ids_, bearer, given};
    const merge::Changeset changeset = desk.from_laptop() ? believed(given) : named_alike(desk);
    auto verdicts = admit_whole(bearer, changeset);
    const bool whole = std::ranges::none_of(
        verdicts, [&](const Verdict& verdict) { return stops(desk, verdict); });
    if (whole) let_in_children(bearer, changeset);
    return verdicts;
}

RecordId Intake::id_of_new(const Bearer& bearer,
                           const catalog::Kind& kind,
                           const FieldValues& values) {
    const merge::Changeset nothing;
    const Desk desk{store_, people_, ids_, bearer, nothing};
    return merge::id_of_new(kind, filled(desk, kind, values), ids_, held_in(store_));
}

std::size_t Intake::mend_tasks(Instant now) {
    people_.forget();
    const Bearer office{.user = {}, .at = now, .now = now};
    const merge::Changeset changeset{.source = "job"};
    return mend_all_tasks({store_, people_, ids_, office, changeset});
}

std::vector<UserId> Intake::holders(access::Role role, Instant now) {
    const Bearer office{.user = {}, .at = now, .now = now};
    const merge::Changeset changeset{.source = "job"};
    return holders_now({store_, people_, ids_, office, changeset}, role);
}

bool Intake::restate(const RecordId& customer, Instant now) {
    const Bearer office{.user = {}, .at = now, .now = now};
    const merge::Changeset changeset{.source = "job"};
    return server::restate({store_, people_, ids_, office, changeset}, customer);
}

Status Intake::may_say(const Bearer& bearer,
                       std::string_view source,
                       const merge::Op& op,
                       const catalog::Field& of) {
    const auto& kind = *catalog::find_kind(op.record_kind);
    const merge::Changeset changeset{.source = std::string(source)};
    const Desk desk{store_, people_, ids_, bearer, changeset};
    if (op.kind == OpKind::Create) {
        const auto* parent = catalog::find_field(kind, kind.parent);
        const auto above =
            parent == nullptr ? std::nullopt : store_.place(record_in(op.fields, parent->tag));
        const RecordId file = catalog::is_file(kind) ? op.record : RecordId{};
        return may_preset(desk, kind, {kind.tag, op.record, above ? above->customer : file},
                          op.fields, of);
    }
    const bool may = desk.is_system() || is_office_kind(kind) || !is_set_by_office(of);
    return may ? Status{} : fail(merge::kServerOnly, catalog::label_of(of));
}

std::vector<Verdict> Intake::admit_whole(const Bearer& bearer, const merge::Changeset& changeset) {
    const Desk desk{store_, people_, ids_, bearer, changeset};
    std::vector<Verdict> verdicts;
    if (!desk.is_system() && changeset.author != bearer.user) {
        verdicts.assign(changeset.ops.size(), refused(Error{&merge::kWrongAuthor, {}}));
        return verdicts;
    }
    if (!is_utf8(changeset.reason) || has_forbidden_character(changeset.reason)) {
        const Error unreadable{&catalog::kForbiddenCharacter,
                               {dossier::pair_of(Text{"理由", "reason"})}};
        verdicts.assign(changeset.ops.size(), refused(unreadable));
        return verdicts;
    }
    store_.mark();
    const auto posts = held_posts(desk);
    bool whole = true;
    for (const merge::Op& op : changeset.ops) {
        verdicts.push_back(admit_as_meant(desk, op));
        whole = whole && !stops(desk, verdicts.back());
        if (!whole) break;
    }
    if (const auto kept = whole ? check_posts(desk, posts) : Status{}; !kept) {
        verdicts.back() = refused(kept.error());
        whole = false;
    }
    if (whole) {
        store_.release_mark();
        return verdicts;
    }
    store_.rollback_to_mark();
    people_.forget();
    remember_made(store_, changeset, bearer.now);
    const Verdict reason = verdicts.back();
    if (reason.reason == merge::kWithheld.id) return wait(bearer, changeset, WaitReason::Right, {});
    if (reason.reason == merge::kOrphan.id)
        return wait(bearer, changeset, WaitReason::Parent,
                    id_from<RecordId>(reason.args.front()).value_or(RecordId{}));
    const std::size_t at = verdicts.size() - 1;
    verdicts.assign(changeset.ops.size(), refused(Error{&merge::kSibling, {}}));
    verdicts[at] = reason;
    Target nothing;
    nothing.place.record = changeset.ops[at].record;
    nothing.kind = catalog::find_kind(changeset.ops[at].record_kind);
    audit(desk, "refused", nothing, "denied", reason.reason);
    return verdicts;
}

}  // namespace dossier::server
