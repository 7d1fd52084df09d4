#include "server/review/quotes.hpp"

#include "common/catalog/review.hpp"

#include "server/reading/view.hpp"

namespace dossier::server {
namespace {

Place matter_of(const CaseView& view) {
    return {catalog::kCase.tag, view.id, view.about.customer};
}
Place matter_of(const ProposalView& view) {
    return {catalog::kProposal.tag, view.id, view.about.customer};
}

std::vector<FieldValues*> quotes_in(CaseView& view) {
    std::vector<FieldValues*> all{&view.base, &view.current, &view.now, &view.resolved};
    for (Candidate& candidate : view.candidates) all.push_back(&candidate.value);
    return all;
}
std::vector<FieldValues*> quotes_in(ProposalView& view) {
    return {&view.old_value, &view.new_value, &view.now};
}

enum class Noted : std::uint8_t { Already, NotYet };

/// 1 when the asker does not see the disputed field.
template <class View>
std::size_t hide(
    Office& office, const Asker& asker, View& view, Noted noted, FieldValues* more = nullptr) {
    const auto held =
        office.store().load(view.about.kind, view.about.record).value_or(FieldValues{});
    const auto sight =
        sight_of(office, asker, view.about, held, catalog::facet_of(*view.kind, *view.field));
    if (sight.permitted && sight.decision.purpose_needed && noted == Noted::NotYet)
        note_read(office, asker, "view", matter_of(view), true);
    auto quotes = quotes_in(view);
    if (more != nullptr) quotes.push_back(more);
    for (FieldValues* each : quotes) *each = as_shown(office, asker, view.about, held, *each);
    return sight.permitted ? 0 : 1;
}

}  // namespace

template <class View>
std::size_t hide_alone(Office& office, const Asker& asker, View& view) {
    return hide(office, asker, view, Noted::Already);
}

template <class View>
std::size_t hide_in(Office& office, const Asker& asker, std::vector<View>& views) {
    std::size_t hidden = 0;
    for (View& view : views) hidden += hide(office, asker, view, Noted::NotYet);
    return hidden;
}

std::size_t hide_in(Office& office, const Asker& asker, Batch& batch) {
    std::size_t hidden = 0;
    for (BatchItem& item : batch.items)
        hidden += hide(office, asker, item.view, Noted::NotYet, &item.value);
    return hidden;
}

template std::size_t hide_alone(Office& office, const Asker& asker, CaseView& view);
template std::size_t hide_alone(Office& office, const Asker& asker, ProposalView& view);
template std::size_t hide_in(Office& office, const Asker& asker, std::vector<CaseView>& views);
template std::size_t hide_in(Office& office, const Asker& asker, std::vector<ProposalView>& views);

}  // namespace dossier::server
