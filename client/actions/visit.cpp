// Visits and other communications.
#include <array>

#include "common/access/slip.hpp"
#include "common/catalog/activity.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/customer.hpp"
#include "common/catalog/structure.hpp"
#include "common/cli/table.hpp"

#include "client/actions/given.hpp"
#include "client/actions/save.hpp"
#include "client/actions/tables.hpp"
#include "client/actions/view.hpp"
#include "client/intake/drafts.hpp"
#include "client/reading/find.hpp"
#include "client/reading/titles.hpp"

namespace dossier::client {
namespace {

using catalog::field;
using catalog::kCommunication;
using catalog::kCustomer;

constexpr std::size_t kNarrow = 24;
constexpr std::size_t kWide = 36;

constexpr Input kVisit{"VISIT",
                       "",
                       {"{do:visit.list} 最后一列的标识", "what stands last in {do:visit.list}"},
                       Give::Required};
constexpr Input kWith{"with",     "CONTACT", {"对方人员（可重复）", "their people (repeat)"},
                      Give::Many, 0,         &field(kCommunication, "contact_ids")};
constexpr std::array kVisitAdd{
    // The field is an input too: what is written without its name goes there.
    Input{.name = "TEXT",
          .value = "",
          .help = {"内容，- 从标准输入读", "what was talked about; - reads standard input"},
          .give = Give::Many,
          .means = Means::Long},
    Input{"customer",
          "CUSTOMER",
          {"客户：编号、名称、拼音或首字母", "the customer: number, name, pinyin or initials"},
          Give::Required,
          'c'},
    kWith,
    Input{"changes",
          "FIELD=VALUE",
          {"从这次沟通得知的客户资料：字段=值；可重复",
           "what was learned of the customer: field=value; may be repeated"},
          Give::Many},
};
constexpr std::array kVisitList{
    Input{"customer", "CUSTOMER", {"只看某客户", "of one customer"}, Give::Optional, 'c'},
    Input{"limit", "N", {"最多条数，默认 50", "at most so many, 50 by default"}},
};
constexpr std::array kVisitShow{kVisit};
constexpr std::array kVisitAmend{
    kVisit,
    Input{.name = "add",
          .value = "TEXT",
          .help = {"追加到内容，7 天后追加为备注（- 从标准输入读）",
                   "add to the content, after 7 days as a remark (- reads standard input)"},
          .means = Means::Long},
    kWith,
    kReason,
};
constexpr std::array kVisitRemove{kVisit, kReason};

/// What the visit showed of the customer, as edits of his file: they go with the visit, which is
/// their evidence at the office.
Result<std::vector<merge::Op>> learned_ops(Context& context, const RecordId& customer) {
    const auto& pairs = context.inputs.all("changes");
    if (pairs.empty()) return std::vector<merge::Op>{};
    auto values = given_pairs(context, kCustomer, pairs, customer);
    if (!values) return pass(values);
    const auto seen = context.store.replica.seen(kCustomer, customer);
    return seen ? edit(kCustomer, customer, *seen, *values) : std::vector<merge::Op>{};
}

Result<int> add_visit(Context& context) {
    auto customer = find_customer(context.store, context.asker(), context.inputs.text("customer"));
    if (!customer) return pass(customer);
    auto values = given_values(context, kCommunication, *customer);
    if (!values) return pass(values);
    assign(*values, field(kCommunication, "customer_id").tag, *customer);
    if (context.inputs.has("text")) {
        if (auto content = put(context, *values, field(kCommunication, "content"),
                               context.inputs.joined("text"));
            !content)
            return pass(content);
    }
    const auto id = context.new_id();
    std::vector<merge::Op> ops{new_record(kCommunication, id, *values)};
    auto learned = learned_ops(context, *customer);
    if (!learned) return pass(learned);
    ops.insert(ops.end(), learned->begin(), learned->end());
    return save(context, ops, {"拜访记录", "visit"},
                title_of(context.store, context.asker(), *customer), id);
}

std::string join(std::string first, const std::string& second) {
    if (first == "-") return second;
    return second == "-" ? first : std::move(first) + " " + second;
}

action::Table table_of(Context& context, const std::vector<RecordId>& ids) {
    action::Table table{{context.say({"时间", "When"}), context.say({"客户", "Customer"}),
                         context.say({"方式", "Kind"}), context.say({"内容", "Content"}),
                         context.say({"下一步", "Next"}), context.say({"同步", "Sync"}),
                         context.say({"标识", "Id"})}};
    for (const RecordId& id : ids) {
        const auto values = context.store.replica.load(kCommunication, id).value_or(FieldValues{});
        const auto shown = [&](std::string_view name) {
            return shown_in(context.store, context.asker(), kCommunication, values, name);
        };
        table.row({shown("started_at"), cli::clipped(shown("customer_id"), kNarrow), shown("kind"),
                   cli::clipped(shown("content"), kWide),
                   cli::clipped(join(shown("next_on"), shown("next_action")), kNarrow),
                   context.say(sync_word(context.store, id)), short_id(id)});
    }
    return table;
}

Result<int> list_visits(Context& context) {
    const auto limit = count_of(context, "limit", 50);
    if (!limit) return tl::unexpected(limit.error());
    Query query{.kind = &kCommunication,
                .order_by = &field(kCommunication, "started_at"),
                .descending = true,
                .limit = *limit};
    if (context.inputs.has("customer")) {
        auto customer =
            find_customer(context.store, context.asker(), context.inputs.text("customer"));
        if (!customer) return pass(customer);
        query.where = {{field(kCommunication, "customer_id").tag, *customer}};
    }
    const auto ids = context.store.replica.select(query);
    if (ids.empty()) {
        context.answer.line(Text{"还没有沟通记录", "no communication yet"});
    } else {
        context.answer.table(table_of(context, ids));
    }
    context.answer.document({{"visits", records_document(context.store, kCommunication, ids)}});
    note_as_of(context);
    return 0;
}

Result<int> show_visit(Context& context) {
    const auto id = find_visit(context.store, context.inputs.text("visit"));
    if (!id) return tl::unexpected(id.error());
    show_record(context, kCommunication, *id);
    note_as_of(context);
    return 0;
}

/// More words for a visit. What is locked keeps its own; later ones stand beside them (WF-14).
std::vector<merge::Op> addition(Context& context,
                                const RecordId& id,
                                const Seen& seen,
                                const std::string& text) {
    const bool locked = context.store.scopes.holds(id) &&
                        access::is_locked(kCommunication, seen.values, context.intake.now());
    const auto& said = *catalog::find_field(kCommunication, locked ? "remark" : "content");
    const Value value =
        locked ? catalog::from_elements(said, {catalog::json_string(text)}) : Value{text};
    return amend(kCommunication, id, seen, said, value);
}

Result<int> amend_visit(Context& context) {
    const auto id = find_visit(context.store, context.inputs.text("visit"));
    if (!id) return tl::unexpected(id.error());
    std::vector<merge::Op> more;
    const auto seen = context.store.replica.seen(kCommunication, *id);
    if (context.inputs.has("add")) {
        const std::string& text = context.inputs.text("add");
        if (seen && !text.empty()) more = addition(context, *id, *seen, text);
    }
    const auto values = given_values(
        context, kCommunication,
        seen ? record_in(seen->values, kCommunication, kCommunication.parent) : RecordId{});
    if (!values) return tl::unexpected(values.error());
    return save_values(context, kCommunication, *id, {"拜访更正", "amendment"}, *values,
                       std::move(more));
}

Result<int> remove_visit(Context& context) {
    const auto id = find_visit(context.store, context.inputs.text("visit"));
    if (!id) return tl::unexpected(id.error());
    return save_removal(context, kCommunication, *id, {"删除拜访记录", "removal of visit"});
}

}  // namespace

std::span<const Action> visit_actions() {
    static const auto kAddInputs = with_fields(kVisitAdd, kCommunication);
    static const auto kAmendInputs = with_fields(kVisitAmend, kCommunication);
    static const std::array kActions{
        Action{"visit add",
               {"记录一次拜访或沟通", "record a visit or another communication"},
               "dossier visit add -c hzmr --purpose 新品介绍 客户询问保修期 "
               "--next-action 报价 --next-on 2026-12-10",
               kAddInputs,
               Needs::Store,
               add_visit,
               WhenLocked::Records},
        Action{"visit list",
               {"列出沟通记录，新的在前", "list communications, newest first"},
               "dossier visit list -c hzmr",
               kVisitList,
               Needs::Reading,
               list_visits},
        Action{"visit show",
               {"查看一条沟通记录的全部内容", "one communication, whole"},
               "dossier visit show 8a69b757",
               kVisitShow,
               Needs::Reading,
               show_visit},
        Action{"visit amend",
               {"更正或补充沟通记录", "amend a communication"},
               "dossier visit amend 8a69b757 --add 补充：对方要求月底交货",
               kAmendInputs,
               Needs::Store,
               amend_visit},
        Action{"visit remove",
               {"删除误录的沟通记录（7 天内、未锁定）",
                "take back a communication of the last 7 days entered by mistake"},
               "dossier visit remove 8a69b757 --reason 录错客户",
               kVisitRemove,
               Needs::Store,
               remove_visit},
    };
    return kActions;
}

}  // namespace dossier::client
