// Conflicts about own edits, as the office sent them.
#include <array>

#include "common/catalog/review.hpp"
#include "common/catalog/states.hpp"

#include "client/actions/tables.hpp"
#include "client/actions/view.hpp"
#include "client/reading/cases.hpp"
#include "client/reading/find.hpp"

namespace dossier::client {
namespace {

using catalog::field;
using catalog::kCase;

constexpr std::size_t kCasesListed = 200;

constexpr std::array kCaseList{Input{"all", "", {"含已处理", "also settled ones"}, Give::Flag}};
constexpr std::array kCaseShow{Input{"NUMBER", "", {"编号", "the number"}, Give::Required}};

Result<int> list_cases(Context& context) {
    Query query{.kind = &kCase,
                .order_by = &field(kCase, "number"),
                .descending = true,
                .limit = kCasesListed};
    if (!context.inputs.has("all"))
        query.where = {{field(kCase, "state").tag, std::string(catalog::CaseState::kOpen)}};
    const auto ids = context.store.replica.select(query);
    if (ids.empty()) {
        context.answer.line(Text{"没有待处理的冲突", "no open case"});
    } else {
        context.answer.table(cases_table(context.store, context.asker(), ids));
    }
    context.answer.document({{"cases", records_document(context.store, kCase, ids)}});
    note_as_of(context);
    return 0;
}

Result<int> show_case(Context& context) {
    const auto id = find_case(context.store, context.inputs.text("number"));
    if (!id) return tl::unexpected(id.error());
    const auto values = context.store.replica.load(kCase, *id).value_or(FieldValues{});
    context.answer.facts(case_facts(context.store, context.asker(), values).lines);
    context.answer.document({{"case", records_document(context.store, kCase, std::array{*id})}});
    note_as_of(context);
    return 0;
}

}  // namespace

std::span<const Action> case_actions() {
    static constexpr std::array kActions{
        Action{"case list",
               {"与我有关的冲突", "conflicts about my edits"},
               "dossier case list --all",
               kCaseList,
               Needs::Reading,
               list_cases},
        Action{"case show",
               {"查看一条冲突：基准、中央值、候选值、裁决",
                "show a case: base, office, candidates, ruling"},
               "dossier case show 3",
               kCaseShow,
               Needs::Reading,
               show_case},
    };
    return kActions;
}

}  // namespace dossier::client
