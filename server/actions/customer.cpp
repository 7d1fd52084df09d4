// Customer files: looking, history, and the workflow events that change who owns them, their
// number and their level.
#include "common/catalog/customer.hpp"

#include <array>

#include "common/action/listing.hpp"
#include "common/catalog/canonical.hpp"
#include "common/merge/refusals.hpp"

#include "server/actions/records.hpp"
#include "server/actions/submit.hpp"
#include "server/actions/tables.hpp"
#include "server/actions/tell_hidden.hpp"
#include "server/actions/view.hpp"
#include "server/reading/find.hpp"
#include "server/reading/search.hpp"
#include "server/review/duplicates.hpp"

namespace dossier::server {
namespace {

using catalog::field;
using catalog::kCustomer;

constexpr Input kWhich{
    "CUSTOMER", "", {"编号、名称或其中一部分", "number, name or a part of it"}, Give::Required};
constexpr Input kReasonOfChange{"reason", "TEXT", {"理由", "reason"}};

// ---- list -----------------------------------------------------------------------------------

constexpr std::array<std::string_view, 6> kCustomerColumns{
    "customer_no", "name", "owner_user_id", "region_id", "file_state", "relation_status"};

/// People call a draft by the number it was made with; to programs that is another field.
std::vector<Listed> as_called(std::vector<Listed> records) {
    static constexpr auto& kNumber = field(kCustomer, "customer_no");
    for (auto& [id, values, hidden] : records) {
        const auto provisional = text_in(values, field(kCustomer, "provisional_no"));
        const bool is_draft = find(values, kNumber.tag) == nullptr && !provisional.empty();
        if (is_draft) assign(values, kNumber.tag, provisional);
    }
    return records;
}

}  // namespace

Result<int> search_customers(Context& context) {
    const auto asked = context.inputs.number("limit", action::kListed);
    if (!asked) return tl::unexpected(asked.error());
    const auto limit = query::limit_from(*asked);
    if (!limit) return tl::unexpected(limit.error());
    const auto search =
        search_files(context.office, context.asker(), context.inputs.text("text"), *limit);
    if (search.unlooked) tell_unlooked(context);
    answer_records(context, kCustomer, kCustomerColumns, as_called(search.records));
    context.answer.document(records_document(kCustomer, search.records));
    return 0;
}

namespace {

// ---- events ---------------------------------------------------------------------------------

constexpr std::array kTransfer{
    kWhich,
    Input{"to", "LOGIN", {"新负责业务员", "new owner"}, Give::Required},
    Input{"region", "CODE", {"同时改到此区域", "also move to this region"}},
    Input{"department", "CODE", {"同时改到此部门", "also move to this department"}},
    kReasonOfChange,
};

Result<int> transfer(Context& context) {
    const auto id = find_customer(context.office, context.asker(), context.inputs.text("customer"));
    if (!id) return tl::unexpected(id.error());
    auto event = event_op(kCustomer, *id, "transfer");
    for (const auto& [name, arg] :
         {std::pair{"owner_user_id", "to"}, std::pair{"region_id", "region"},
          std::pair{"department_id", "department"}}) {
        if (!context.inputs.has(arg)) continue;
        const auto* of = catalog::find_field(kCustomer, name);
        auto value = read_value(context.office, context.asker(), *of, context.inputs.text(arg));
        if (!value) return pass(value);
        assign(event.fields, of->tag, std::move(*value));
    }
    const auto title = title_of(context.office, context.asker(), *id);
    if (auto done = submit(context, {std::move(event)}); !done) return pass(done);
    context.answer.line({"{} 已移交给 {}；原负责人的终端下次同步时清除此档案",
                         "{} now belongs to {}; the laptop of the former owner drops it at its "
                         "next sync"},
                        {title, context.inputs.text("to")});
    context.answer.document({{"id", to_text(*id)}, {"owner", context.inputs.text("to")}});
    return 0;
}

constexpr std::array kEntrust{
    kWhich,
    Input{"to", "LOGIN", {"专责维护人", "custodian"}, Give::Required},
    kReasonOfChange,
};

/// Who keeps up the file of an important customer, beside its owner. Source: R-018.
Result<int> entrust(Context& context) {
    const auto id = find_customer(context.office, context.asker(), context.inputs.text("customer"));
    if (!id) return tl::unexpected(id.error());
    auto event = event_op(kCustomer, *id, "transfer");
    const auto& of = field(kCustomer, "custodian_user_id");
    auto value = read_value(context.office, context.asker(), of, context.inputs.text("to"));
    if (!value) return pass(value);
    assign(event.fields, of.tag, std::move(*value));
    const auto title = title_of(context.office, context.asker(), *id);
    if (auto done = submit(context, {std::move(event)}); !done) return pass(done);
    context.answer.line({"{} 的专责维护人现为 {}", "the custodian of {} is now {}"},
                        {title, context.inputs.text("to")});
    context.answer.document({{"id", to_text(*id)}, {"custodian", context.inputs.text("to")}});
    return 0;
}

constexpr std::array kPost{
    Input{"CUSTOMER",
          "",
          {"编号、名称或其中一部分", "number, name or a part of it"},
          Give::SomeRequired},
    kReasonOfChange,
};

Result<int> post(Context& context) {
    std::vector<merge::Op> ops;
    for (const auto& name : context.inputs.all("customer")) {
        const auto id = find_customer(context.office, context.asker(), name);
        if (!id) return tl::unexpected(id.error());
        ops.push_back(event_op(kCustomer, *id, "post"));
    }
    // What looks like another file is found before the door is asked, which holds it up (C-06).
    const RecordId only = ops.size() == 1 ? ops.front().record : RecordId{};
    const auto scanned = scan_duplicates(context.office, only);
    if (!scanned) return tl::unexpected(scanned.error());
    const auto posted = ops;
    if (auto done = submit(context, std::move(ops)); !done) return pass(done);
    auto list = action::Json::array();
    for (const auto& op : posted) {
        const auto values = context.office.store().load(kCustomer.tag, op.record);
        const auto number =
            text_in(values.value_or(FieldValues{}), field(kCustomer, "customer_no"));
        list.push_back({{"id", to_text(op.record)}, {"customer_no", number}});
        context.answer.line({"{} 已入库，编号 {}", "{} is posted with number {}"},
                            {title_of(context.office, context.asker(), op.record), number});
    }
    const auto pairs = pairs_known(context.office, context.actor, scanned->found);
    if (pairs > 0)
        context.answer.note({"发现疑似重复 {} 对，见 {do:dup.list}",
                             "{} possible duplicates found, see {do:dup.list}"},
                            {std::to_string(pairs)});
    context.answer.document(list);
    return 0;
}

constexpr std::array kCustomerActions{
    Action{"customer transfer",
           {"移交给另一位业务员", "give a file to another owner"},
           "dossierd customer transfer 精密仪器 --to wangf --as zhangw --reason 区域调整",
           kTransfer,
           Actor::Named,
           Runs::InUnit,
           transfer},
    Action{"customer entrust",
           {"指定专责维护人", "name the custodian of a file"},
           "dossierd customer entrust 精密仪器 --to sunli --as zhenghua",
           kEntrust,
           Actor::Named,
           Runs::InUnit,
           entrust},
    Action{"customer post",
           {"入库并编号", "post a file and give it a number"},
           "dossierd customer post 精密仪器 --as hanm",
           kPost,
           Actor::Named,
           Runs::InUnit,
           post},
};

}  // namespace

std::span<const Action> customer_actions() {
    return kCustomerActions;
}

}  // namespace dossier::server
