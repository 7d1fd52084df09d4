#include "server/reading/card.hpp"

#include <algorithm>

#include "common/access/faults.hpp"
#include "common/access/rules.hpp"
#include "common/catalog/activity.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/contact.hpp"
#include "common/catalog/customer.hpp"
#include "common/catalog/review.hpp"
#include "common/merge/refusals.hpp"

#include "server/reading/find.hpp"
#include "server/reading/heard.hpp"
#include "server/reading/view.hpp"

namespace dossier::server {
namespace {

using access::Answer;
using access::Operation;
using catalog::field;
using catalog::kCommunication;
using catalog::kContact;
using catalog::kCustomer;
using catalog::kCustomerFeature;
using catalog::kProposal;

/// The records of a file as they may be copied.
class CardMaker {
  public:
    CardMaker(Office& office, const Asker& asker, const Place& file, const FieldValues& customer)
        : office_(office),
          asker_(asker),
          is_own_(decided(Operation::CopyCard, file, customer, Facet::Main).answer ==
                  Answer::Allow) {}

    /// What may leave of a record; empty for nothing. The first refusal is kept.
    FieldValues leaving(const Place& place, const FieldValues& values) {
        const auto& kind = *catalog::find_kind(place.kind);
        FieldValues left;
        for (const Facet facet : catalog::facets_of(kind)) {
            const auto sight = sight_of(office_, asker_, place, values, facet);
            auto may = sight.permitted ? may_copy(place, values, facet) : sight.permitted;
            if (!may) {
                if (!refusal_) refusal_ = may.error();
                continue;
            }
            for (auto& [tag, value] : catalog::facet_values(kind, facet, values)) {
                const auto& of = *catalog::find_field(kind, tag);
                assign(left, tag,
                       sight.decision.answer == Answer::Mask ? catalog::masked(of, value) : value);
            }
        }
        return left;
    }
    [[nodiscard]] const std::optional<Error>& refusal() const { return refusal_; }

  private:
    access::Decision decided(Operation operation,
                             const Place& place,
                             const FieldValues& values,
                             Facet facet) const {
        return access::decide(office_.people().viewer(asker_.who, office_.now()), operation,
                              office_.people().subject(place, values), facet,
                              {.now = office_.now()});
    }
    Status may_copy(const Place& place, const FieldValues& values, Facet facet) const {
        // What stands on the card of one's own file is what a laptop carries of it.
        const bool carried =
            facet == Facet::Directory || facet == Facet::Main || facet == Facet::Personal;
        if (is_own_ && carried)
            return access::states_purpose(asker_.purpose) ? Status{}
                                                          : fail(access::kFaultPurposeNeeded);
        return access::permit(decided(Operation::Export, place, values, facet), asker_.purpose);
    }

    Office& office_;
    const Asker& asker_;
    std::optional<Error> refusal_;
    bool is_own_;
};

struct Kept {
    Place place;
    FieldValues values;
};
std::vector<Kept> kept_in(Office& office, const Asker& asker, const RecordId& customer) {
    std::vector<Kept> kept;
    for (const Place& place : office.store().file_of(customer)) {
        const auto* kind = catalog::find_kind(place.kind);
        const auto held = office.store().load(place.kind, place.record);
        if (kind == nullptr || !held || is_gone(*held)) continue;
        kept.push_back({place, as_heard(office, asker, *kind, *held)});
    }
    return kept;
}

/// Where on the card the records of a kind stand.
struct Part {
    const catalog::Kind* kind;
    void (*put)(cli::Card& card, FieldValues values);
};
constexpr std::array kParts{
    Part{&kCustomerFeature,
         [](cli::Card& card, FieldValues values) { card.feature = std::move(values); }},
    Part{&kContact,
         [](cli::Card& card, FieldValues values) { card.contacts.push_back(std::move(values)); }},
    Part{&kCommunication,
         [](cli::Card& card, FieldValues values) { card.visits.push_back(std::move(values)); }}};

void fill(cli::Card& card, CardMaker& maker, const std::vector<Kept>& kept) {
    for (const auto& [place, values] : kept) {
        // special: a proposal stands nowhere on the card, it says that the card is not verified.
        if (place.kind == kProposal.tag && text_in(values, kProposal, "state") == "open")
            card.is_unverified = true;
        const auto* part = std::ranges::find_if(
            kParts, [&](const Part& each) { return each.kind->tag == place.kind; });
        if (part == kParts.end()) continue;
        auto left = maker.leaving(place, values);
        if (!left.empty()) part->put(card, std::move(left));
    }
    const auto first = [](const catalog::Field& of) {
        return [&of](const FieldValues& values) { return -number_in(values, of.tag); };
    };
    std::ranges::stable_sort(card.contacts, {}, first(field(kContact, "is_primary")));
    std::ranges::stable_sort(card.visits, {}, first(field(kCommunication, "started_at")));
    card.contacts.resize(std::min(card.contacts.size(), cli::kCardContacts));
    card.visits.resize(std::min(card.visits.size(), cli::kCardVisits));
}

}  // namespace

Result<cli::Card> card_of(Office& office, const Asker& asker, const RecordId& customer) {
    const auto place = office.store().place(customer);
    const auto held = office.store().load(kCustomer.tag, customer);
    if (!place || !held || !may_look_up(office, asker, customer, *held))
        return fail(merge::kUnknownRecord);
    CardMaker maker(office, asker, *place, *held);
    cli::Card card{.customer = customer, .values = maker.leaving(*place, *held)};
    const bool leaves = !card.values.empty();
    note_read(office, asker, "print", *place, leaves);
    if (!leaves) return tl::unexpected(maker.refusal().value_or(Error{&access::kFaultDenied, {}}));
    fill(card, maker, kept_in(office, asker, customer));
    return card;
}

}  // namespace dossier::server
