// What waits outside the door: kept whole, taken in when its parent arrives or a person says so.
// Source: domain C-09, C-24, C-35.
#include <algorithm>

#include "common/catalog/canonical.hpp"
#include "common/catalog/review.hpp"
#include "common/catalog/states.hpp"
#include "common/catalog/value_json.hpp"
#include "common/merge/faults.hpp"
#include "common/merge/refusals.hpp"

#include "protocol/codec.hpp"

#include "server/intake/admission.hpp"
#include "server/intake/candidates.hpp"
#include "server/intake/erase.hpp"
#include "server/intake/matters.hpp"

namespace dossier::server {
namespace {

using catalog::field;
using catalog::kCase;
using merge::Verdict;
using merge::VerdictKind;

constexpr std::size_t kReportedAtOnce = 16;  // at the end of a laptop's push
constexpr std::size_t kLetInAtOnce = 64;

bool is_orphan_case(const FieldValues& values) {
    const Value* given = find(values, field(kCase, "class").tag);
    const Value* state = find(values, field(kCase, "state").tag);
    return given != nullptr && *given == Value{std::string("C-24")} && state != nullptr &&
           *state == Value{std::string(catalog::CaseState::kOpen)};
}

std::optional<RecordId> orphan_case_of(Store& store, const RecordId& record) {
    for (const RecordId& id : store.find(kCase.tag, field(kCase, "record_id").tag, record)) {
        const auto values = store.load(kCase.tag, id);
        if (values && is_orphan_case(*values)) return id;
    }
    return std::nullopt;
}

/// For the clerk: whose it is, and under which number its words wait. They themselves are shown
/// only to those who may let them in.
void open_orphan_case(const Desk& desk, const merge::Op& op, std::uint64_t number) {
    const auto* kind = catalog::find_kind(op.record_kind);
    if (kind == nullptr || kind->parent.empty() || orphan_case_of(desk.store, op.record)) return;
    FieldValues values;
    const auto put = [&](std::string_view name, Value value) {
        assign(values, catalog::find_field(kCase, name)->tag, std::move(value));
    };
    const auto* parent = catalog::find_field(*kind, kind->parent);
    const Value* above = find(op.fields, parent->tag);
    FieldValues named;
    if (above != nullptr) assign(named, parent->tag, *above);
    put("number", static_cast<std::int64_t>(desk.store.next("case")));
    put("class", std::string("C-24"));
    put("entity", std::string(kind->name));
    put("record_id", op.record);
    put("field", std::string(parent->name));
    put("base_value", std::string("{}"));
    put("current_value", std::string("{}"));
    const std::vector<Candidate> candidates{
        {desk.bearer.user, desk.bearer.device, desk.bearer.at, named}};
    put("candidates", candidates_json(*kind, candidates));
    put("state", std::string(catalog::CaseState::kOpen));
    put("opened_at", desk.bearer.now.ms);
    put("due_on", office_date(desk.bearer.now.plus(kReviewTime)));
    put("people",
        catalog::from_elements(field(kCase, "people"), {'"' + to_text(desk.bearer.user) + '"'}));
    put("reason", "orphan: held " + std::to_string(number));
    save_matter(desk, kCase, desk.ids.make<RecordId>(), {}, values);
}

/// By now the record is there, and with it those who may be shown what was said of it.
void close_orphan_case(const Desk& desk, const RecordId& record) {
    const auto id = orphan_case_of(desk.store, record);
    auto values = id ? desk.store.load(kCase.tag, *id) : std::nullopt;
    if (!values) return;
    const RecordId customer = desk.store.place(record).value_or(Place{}).customer;
    if (!customer.is_none()) assign(*values, field(kCase, "customer_id").tag, customer);
    assign(*values, field(kCase, "state").tag, std::string(catalog::CaseState::kAuto));
    assign(*values, field(kCase, "resolution").tag, std::string("let_in"));
    assign(*values, field(kCase, "resolved_at").tag, desk.bearer.now.ms);
    save_matter(desk, kCase, *id, customer, *values);
}

Bearer bearer_of(const WithheldRow& row, Instant now) {
    return {.user = row.user,
            .device = row.device,
            .oseq = row.oseq,
            .at = row.at,
            .now = now,
            .epoch = row.epoch};
}

/// His right had not ended: it was refused, and its author, who cannot be shown it, is told so.
const Fault& not_taken(const merge::Changeset& changeset) {
    const bool steps = std::ranges::any_of(
        changeset.ops, [](const merge::Op& op) { return op.kind == merge::OpKind::Event; });
    return steps ? merge::kStepNotTaken : merge::kNotTaken;
}

/// As a whole: some of it may stand alone (C-32).
bool is_refused(const std::vector<Verdict>& verdicts) {
    return !verdicts.empty() && std::ranges::all_of(verdicts, [](const Verdict& verdict) {
        return verdict.kind == VerdictKind::Rejected;
    });
}

}  // namespace

Verdict waits() {
    return {.kind = VerdictKind::Late, .reason = std::string(merge::kWithheld.id)};
}

Verdict waits_for(const RecordId& record) {
    return {.kind = VerdictKind::Parked,
            .reason = std::string(merge::kOrphan.id),
            .args = {to_text(record)}};
}

bool is_awaited(const Desk& desk, const RecordId& record) {
    return desk.from_laptop() && desk.store.waiting_maker(desk.bearer.device, record).has_value();
}

std::vector<std::pair<RecordId, Bytes>> made_by(const merge::Changeset& changeset) {
    std::vector<std::pair<RecordId, Bytes>> made;
    for (const merge::Op& op : changeset.ops) {
        if (op.kind != merge::OpKind::Create) continue;
        Bytes how;
        // Its content may come before anybody let it in.
        if (catalog::has_content(op.record_kind))
            how = protocol::encode_changeset({.author = changeset.author, .ops = {op}});
        made.emplace_back(op.record, std::move(how));
    }
    return made;
}

std::vector<Verdict> Intake::wait(const Bearer& bearer,
                                  const merge::Changeset& changeset,
                                  WaitReason why,
                                  const RecordId& for_record) {
    if (speaks_of_erased(store_, changeset)) {
        remember_made(store_, changeset, bearer.now);
        return std::vector<Verdict>(changeset.ops.size(),
                                    refused(Error{&merge::kUnknownRecord, {}}));
    }
    const auto number = store_.withhold({.device = bearer.device,
                                         .epoch = bearer.epoch,
                                         .oseq = bearer.oseq,
                                         .user = bearer.user,
                                         .at = bearer.at,
                                         .received_at = bearer.now,
                                         .why = why,
                                         .waits_for = for_record,
                                         .body = protocol::encode_changeset(changeset),
                                         .made = made_by(changeset)});
    const Desk desk{store_, people_, ids_, bearer, changeset};
    Target target;
    target.place.record = changeset.ops.empty() ? RecordId{} : changeset.ops.front().record;
    audit(desk, "withheld", target, "ok", std::to_string(number));
    Verdict verdict = waits_for(for_record);
    if (why != WaitReason::Parent) {
        verdict = waits();
        if (why == WaitReason::Refused) verdict.reason = not_taken(changeset).id;
        verdict.args = {std::to_string(number)};
    }
    std::vector<Verdict> verdicts;
    verdicts.assign(changeset.ops.size(), verdict);
    return verdicts;
}

std::vector<Verdict> Intake::withhold(const Bearer& bearer,
                                      const merge::Changeset& changeset,
                                      WaitReason why) {
    return wait(bearer, changeset, why, {});
}

Result<std::vector<Verdict>> Intake::let_in(std::uint64_t number, Instant now) {
    const auto row = store_.withheld(number);
    if (!row || row->settled_at.ms != 0) return fail(kNotWaiting, std::to_string(number));
    const auto changeset = protocol::decode_changeset(row->body);
    if (!changeset) return tl::unexpected(changeset.error());
    Bearer bearer = bearer_of(*row, now);
    bearer.let_in = true;
    auto verdicts = admit(bearer, *changeset);
    if (is_refused(verdicts)) return verdicts;
    store_.settle_withheld(number, now);
    if (!changeset->ops.empty()) {
        const Desk desk{store_, people_, ids_, bearer, *changeset};
        close_orphan_case(desk, changeset->ops.front().record);
    }
    return verdicts;
}

/// Some of them at once; a laptop may have brought thousands that wait for one record.
void Intake::let_in_children(const Bearer& bearer, const merge::Changeset& changeset) {
    std::uint64_t waiting = 0;
    for (const merge::Op& op : changeset.ops) {
        if (op.kind == merge::OpKind::Create) waiting += store_.note_arrived(op.record);
    }
    // What the children bring in with them comes after them.
    if (waiting > 0 && !letting_in_) let_in_arrived(bearer.now);
}

bool Intake::let_in_arrived(Instant now) {
    struct Inside {
        explicit Inside(bool& flag) : flag_(flag) { flag_ = true; }
        ~Inside() { flag_ = false; }
        Inside(const Inside&) = delete;
        Inside& operator=(const Inside&) = delete;
        bool& flag_;
    };
    const Inside inside(letting_in_);
    std::size_t room = kLetInAtOnce;
    while (room > 0) {
        const auto rows = store_.take_arrived(room);
        if (rows.empty()) return false;
        room -= rows.size();
        for (const WithheldRow& row : rows) let_in_child(row, now);
    }
    return true;
}

void Intake::let_in_child(const WithheldRow& row, Instant now) {
    const auto waited = protocol::decode_changeset(row.body);
    if (!waited || waited->ops.empty()) return;
    // It stays findable when it is refused now: as a case of its author's.
    store_.settle_withheld(row.number, now);
    const Bearer then = bearer_of(row, now);
    const Desk desk{store_, people_, ids_, then, *waited};
    if (is_refused(admit(then, *waited)))
        open_orphan_case(desk, waited->ops.front(), row.number);
    else
        close_orphan_case(desk, waited->ops.front().record);
}

void Intake::report_orphans(Instant now) {
    for (const WithheldRow& row :
         store_.orphans_unreported(now.plus(-kReviewTime), kReportedAtOnce)) {
        store_.note_reported(row.number);
        const auto waited = protocol::decode_changeset(row.body);
        if (!waited || waited->ops.empty()) continue;
        const Bearer then = bearer_of(row, now);
        open_orphan_case({store_, people_, ids_, then, *waited}, waited->ops.front(), row.number);
    }
}

std::size_t Intake::read_withheld(std::size_t limit) {
    auto rows = store_.withheld_unread(limit);
    for (WithheldRow& row : rows) {
        if (const auto waited = protocol::decode_changeset(row.body)) row.made = made_by(*waited);
        store_.note_made(row);
    }
    return rows.size();
}

}  // namespace dossier::server
