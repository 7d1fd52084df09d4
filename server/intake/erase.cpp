#include "server/intake/erase.hpp"

#include <algorithm>
#include <set>

#include "common/access/faults.hpp"
#include "common/access/rules.hpp"
#include "common/catalog/contact.hpp"
#include "common/catalog/customer.hpp"
#include "common/catalog/references.hpp"
#include "common/merge/faults.hpp"
#include "common/merge/refusals.hpp"

#include "protocol/codec.hpp"

#include "server/intake/admission.hpp"
#include "server/intake/office_records.hpp"

namespace dossier::server {
namespace {

using catalog::Belongs;
using catalog::Field;
using catalog::Kind;

constexpr std::array kErasable{&catalog::kCustomer, &catalog::kContact};
constexpr std::uint16_t kLegalHoldTag = 7;  // common_fields.hpp
constexpr std::size_t kReasonMin = 4;

/// A record with everything that hangs on it or is about it, in the order it was found.
class Whole {
  public:
    Whole(Store& store, const Place& root) : store_(store) {
        add(root);
        for (std::size_t at = 0; at < places_.size(); ++at) around(Place(places_[at]));
    }
    [[nodiscard]] const std::vector<Place>& places() const { return places_; }

  private:
    void add(const Place& place) {
        if (seen_.insert(place.record).second) places_.push_back(place);
    }

    void around(const Place& place) {
        if (catalog::is_file(place.kind)) {
            for (const Place& member : store_.file_of(place.record)) add(member);
        }
        const Kind& named = *catalog::find_kind(place.kind);
        for (const Kind* kind : catalog::kinds()) {
            for (const Field* field : catalog::all_fields(*kind)) {
                if (!takes_along(*kind, *field, named)) continue;
                for (const RecordId& id : store_.find(kind->tag, field->tag, place.record)) {
                    if (const auto found = store_.place(id)) add(*found);
                }
            }
        }
    }

    /// Whether a record of `kind` goes with the record this field of it names: its parent, the file
    /// it was merged into, what a case or a merge is about, the customer of a line of a log.
    static bool takes_along(const Kind& kind, const Field& field, const Kind& named) {
        if (field.type != catalog::Type::Ref || !catalog::may_name(kind, field, named))
            return false;
        // Files alone are merged, and the field has no index.
        if (field.tag == catalog::kMergedInto) return kind.parent.empty();
        if (field.name == kind.parent) return true;
        if (field.tag <= catalog::kCommonTagMax || named.belongs != Belongs::Customer) return false;
        return is_written_by_office(kind) || kind.belongs == Belongs::Person;
    }

