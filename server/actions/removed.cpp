// What was removed from a customer's file is still there: listed, and put back by who may rule.
#include "server/actions/removed.hpp"

#include <array>

#include "common/action/answer.hpp"
#include "common/catalog/canonical.hpp"
#include "common/merge/refusals.hpp"

#include "server/actions/submit.hpp"
#include "server/actions/view.hpp"
#include "server/reading/find.hpp"

namespace dossier::server {
namespace {

using catalog::kDeletedAt;

inline constexpr Fault kNotRemoved{"removed.not",
                                   ErrorCode::NotFound,
                                   {"{} 没有被删除", "{} is not removed"},
                                   {"查看 {do:removed.list}", "see {do:removed.list}"}};

Result<int> removed_list(Context& context) {
    const auto customer =
        find_customer(context.office, context.asker(), context.inputs.text("customer"));
    if (!customer) return tl::unexpected(customer.error());
    auto& answer = context.answer;
    const auto say = [&](const Text& text) { return std::string(answer.in(text)); };
    action::Table table(
        {say({"删除时间", "Removed"}), say({"类型", "Kind"}), say({"题名", "Title"}), "ID"});
    auto document = action::Json::array();
    for (const Place& place : context.office.store().file_of(*customer)) {
        const auto* kind = catalog::find_kind(place.kind);
        const auto row = context.office.store().load(place.kind, place.record);
        const Value* gone = row ? find(*row, kDeletedAt) : nullptr;
        if (kind == nullptr || gone == nullptr) continue;
        const auto visible = read_record(context.office, context.asker(), place, "view");
        if (!visible) continue;
        const auto* title = catalog::find_field(*kind, kind->title);
        const Instant at{as_number(*gone).value_or(0)};
        const auto name = title == nullptr ? std::string() : text_in(visible->values, *title);
        table.row({office_minute(at), say(kind->label), name, to_text(place.record)});
        document.push_back({{"id", to_text(place.record)},
                            {"kind", kind->name},
                            {"title", name},
                            {"removed_at", iso_utc(at)}});
    }
    answer.table(std::move(table));
    answer.document(document);
    return 0;
}

Result<int> restore(Context& context) {
    const auto id = id_from<RecordId>(context.inputs.text("id"));
    auto& store = context.office.store();
    const auto place = id ? store.place(*id) : std::nullopt;
    const auto values = place ? store.load(place->kind, *id) : std::nullopt;
    if (!values) return fail(merge::kUnknownRecord);
    if (const auto visible = read_record(context.office, context.asker(), *place, "view"); !visible)
        return fail(merge::kUnknownRecord);
    if (find(*values, kDeletedAt) == nullptr) return fail(kNotRemoved, to_text(*id));
    // A ruling: who may decide whether it goes may decide that it stays.
    const auto* kind = catalog::find_kind(place->kind);
    merge::Changeset changeset{.reason = context.inputs.text("reason"),
                               .source = "ruling",
                               .ops = {set_op(*kind, *id, *values, "deleted_at", Value{})}};
    if (auto done = context.office.change(context.actor, std::move(changeset)); !done)
        return pass(done);
    context.answer.line({"已恢复：{}", "restored: {}"}, {to_text(*id)});
    context.answer.document({{"id", to_text(*id)}, {"removed", false}});
    return 0;
}

constexpr std::array kRemovedList{Input{
    "CUSTOMER", "", {"编号、名称或其中一部分", "number, name or a part of it"}, Give::Required}};
constexpr std::array kRestore{
    Input{"ID",
          "",
          {"{do:removed.list} 最后一列", "what stands last in {do:removed.list}"},
          Give::Required},
    Input{"reason", "TEXT", {"理由", "why"}, Give::Required}};

constexpr std::array kRemovedActions{
    Action{"removed list",
           {"列出客户档案中已删除的记录", "what was removed from a customer's file"},
           "dossierd removed list 明润 --as hanm",
           kRemovedList,
           Actor::Named,
           Runs::InUnit,
           removed_list,
           Does::Reads},
    Action{"removed restore",
           {"恢复已删除的记录", "put a removed record back"},
           "dossierd removed restore 0190f3a9-… --as hanm --reason 误删",
           kRestore,
           Actor::Named,
           Runs::InUnit,
           restore},
};

}  // namespace

std::span<const Action> removed_actions() {
    return kRemovedActions;
}

}  // namespace dossier::server
