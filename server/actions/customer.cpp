// Customer files: looking, history, and the workflow events that change who owns them, their
// number and their level.
#include "common/catalog/customer.hpp"

#include <array>

#include "common/catalog/describe.hpp"
#include "common/merge/refusals.hpp"

#include "server/actions/edit.hpp"
#include "server/actions/history.hpp"
#include "server/actions/names.hpp"
#include "server/actions/submit.hpp"
#include "server/actions/tables.hpp"
#include "server/actions/view.hpp"
#include "server/reading/find.hpp"
#include "server/reading/history.hpp"
#include "server/reading/view.hpp"
#include "server/review/duplicates.hpp"

namespace dossier::server {
namespace {

using catalog::field;
using catalog::kCustomer;

/// More than anybody reads of a search.
constexpr std::size_t kSearched = 10'000;
constexpr std::size_t kPage = 500;

constexpr Input kWhich{
    "CUSTOMER", "", {"编号、名称或其中一部分", "number, name or a part of it"}, Give::Required};
constexpr Input kReason{"reason", "TEXT", {"理由", "reason"}};
constexpr std::array kOne{kWhich};

Place file_place(const RecordId& id) {
    return {kCustomer.tag, id, id};
}

// ---- show -----------------------------------------------------------------------------------

void print_values(Context& context, const catalog::Kind& kind, const Visible& visible) {
    std::vector<std::pair<std::string, std::string>> pairs;
    for (const auto& [tag, value] : visible.values) {
        const auto* of = catalog::find_field(kind, tag);
        if (of != nullptr)
            pairs.emplace_back(of->label.in(context.lang()),
                               cli::shown(*of, value, context.lang(), titles(context)));
    }
    context.answer.facts(pairs);
}

/// What else the file holds, as far as it may be read: [{"kind":…,"id":…,"values":{…}}, …].
action::Json children(Context& context, const RecordId& customer, action::Table& table) {
    auto list = action::Json::array();
    for (const Place& place : context.office.store().file_of(customer)) {
        if (place.record == customer) continue;
        const auto* kind = catalog::find_kind(place.kind);
        const auto held = context.office.store().load(place.kind, place.record);
        if (kind == nullptr || !held || is_gone(*held)) continue;
        const auto visible = read_record(context.office, context.asker(), place, "view");
        if (!visible) continue;
        list.push_back({{"kind", std::string(kind->name)},
                        {"id", to_text(place.record)},
                        {"values", cli::values_document(*kind, visible->values)}});
        const auto* title = catalog::find_field(*kind, kind->title);
        const Value* value = title == nullptr ? nullptr : find(visible->values, title->tag);
        table.row(
            {std::string(kind->label.in(context.lang())),
             value == nullptr ? "-" : cli::shown(*title, *value, context.lang(), titles(context))});
    }
    return list;
}

Result<int> show(Context& context) {
    const auto id = find_customer(context.office, context.asker(), context.inputs.text("customer"));
    if (!id) return tl::unexpected(id.error());
    const auto visible = read_record(context.office, context.asker(), file_place(*id), "view");
    if (!visible) return tl::unexpected(visible.error());
    auto& answer = context.answer;
    action::Table table({std::string(answer.in({"档案内容", "Part of the file"})),
                         std::string(answer.in({"名称", "Title"}))});
    action::Json document{{"id", to_text(*id)},
                          {"values", cli::values_document(kCustomer, visible->values)},
                          {"withheld", action::Json::array()}};
    document["records"] = children(context, *id, table);
    print_values(context, kCustomer, *visible);
    if (!table.is_empty()) {
        answer.plain("");
        answer.table(std::move(table));
    }
    for (const auto& [facet, decision, why] : visible->withheld) {
        document["withheld"].push_back({{"facet", std::string(facet_label(facet).en)},
                                        {"rule", std::string(decision.rule)},
                                        {"why", catalog::describe(why, context.lang())}});
        answer.note(
            {"未显示{}：{}", "{} not shown: {}"},
            {std::string(answer.in(facet_label(facet))), catalog::describe(why, context.lang())});
    }
    answer.document(document);
    return 0;
}

// ---- list -----------------------------------------------------------------------------------

constexpr std::array kList{
    Input{"text",
          "TEXT",
          {"编号、名称、拼音、首字母的一部分，或电话",
           "a part of number, name, pinyin or initials, or a phone number"}},
    Input{"limit", "N", {"最多几条，默认 100", "at most this many, by default 100"}},
};
constexpr std::array<std::string_view, 6> kColumns{"customer_no", "name",       "owner_user_id",
                                                   "region_id",   "file_state", "relation_status"};

FieldValues listed(Context& context, const RecordId& id, const FieldValues& values) {
    FieldValues few;
    for (const auto& [tag, value] : catalog::facet_values(kCustomer, Facet::Directory, values)) {
        if (is_in_directory_of(context.office, context.asker(), file_place(id), values, tag))
            assign(few, tag, value);
    }
    return few;
}

/// People call a draft by the number it was made with; to programs that is another field.
std::vector<Listed> as_called(std::vector<Listed> records) {
    static constexpr auto& kNumber = field(kCustomer, "customer_no");
    for (auto& [id, values] : records) {
        const auto provisional = text_in(values, field(kCustomer, "provisional_no"));
        const bool is_draft = find(values, kNumber.tag) == nullptr && !provisional.empty();
        if (is_draft) assign(values, kNumber.tag, provisional);
    }
    return records;
}

struct Search {
    std::size_t limit = 0;
    std::vector<Listed> found;
    std::size_t hidden = 0;  ///< may be looked up for a purpose, and none was stated
};

void add_visible(Context& context, const std::vector<RecordId>& ids, Search& search) {
    for (const RecordId& id : ids) {
        if (search.found.size() >= search.limit) return;
        const auto values = context.office.store().load(kCustomer.tag, id);
        if (!values || is_gone(*values)) continue;
        const auto sight =
            sight_of(context.office, context.asker(), file_place(id), *values, Facet::Directory);
        if (sight.in_clear()) search.found.push_back({id, listed(context, id, *values)});
        search.hidden +=
            sight.decision.answer == access::Answer::Allow && !sight.permitted ? 1U : 0U;
    }
}

/// Who has the number, as far as the acting person sees phones of the file.
std::vector<RecordId> with_phone(Context& context, const std::string& typed) {
    auto found = context.office.store().search_phones(typed, kSearched);
    std::erase_if(found, [&](const RecordId& id) {
        const auto values = context.office.store().load(kCustomer.tag, id);
        return !values ||
               !sight_of(context.office, context.asker(), file_place(id), *values, Facet::Main)
                    .in_clear();
    });
    return found;
}

Result<int> list(Context& context) {
    const auto limit = context.inputs.number("limit", 100);
    if (!limit) return tl::unexpected(limit.error());
    auto& store = context.office.store();
    Search search{.limit = *limit};
    if (context.inputs.has("text")) {
        const auto typed = context.inputs.text("text");
        auto found = store.search_customers(typed, kSearched);
        for (const RecordId& id : with_phone(context, typed)) {
            if (std::ranges::find(found, id) == found.end()) found.push_back(id);
        }
        add_visible(context, found, search);
    } else {
        for (auto page = store.list(kCustomer.tag, {}, kPage);
             !page.empty() && search.found.size() < *limit;
             page = store.list(kCustomer.tag, page.back(), kPage)) {
            add_visible(context, page, search);
            context.place.give_way();
        }
    }
    if (search.hidden > 0)
        context.answer.note({"另有 {} 个绝密客户，加 --purpose 后列出",
                             "{} more are top secret: say --purpose to list them"},
                            {std::to_string(search.hidden)});
    note_read(context.office, context.asker(), "list", {kCustomer.tag, {}, {}}, true);
    answer_records(context, kCustomer, kColumns, as_called(search.found));
    context.answer.document(records_document(kCustomer, search.found));
    return 0;
}

// ---- history --------------------------------------------------------------------------------

constexpr std::array kHistory{
    kWhich,
    Input{"field", "FIELD", {"只看此字段：名称或标签", "this field only, by name or label"}},
};

Result<int> history(Context& context) {
    const auto id = find_customer(context.office, context.asker(), context.inputs.text("customer"));
    if (!id) return tl::unexpected(id.error());
    return answer_history(context, file_place(*id), context.inputs.text("field"));
}

// ---- events ---------------------------------------------------------------------------------

constexpr std::array kTransfer{
    kWhich,
    Input{"to", "LOGIN", {"新负责业务员", "new owner"}, Give::Required},
    Input{"region", "CODE", {"同时改到此区域", "also move to this region"}},
    Input{"department", "CODE", {"同时改到此部门", "also move to this department"}},
    kReason,
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

constexpr std::array kPost{
    Input{"CUSTOMER",
          "",
          {"编号、名称或其中一部分", "number, name or a part of it"},
          Give::SomeRequired},
    kReason,
};

Result<int> post(Context& context) {
    std::vector<merge::Op> ops;
    for (const auto& name : context.inputs.all("customer")) {
        const auto id = find_customer(context.office, context.asker(), name);
        if (!id) return tl::unexpected(id.error());
        ops.push_back(event_op(kCustomer, *id, "post"));
    }
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
    // Both of a pair stay; the clerk hears of it now and finds it in the list (C-06).
    const RecordId only = posted.size() == 1 ? posted.front().record : RecordId{};
    const auto scanned = scan_duplicates(context.office, only);
    if (!scanned) return tl::unexpected(scanned.error());
    const auto pairs = pairs_known(context.office, context.actor, scanned->found);
    if (pairs > 0)
        context.answer.note({"发现疑似重复 {} 对，见 dossierd dup list",
                             "{} possible duplicates found, see dossierd dup list"},
                            {std::to_string(pairs)});
    context.answer.document(list);
    return 0;
}

constexpr std::array kEdit{
    kWhich,
    Input{"set",
          "FIELD=VALUE",
          {"字段=值，字段可写中文名；空值清除；可重复",
           "field=value, by name or label; nothing clears; may be repeated"},
          Give::SomeRequired},
    kReason,
};

constexpr std::array kMark{
    kWhich,
    Input{"level",
          "LEVEL",
          {"密级：0 内部、1 秘密、2 机密、3 绝密",
           "0 internal, 1 confidential, 2 secret, 3 top secret"},
          Give::Required},
    kReason,
};

Result<int> mark(Context& context) {
    const auto id = find_customer(context.office, context.asker(), context.inputs.text("customer"));
    if (!id) return tl::unexpected(id.error());
    const auto& of = *catalog::find_field(kCustomer, "secrecy_level");
    auto level = read_value(context.office, context.asker(), of, context.inputs.text("level"));
    if (!level) return pass(level);
    auto event = event_op(kCustomer, *id, "mark");
    event.fields = {{of.tag, *level}};
    const auto title = title_of(context.office, context.asker(), *id);
    if (auto done = submit(context, {std::move(event)}); !done) return pass(done);
    context.answer.line({"{} 的密级现为 {}", "{} now has secrecy level {}"},
                        {title, catalog::display(of, *level, context.lang())});
    context.answer.document(
        {{"id", to_text(*id)}, {"secrecy_level", as_number(*level).value_or(0)}});
    return 0;
}

constexpr std::array kActions{
    Action{"customer show",
           {"查看档案（有权部分）", "show a file, as far as one may"},
           "dossierd customer show 精密仪器 --as hanm --purpose 季度核定",
           kOne,
           Actor::Named,
           Runs::InUnit,
           show},
    Action{"customer list",
           {"列出或查找客户", "list or search customers"},
           "dossierd customer list --text 精密 --as hanm",
           kList,
           Actor::Named,
           Runs::InUnit,
           list},
    Action{"customer history",
           {"谁在何时从哪台终端改了什么", "who changed what, when and from which laptop"},
           "dossierd customer history KH-HD-2026-000001-7 --field 传真 --as hanm",
           kHistory,
           Actor::Named,
           Runs::InUnit,
           history},
    Action{"customer edit",
           {"修改档案；受控字段无权直接改的成为提议",
            "change a file; what one may not decide becomes a proposal"},
           "dossierd customer edit 精密仪器 --set 传真=0571-88990012 --as hanm --reason 来函更正",
           kEdit,
           Actor::Named,
           Runs::InUnit,
           edit_customer},
    Action{"customer transfer",
           {"移交给另一位业务员", "give a file to another owner"},
           "dossierd customer transfer 精密仪器 --to wangf --as zhangw --reason 区域调整",
           kTransfer,
           Actor::Named,
           Runs::InUnit,
           transfer},
    Action{"customer post",
           {"入库并编号", "post a file and give it a number"},
           "dossierd customer post 精密仪器 --as hanm",
           kPost,
           Actor::Named,
           Runs::InUnit,
           post},
    Action{"customer mark",
           {"定密", "set the secrecy level"},
           "dossierd customer mark 精密仪器 --level 2 --as sunli --reason 重点客户",
           kMark,
           Actor::Named,
           Runs::InUnit,
           mark},
};

}  // namespace

std::span<const Action> customer_actions() {
    return kActions;
}

}  // namespace dossier::server