    Store& store_;
    std::vector<Place> places_;
    std::set<RecordId> seen_;
};

/// Of an answer to a changeset: the values it quotes to say what was wrong with them.
std::optional<Bytes> without_values(ByteView stored) {
    auto verdicts = protocol::decode_verdicts(stored);
    if (!verdicts) return Bytes(stored.begin(), stored.end());
    for (merge::Verdict& verdict : *verdicts) {
        const bool quotes =
            verdict.reason.starts_with("field.") || verdict.reason == merge::kNotUnique.id;
        if (quotes) verdict.args.clear();
    }
    return protocol::encode_verdicts(*verdicts);
}

Status may_erase(const Desk& desk, const Target& target) {
    if (!desk.is_system() && character_count(desk.changeset.reason) < kReasonMin)
        return fail(access::kFaultPurposeNeeded);
    if (auto allowed = may(desk, access::Operation::Erase, target.place, target.values,
                           catalog::facets_of(*target.kind).front());
        !allowed)
        return allowed;
    if (dossier::number_in(target.values, kLegalHoldTag) != 0) return fail(merge::kLegalHold);
    return {};
}

/// Of a record that is not here: by the role alone.
bool may_erase_unseen(const Desk& desk, const Place& place) {
    if (desk.is_system()) return true;
    access::Subject subject;
    subject.kind = place.kind;
    subject.record = subject.customer = place.record;
    const auto& viewer = desk.people.viewer(desk.bearer.user, desk.bearer.now);
    return access::decide(viewer, access::Operation::Erase, subject, Facet::Directory,
                          {.now = desk.bearer.now})
               .answer == access::Answer::Allow;
}

/// Takes what is held outside apart: words about what was erased go, others stay.
void clear_withheld(const Desk& desk) {
    Store& store = desk.store;
    store.rewrite_withheld([&](ByteView body) -> std::optional<Bytes> {
        const Bytes kept(body.begin(), body.end());
        auto changeset = protocol::decode_changeset(body);
        if (!changeset || !speaks_of_erased(store, *changeset)) return kept;
        remember_made(store, *changeset, desk.bearer.now);
        std::erase_if(changeset->ops, [&](const merge::Op& op) {
            const bool speaks = speaks_of_erased(store, op);
            if (speaks) store.contents().drop(op.record);
            return speaks;
        });
        if (changeset->ops.empty()) return std::nullopt;
        return protocol::encode_changeset(*changeset);
    });
}

}  // namespace

bool speaks_of_erased(Store& store, const merge::Op& op) {
    if (store.erased(op.record)) return true;
    const auto* kind = catalog::find_kind(op.record_kind);
    const auto* parent = kind == nullptr || kind->parent.empty()
                             ? nullptr
                             : catalog::find_field(*kind, kind->parent);
    const Value* above = parent == nullptr ? nullptr : find(op.fields, parent->tag);
    return above != nullptr && store.erased(as_record(*above)).has_value();
}

bool speaks_of_erased(Store& store, const merge::Changeset& changeset) {
    return std::any_of(changeset.ops.begin(), changeset.ops.end(),
                       [&](const merge::Op& op) { return speaks_of_erased(store, op); });
}

void remember_made(Store& store, const merge::Changeset& changeset, Instant now) {
    for (const merge::Op& op : changeset.ops) {
        // Of a record that is here nobody gets rid by naming it in words that are refused.
        if (op.kind != merge::OpKind::Create || store.place(op.record)) continue;
        if (!speaks_of_erased(store, op)) continue;
        store.note_erased({.record = op.record, .kind = op.record_kind, .with = {}, .at = now});
    }
}

merge::Verdict admit_erase(const Desk& desk, const merge::Op& op) {
    Store& store = desk.store;
    Target target;
    target.kind = catalog::find_kind(op.record_kind);
    const bool erasable = std::any_of(kErasable.begin(), kErasable.end(),
                                      [&](const Kind* kind) { return kind == target.kind; });
    if (!erasable) return parked(Error{&merge::kUnknownEvent, {std::string(kEraseEvent)}});
    target.place = store.place(op.record).value_or(Place{op.record_kind, op.record, {}});
    auto values =
        target.place.kind == op.record_kind ? store.load(op.record_kind, op.record) : std::nullopt;
    const ErasedRow root{op.record, op.record_kind, op.record, desk.bearer.now, desk.bearer.user};
    if (!values) {
        if (desk.changeset.source != kFromRegister || !may_erase_unseen(desk, target.place))
            return refused(Error{&merge::kUnknownRecord, {}});
        store.note_erased(root);
        clear_withheld(desk);
        audit(desk, kEraseEvent, target, "ok", "0");
        return {.kind = merge::VerdictKind::Applied};
    }
    target.values = std::move(*values);
    // What it said lives on in the file it was merged into: that one is to be named.
    if (find(target.values, catalog::kMergedInto) != nullptr)
        return refused(Error{&merge::kRemoved, {}});
    if (const auto allowed = may_erase(desk, target); !allowed) return refused(allowed.error());
    const Whole whole(store, target.place);
    for (const Place& place : whole.places()) {
        ErasedRow row = root;
        row.record = place.record;
        row.kind = place.kind;
        store.note_erased(row);
        store.erase(place);
    }
    clear_withheld(desk);
    store.rewrite_verdicts(without_values);
    audit(desk, kEraseEvent, target, "ok", std::to_string(whole.places().size()));
    return {.kind = merge::VerdictKind::Applied};
}

}  // namespace dossier::server
