// A new record: where it hangs, what the office fills in, who may make it.
#include "common/access/faults.hpp"
#include "common/base/reason.hpp"
#include "common/catalog/activity.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/customer.hpp"
#include "common/catalog/document.hpp"
#include "common/catalog/faults.hpp"
#include "common/catalog/organisation.hpp"
#include "common/catalog/references.hpp"
#include "common/catalog/states.hpp"
#include "common/merge/derived_id.hpp"
#include "common/merge/faults.hpp"
#include "common/merge/refusals.hpp"

#include "server/intake/absorbed.hpp"
#include "server/intake/approvals.hpp"
#include "server/intake/consents.hpp"
#include "server/intake/consequences.hpp"
#include "server/intake/grants.hpp"
#include "server/intake/numbering.hpp"
#include "server/intake/office_records.hpp"
#include "server/intake/one_flag.hpp"
#include "server/intake/other_half.hpp"
#include "server/intake/presets.hpp"
#include "server/intake/references.hpp"
#include "server/intake/settled.hpp"
#include "server/intake/tasks.hpp"
#include "server/intake/told.hpp"
#include "server/intake/unique.hpp"

namespace dossier::server {
namespace {

using catalog::kCustomer;
using catalog::Kind;
using merge::Verdict;
using merge::VerdictKind;

class Creation {
  public:
    Creation(const Desk& desk, const merge::Op& op, const Kind& kind) : desk_(desk), op_(op) {
        target_.kind = &kind;
        target_.place = {kind.tag, op.record, catalog::is_file(kind) ? op.record : RecordId{}};
    }

    Verdict carry_out() {
        const bool is_there = desk_.store.place(op_.record).has_value();
        if (is_there && !is_only_one()) return refused(Error{&merge::kExists, {}});
        for (const auto& entry : op_.fields) {
            if (catalog::find_field(kind(), entry.tag) == nullptr)
                return parked(Error{&merge::kUnknownField, {std::to_string(entry.tag)}});
        }
        const FieldValues said = given();
        const FieldValues alone = filled_in_alone(desk_, kind(), said);
        if (const auto hung = hang(alone); !hung) return refused(hung.error());
        if (!missing_.is_none()) return waits_for(missing_);
        if (const auto allowed = permit(alone); !allowed) return refused(allowed.error());
        if (const auto may = check_presets(said); !may) return refused(may.error());
        const FieldValues values = filled_in(desk_, kind(), said);
        if (values != alone) {
            if (const auto allowed = permit(values); !allowed) return refused(allowed.error());
        }
        // Who sits at the office sees what there is.
        if (is_there && !desk_.from_laptop()) return refused(merge::one_only(kind(), op_.record));
        if (is_there) return admit_other_half(desk_, target_, op_, said);
        if (const auto known = check_version(values); !known) return refused(known.error());
        if (!missing_.is_none()) return waits_for(missing_);
        late_ = late_ || desk_.bearer.late;
        if (late_ && !desk_.bearer.let_in && !kind().only_adds) return waits();
        FieldValues whole = values;
        if (const auto named = name_people(desk_, kind(), whole); !named)
            return refused(named.error());
        give_number(desk_, kind(), whole);
        keep_flag(desk_, kind(), whole);
        auto valid = catalog::validate_record(kind(), whole, desk_.bearer.latest());
        if (!valid) return refused(valid.error());
        if (const auto unique = check_unique(desk_, target_.place, *valid); !unique)
            return refused(unique.error());
        if (const auto only = check_only(desk_, target_.place, *valid); !only)
            return refused(only.error());
        if (const auto fits = check_references(desk_, kind(), op_.record, *valid); !fits)
            return refused(fits.error());
        if (const auto tree = check_tree(desk_, kind(), op_.record, *valid); !tree)
            return refused(tree.error());
        if (const auto link = check_link(desk_, kind(), op_.record, *valid); !link)
            return refused(link.error());
        if (const auto among = check_among(desk_, kind(), *valid); !among)
            return refused(among.error());
        if (const auto consented = check_consent(desk_, target_, *valid); !consented)
            return refused(consented.error());
        if (const auto open = check_unsettled(desk_, kind(), *valid); !open)
            return refused(open.error());
        target_.values = *valid;
        if (const auto begins = check_beginning(desk_, op_, target_); !begins)
            return refused(begins.error());
        if (const auto arrived = arrive(desk_, op_, target_); !arrived)
            return refused(arrived.error());
        *valid = std::move(target_.values);
        target_.values.clear();
        JournalEntry entry = journal_line(desk_, op_, target_, rank_);
        entry.value = *valid;
        // Who reads the line later is told for which file it was made.
        if (!desk_.absorbed.is_none())
            entry.base = {{catalog::find_field(kind(), kind().parent)->tag, desk_.absorbed}};
        const Fv fv = write_record(desk_, target_, *valid, std::move(entry));
        audit(desk_, "create", target_, "ok", late_ ? "late" : "");
        target_.values = *valid;
        if (is_written_by_office(kind())) open_tasks(desk_, target_);
        tell_people(desk_, target_);
        bring_about(desk_, target_);
        if (const auto asked = await_beginning(desk_, target_); !asked)
            return refused(asked.error());
        return {.kind = VerdictKind::Applied, .fv = fv};
    }

