// Steps people take of what was asked of them: tasks and requests for documents. A row names kind
// and event by its words; who may and what follows the workflow's own table says.
#include "common/workflow/step.hpp"

#include <algorithm>
#include <array>

#include "common/action/derive.hpp"
#include "common/workflow/machines.hpp"

#include "server/actions/submit.hpp"
#include "server/actions/tables.hpp"
#include "server/reading/find.hpp"
#include "server/reading/records.hpp"

namespace dossier::server {
namespace {

constexpr Input kWhy{"reason", "TEXT", {"理由", "why"}};
constexpr std::array kOneTask{
    Input{"TASK", "", {"待办：说明或标识", "task, by its text or id"}, Give::Required}, kWhy};
constexpr std::array kOneRequest{
    Input{"DOC_REQUEST", "", {"催办单的标识", "id of the request"}, Give::Required}, kWhy};

/// "doc-request fulfil": the kind a row is of, and the event of its workflow.
struct Named {
    const catalog::Kind* kind;
    std::string event;
};
Named named(const Context& context) {
    const auto words = context.action.words;
    const auto gap = words.find(' ');
    std::string event(words.substr(gap + 1));
    std::ranges::replace(event, '-', '_');
    return {action::kind_of_word(words.substr(0, gap)), std::move(event)};
}

Result<int> take_step(Context& context) {
    const auto [kind, event] = named(context);
    const auto& typed = context.inputs.text(action::record_key(*kind));
    const auto id = find_record(context.office, context.asker(), *kind, typed);
    if (!id) return tl::unexpected(id.error());
    const auto title = title_of(context.office, context.asker(), *id);
    if (auto done = submit(context, {event_op(*kind, *id, event)}); !done) return pass(done);
    const auto& machine = *workflow::machine_of(*kind, event);
    const auto values = context.office.store().load(kind->tag, *id).value_or(FieldValues{});
    const auto* state = workflow::state_of(machine, values);
    const Text label = state == nullptr ? Text{} : workflow::label_of(machine, *state);
    context.answer.line({"{} {}：{}", "{} {}: {}"}, {std::string(context.answer.in(kind->label)),
                                                     title, std::string(context.answer.in(label))});
    context.answer.document(
        {{"id", to_text(*id)}, {"state", state == nullptr ? std::string_view() : state->code}});
    return 0;
}

constexpr std::array kStepActions{
    Action{"task finish",
           {"办结待办", "finish a task"},
           "dossierd task finish 核对地址 --as lijg",
           kOneTask,
           Actor::Named,
           Runs::InUnit,
           take_step},
    Action{"task cancel",
           {"取消交给下属的待办", "cancel a task of somebody below"},
           "dossierd task cancel 核对地址 --as zhangw",
           kOneTask,
           Actor::Named,
           Runs::InUnit,
           take_step},
    Action{"doc-request fulfil",
           {"文件已补齐", "the documents were brought"},
           "dossierd doc-request fulfil 01990000-0000-7000-8000-000000000001 --as sunli",
           kOneRequest,
           Actor::Named,
           Runs::InUnit,
           take_step},
    Action{"doc-request withdraw",
           {"撤回催办，须说明理由", "withdraw a request, with a reason"},
           "dossierd doc-request withdraw 01990000-0000-7000-8000-000000000001 --reason 不再需要 "
           "--as sunli",
           kOneRequest,
           Actor::Named,
           Runs::InUnit,
           take_step},
};

}  // namespace

std::span<const Action> step_actions() {
    return kStepActions;
}

}  // namespace dossier::server
