#include "server/cli/quotes.hpp"

#include "common/catalog/review.hpp"

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

/// Hides what the acting person does not see of the matters handed to it, and counts.
class Quotes {
  public:
    Quotes(Context& context, Noted noted) : context_(context), noted_(noted) {}

    template <class View>
    void show(View& view, FieldValues* more = nullptr) {
        const auto held = context_.office.store()
                              .load(view.about.kind, view.about.record)
                              .value_or(FieldValues{});
        const auto sight =
            sight_of(context_, view.about, held, catalog::facet_of(*view.kind, *view.field));
        hidden_ += sight.permitted ? 0U : 1U;
        if (sight.permitted && sight.decision.purpose_needed && noted_ == Noted::NotYet)
            context_.office.note_read(context_.actor, "view", matter_of(view),
                                      context_.globals.purpose, true);
        auto quotes = quotes_in(view);
        if (more != nullptr) quotes.push_back(more);
        for (FieldValues* each : quotes) *each = as_shown(context_, view.about, held, *each);
    }

    void tell() const {
        if (hidden_ > 0)
            context_.console.note({"有 {} 项引用机密资料，其值未显示：加 --purpose 后显示",
                                   "{} quote confidential values, which are hidden: say --purpose"},
                                  {std::to_string(hidden_)});
    }

  private:
    Context& context_;
    Noted noted_;
    std::size_t hidden_ = 0;
};

}  // namespace

template <class View>
View shown_alone(Context& context, View view) {
    Quotes quotes(context, Noted::Already);
    quotes.show(view);
    quotes.tell();
    return view;
}

template <class View>
std::vector<View> shown_list(Context& context, std::vector<View> views) {
    Quotes quotes(context, Noted::NotYet);
    for (View& view : views) quotes.show(view);
    quotes.tell();
    return views;
}

Batch shown_batch(Context& context, Batch batch) {
    Quotes quotes(context, Noted::NotYet);
    for (BatchItem& item : batch.items) quotes.show(item.view, &item.value);
    quotes.tell();
    return batch;
}

template CaseView shown_alone(Context& context, CaseView view);
template ProposalView shown_alone(Context& context, ProposalView view);
template std::vector<CaseView> shown_list(Context& context, std::vector<CaseView> views);
template std::vector<ProposalView> shown_list(Context& context, std::vector<ProposalView> views);

}  // namespace dossier::server