  private:
    /// Another laptop, or a former history of this one, made the same record (other_half.hpp).
    [[nodiscard]] bool is_only_one() const {
        const auto place = desk_.store.place(op_.record);
        return merge::is_derived(op_.record) && place->kind == kind().tag;
    }

    [[nodiscard]] const Kind& kind() const { return *target_.kind; }

    /// What the author gives. Of a laptop's what only the office sets is dropped, not refused: an
    /// older or newer one may send it in good faith.
    [[nodiscard]] FieldValues given() const {
        const bool drops = desk_.from_laptop() && !desk_.is_system() && !is_office_kind(kind());
        FieldValues values;
        for (const auto& [tag, value] : op_.fields) {
            const bool dropped = drops && is_set_by_office(*catalog::find_field(kind(), tag));
            if (!is_empty(value) && !dropped) values.push_back({tag, value});
        }
        return values;
    }

    /// At the office it is refused, for there the author is told at once.
    Status check_presets(const FieldValues& said) const {
        if (desk_.from_laptop()) return {};
        for (const auto& each : said) {
            const auto& of = *catalog::find_field(kind(), each.tag);
            if (auto may = may_preset(desk_, kind(), target_.place, said, of); !may) return may;
        }
        return {};
    }

    /// The customer file it is part of, through its parent.
    Status hang(const FieldValues& values) {
        if (kind().parent.empty()) return {};
        const auto* parent_field = catalog::find_field(kind(), kind().parent);
        const Value* parent = find(values, parent_field->tag);
        const RecordId above = parent == nullptr ? RecordId{} : as_record(*parent);
        if (above.is_none()) return fail(catalog::kRequired, pair_of(parent_field->label));
        const auto place = desk_.store.place(above);
        const auto* found = place ? catalog::find_kind(place->kind) : nullptr;
        if (found == nullptr) return not_here(above);
        if (!catalog::may_name(kind(), *parent_field, *found)) {
            return knows_of(desk_, *place) ? Status(catalog::wrong_target(*parent_field, above))
                                           : not_here(above);
        }
        target_.place.customer = place->customer;
        parent_ = above;
        return {};
    }

    /// What a new version is a version of: a document of the same file. Another file's is as
    /// unknown as one that is nowhere.
    Status check_version(const FieldValues& values) {
        if (kind().version_of.empty()) return {};
        const Value* before = find(values, catalog::find_field(kind(), kind().version_of)->tag);
        if (before == nullptr) return {};
        const auto place = desk_.store.place(as_record(*before));
        const bool same_file =
            place && place->kind == kind().tag && place->customer == target_.place.customer;
        return same_file ? Status{} : not_here(as_record(*before));
    }

