#include "client/intake/intake.hpp"

#include <chrono>

#include "common/catalog/document.hpp"
#include "common/merge/derived_id.hpp"

#include "client/faults.hpp"
#include "client/intake/checked.hpp"
#include "client/intake/take_content.hpp"

namespace dossier::client {
namespace {

bool is_new_attachment(const merge::Op& op) {
    return op.kind == merge::OpKind::Create && catalog::has_content(op.record_kind);
}

RecordId customer_of(const merge::Op& attachment) {
    const auto tag = catalog::field(catalog::kAttachment, "customer_id").tag;
    const Value* customer = find(attachment.fields, tag);
    return customer == nullptr ? RecordId{} : as_record(*customer);
}

merge::Held held_in(Store& store) {
    return [&store](const catalog::Kind& kind, const RecordId& id) {
        return store.replica.load(kind, id).value_or(FieldValues{});
    };
}

/// A record of which there is only one gets the name every laptop gives it.
void name_alike(Store& store, const Checked& checked, merge::Changeset& draft) {
    merge::name_alike(
        draft,
        [&](const catalog::Kind& kind, const FieldValues& values) {
            return checked.with_presets(kind, values);
        },
        held_in(store));
}

}  // namespace

Result<OSeq> Intake::commit(merge::Changeset draft) {
    if (draft.ops.empty()) return fail(kNothingToDo);
    auto identity = store_.meta.identity();
    if (!identity) return pass(identity);
    draft.author = identity->user;
    draft.claimed_at = clock_.now();
    draft.ticks_ms = clock_.ticks_ms();
    draft.schema = catalog::schema_version();
    // A clock that is wrong takes nobody's post away.
    const Instant known = store_.lease.passed(draft.claimed_at);
    auto viewer = people_.viewer(known);
    if (!viewer) return pass(viewer);
    Checked checked(store_, people_, *identity, *viewer, draft.reason, known, draft.claimed_at);
    name_alike(store_, checked, draft);
    for (merge::Op& op : draft.ops) {
        if (auto sound = checked.check(op); !sound) return pass(sound);
        if (!is_new_attachment(op)) continue;
        if (auto held = has_its_content(store_, op.record, op.fields); !held) return pass(held);
    }
    sqlite::Transaction tx(store_.connection());
    const OSeq oseq = store_.outbox.append(draft);
    store_.lease.note(draft.claimed_at);
    for (const merge::Op& op : draft.ops) {
        if (is_new_attachment(op)) store_.attachments.expect_upload(op.record, customer_of(op));
    }
    // Where nothing may be shown, what is written now is for the office alone.
    const bool locked = store_.lease.lock(draft.claimed_at) != Lock::Open;
    if (locked && store_.outbox.seal(oseq)) {
        while (store_.attachments.seal_next()) {
        }
        checked.keep_numbers();
        tx.commit();
        return oseq;
    }
    for (const merge::Op& op : draft.ops) {
        const catalog::Kind& kind = *catalog::find_kind(op.record_kind);
        const auto before = store_.replica.load(kind, op.record);
        store_.replica.lay(kind, op, before ? &*before : nullptr);
    }
    checked.keep_numbers();
    tx.commit();
    return oseq;
}

RecordId Intake::id_of_new(const catalog::Kind& kind, const FieldValues& values, crypto::Ids& ids) {
    const Instant claimed = clock_.now();
    const Instant known = store_.lease.passed(claimed);
    const auto identity = store_.meta.identity();
    const auto viewer = people_.viewer(known);
    // Nothing can be kept then: `commit` says why.
    if (!identity || !viewer) return ids.make<RecordId>();
    const Checked checked(store_, people_, *identity, *viewer, {}, known, claimed);
    return merge::id_of_new(kind, checked.with_presets(kind, values), ids, held_in(store_));
}

access::Subject Intake::subject(const catalog::Kind& kind,
                                const RecordId& record,
                                const FieldValues& values) {
    auto identity = store_.meta.identity();
    const Identity me = identity ? *identity : Identity{};
    access::Viewer nobody;
    nobody.user = me.user;
    Checked checked(store_, people_, me, nobody, {}, now(), clock_.now());
    const auto found = checked.subject(kind, record, values);
    if (found) return *found;
    access::Subject stranger;
    stranger.kind = kind.tag;
    stranger.record = record;
    return stranger;
}

}  // namespace dossier::client
