// Proposals: what waits, what each looks like, and the answers.
#include "common/workflow/proposal.hpp"

#include <array>

#include "common/action/answer.hpp"
#include "common/base/told.hpp"
#include "common/catalog/states.hpp"
#include "common/cli/values.hpp"
#include "common/workflow/step.hpp"

#include "server/actions/ledger.hpp"
#include "server/actions/matters.hpp"
#include "server/actions/shared_inputs.hpp"
#include "server/actions/tables.hpp"
#include "server/actions/tell_hidden.hpp"
#include "server/actions/view.hpp"
#include "server/reading/find.hpp"
#include "server/review/quotes.hpp"

namespace dossier::server {
namespace {

Text proposal_state(std::string_view state) {
    return workflow::label_of(workflow::kControlledChange, state);
}

/// The talk a proposal was learned in; null where there is none.
action::Json evidence_document(Context& context, const ProposalView& view) {
    if (view.evidence.is_none()) return {};
    return {{"id", to_text(view.evidence)},
            {"title", title_of(context.office, context.asker(), view.evidence)}};
}

action::Json proposal_document(Context& context, const ProposalView& view) {
    return {{"number", view.number},
            {"state", view.state},
            {"late", view.late},
            {"kind", std::string(view.kind->name)},
            {"record", to_text(view.about.record)},
            {"title", file_title(context.office, context.asker(), view.about)},
            {"field", std::string(view.field->name)},
            {"old", cli::values_document(*view.kind, view.old_value)},
            {"new", cli::values_document(*view.kind, view.new_value)},
            {"now", cli::values_document(*view.kind, view.now)},
            {"proposed_by", person_name(context.office, context.asker(), view.proposed_by)},
            {"proposed_by_id", to_text(view.proposed_by)},
            {"proposed_at", iso_utc(view.proposed_at)},
            {"evidence", evidence_document(context, view)},
            {"reason", view.reason}};
}

Result<int> proposal_list(Context& context) {
    auto& answer = context.answer;
    action::Table table({say(context, {"编号", "Number"}), say(context, {"客户", "Customer"}),
                         say(context, {"字段", "Field"}), say(context, {"现值", "Now"}),
                         say(context, {"提议值", "Proposed"}), say(context, {"提议人", "By"}),
                         say(context, {"时间", "When"}), say(context, {"状态", "State"})});
    auto list = action::Json::array();
    auto views = list_proposals(context.office, context.actor, which_asked(context));
    tell_hidden(context, hide_in(context.office, context.asker(), views));
    for (const auto& view : views) {
        list.push_back(proposal_document(context, view));
        table.row({std::to_string(view.number),
                   file_title(context.office, context.asker(), view.about),
                   std::string(view.field->label.in(context.lang())),
                   shown_group(context, *view.kind, view.now),
                   shown_group(context, *view.kind, view.new_value),
                   person_name(context.office, context.asker(), view.proposed_by),
                   office_minute(view.proposed_at), say(context, proposal_state(view.state))});
    }
    answer.table(std::move(table));
    answer.document(list);
    return 0;
}

Result<int> proposal_show(Context& context) {
    const auto number = context.inputs.number("number", 0);
    if (!number) return tl::unexpected(number.error());
    auto found = show_proposal(context.office, context.actor, *number, context.purpose);
    if (!found) return pass(found);
    tell_hidden(context, hide_alone(context.office, context.asker(), *found));
    const ProposalView& view = *found;
    auto& answer = context.answer;
    answer.facts(
        {{say(context, {"提议", "Proposal"}),
          std::to_string(view.number) + " " + say(context, proposal_state(view.state))},
         {say(context, {"客户", "Customer"}),
          file_title(context.office, context.asker(), view.about)},
         {say(context, {"字段", "Field"}), std::string(view.field->label.in(context.lang()))},
         {say(context, {"原值", "Old value"}), shown_group(context, *view.kind, view.old_value)},
         {say(context, {"提议值", "Proposed"}), shown_group(context, *view.kind, view.new_value)},
         {say(context, {"现值", "Now"}), shown_group(context, *view.kind, view.now)},
         {say(context, {"提议人", "By"}),
          person_name(context.office, context.asker(), view.proposed_by) + " " +
              office_minute(view.proposed_at)},
         {say(context, {"凭证", "Evidence"}),
          view.evidence.is_none() ? std::string("–")
                                  : title_of(context.office, context.asker(), view.evidence)}});
    if (view.state == catalog::ProposalState::kOpen) {
        const auto text = std::to_string(view.number);
        answer.line({"\n采纳：{do:proposal.accept} {}；拒绝：{do:proposal.refuse} {}",
                     "\nTo accept: {do:proposal.accept} {}; to refuse: {do:proposal.refuse} {}"},
                    {text, text});
    }
    answer.document(proposal_document(context, view));
    return 0;
}

Result<int> proposal_accept(Context& context) {
    return answered(context, {"提议 {} 已采纳并生效", "proposal {} is accepted and in force"},
                    [&](std::uint64_t number) {
                        return accept_proposal(context.office, context.actor, number,
                                               context.inputs.text("reason"));
                    });
}

Result<int> proposal_refuse(Context& context) {
    return answered(context, {"提议 {} 已拒绝", "proposal {} is refused"},
                    [&](std::uint64_t number) {
                        return refuse_proposal(context.office, context.actor, number,
                                               context.inputs.text("reason"));
                    });
}

constexpr std::array kProposalActions{
    Action{"proposal list",
           {"列出变更提议", "list proposals"},
           "dossierd proposal list --as hanm",
           kMatterList,
           Actor::Named,
           Runs::InUnit,
           proposal_list,
           Does::Reads},
    Action{"proposal show",
           {"查看变更提议", "show a proposal"},
           "dossierd proposal show 7 --as hanm",
           kMatterShow,
           Actor::Named,
           Runs::InUnit,
           proposal_show,
           Does::Reads},
    Action{"proposal accept",
           {"采纳变更提议", "accept a proposal"},
           "dossierd proposal accept 7 --as hanm",
           kMatterAnswer,
           Actor::Named,
           Runs::InUnit,
           proposal_accept},
    Action{"proposal refuse",
           {"拒绝变更提议", "refuse a proposal"},
           "dossierd proposal refuse 7 --as hanm --reason 与营业执照不符",
           kMatterAnswer,
           Actor::Named,
           Runs::InUnit,
           proposal_refuse},
};

}  // namespace

std::span<const Action> proposal_actions() {
    return kProposalActions;
}

}  // namespace dossier::server