    /// For a laptop what is not there and what its author may not know of are one: the child waits.
    Status not_here(const RecordId& above) {
        if (!desk_.from_laptop()) return fail(merge::kUnknownRecord);
        // By the name its author gave it: into what a file was merged is not for everybody.
        missing_ = desk_.absorbed.is_none() ? above : desk_.absorbed;
        return {};
    }

    /// A child is decided by its customer, a log by its person, a customer by itself.
    Status permit(const FieldValues& values) {
        if (desk_.is_system()) {
            rank_ = 100;
            return {};
        }
        if (kind().made_by == catalog::MadeBy::Office) return fail(access::kFaultDenied);
        if (kind().made_by == catalog::MadeBy::Access) {
            if (auto within = within_limits(values); !within) return within;
            return may_manage(desk_.store, desk_.people, desk_.bearer.user, values,
                              desk_.bearer.now);
        }
        const RecordId above = target_.place.customer;
        if (above.is_none() || above == op_.record) return permit_own(values);
        const Place place{kCustomer.tag, above, above};
        const auto customer = desk_.store.load(kCustomer.tag, above);
        if (!customer) return not_here(above);
        Standing standing = standing_of(desk_, place, *customer);
        bool known = is_known_to(desk_, standing, kCustomer);
        const Standing today{desk_.people.subject(place, *customer)};
        if (standing.late && is_known_to(desk_, today, kCustomer) && decided(today)) return {};
        if (known && decided(standing)) return {};
        if (auto before = standing_before_merge(desk_, parent_)) {
            known = known || is_known_to(desk_, *before, kCustomer);
            if (decided(*before)) return {};
        }
        if (auto then = standing_then(desk_, place, *customer);
            then && is_known_to(desk_, *then, kCustomer)) {
            known = true;
            if (decided(*then)) return {};
        }
        if (!known) return not_here(above);
        return fail(access::kFaultDenied);
    }

    Status permit_own(const FieldValues& values) {
        if (decided({desk_.people.subject(target_.place, values)})) return {};
        Standing then{desk_.people.subject(target_.place, values), true};
        if (!desk_.from_laptop()) return fail(access::kFaultDenied);
        then.then = desk_.people.viewer_then(desk_.bearer.user, desk_.bearer.at);
        if (decided(std::move(then))) return {};
        return fail(access::kFaultDenied);
    }

    /// Whether one standing is enough; remembers what it amounts to.
    bool decided(Standing standing) {
        standing.subject.kind = kind().tag;
        const auto decision =
            access::decide(standing.viewer(desk_), access::making(kind()), standing.subject,
                           catalog::facets_of(kind()).front(), standing.context(desk_));
        if (decision.answer != access::Answer::Allow) return false;
        if (!writes_required(standing)) return false;
        late_ = standing.late;
        rank_ = access::rank_of(standing.viewer(desk_), standing.subject);
        return true;
    }

    /// Who may add to a file makes of it what he may write: a payment is not the owner's (domain
    /// 2.1).
    [[nodiscard]] bool writes_required(const Standing& standing) const {
        if (kind().made_by != catalog::MadeBy::File || kind().parent.empty()) return true;
        return std::ranges::all_of(kind().fields, [&](const catalog::Field& of) {
            const bool his = (of.writers & catalog::kOwner) != 0;
            if (!of.required || his || !catalog::is_of_people(of)) return true;
            return access::decide_write(standing.viewer(desk_), standing.subject, of,
                                        standing.context(desk_))
                       .answer != access::Answer::Deny;
        });
    }

    const Desk& desk_;
    const merge::Op& op_;
    Target target_;
    RecordId parent_;
    int rank_ = 0;
    bool late_ = false;
    RecordId missing_;  ///< what it hangs on and is not here, as far as its author may know
};

}  // namespace

Verdict admit_create(const Desk& desk, const merge::Op& op) {
    const Kind* kind = catalog::find_kind(op.record_kind);
    if (kind == nullptr)
        return parked(Error{&merge::kUnknownKind, {std::to_string(op.record_kind)}});
    return Creation(desk, op, *kind).carry_out();
}

}  // namespace dossier::server
