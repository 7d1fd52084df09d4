// Customer files: new ones, changes, looking, lists; and the search over everything.
#include "common/catalog/customer.hpp"

#include <algorithm>
#include <array>

#include "common/action/listing.hpp"
#include "common/catalog/activity.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/completeness.hpp"
#include "common/catalog/contact.hpp"
#include "common/cli/table.hpp"
#include "common/pinyin/question.hpp"

#include "client/actions/given.hpp"
#include "client/actions/records.hpp"
#include "client/actions/save.hpp"
#include "client/actions/tables.hpp"
#include "client/actions/view.hpp"
#include "client/intake/drafts.hpp"
#include "client/reading/alike.hpp"
#include "client/reading/find.hpp"
#include "client/reading/titles.hpp"

namespace dossier::client {
namespace {

using catalog::field;
using catalog::kCommunication;
using catalog::kContact;
using catalog::kCustomer;

constexpr std::size_t kHitsMax = 50;
constexpr std::size_t kHitWidth = 60;
/// More than anybody reads of a list by a text.
constexpr std::size_t kFoundMax = 1000;

// ---- add, edit ------------------------------------------------------------------------------

constexpr std::array kCustomerAdd{
    Input{"NAME", "", {"名称", "the name"}, Give::Required},
    Input{.name = "contact",
          .value = "NAME",
          .help = {"主要联系人姓名", "name of the main contact"},
          .along = "contact"},
    Input{.name = "phone",
          .value = "PHONE",
          .help = {"该联系人的电话", "phone of that contact"},
          .along = "contact"},
};
constexpr std::array kCustomerEdit{kCustomerPlace, kReason};

/// The main contact of a new customer.
Result<FieldValues> main_contact(Context& context, const RecordId& customer) {
    FieldValues contact;
    assign(contact, field(kContact, "customer_id").tag, customer);
    assign(contact, field(kContact, "is_primary").tag, std::int64_t{1});
    for (const auto& [key, of] : {std::pair{"contact", &field(kContact, "name")},
                                  std::pair{"phone", &field(kContact, "phones")}}) {
        if (!context.inputs.has(key)) continue;
        if (auto done = put(context, contact, *of, context.inputs.text(key)); !done)
            return pass(done);
    }
    return contact;
}

void note_what_is_missing(Context& context,
                          const FieldValues& values,
                          const std::vector<FieldValues>& contacts) {
    std::string missing;
    for (const auto& lacking : catalog::missing_for_draft(values, contacts)) {
        missing += missing.empty() ? "" : context.say({"、", ", "});
        missing += catalog::called(lacking, context.answer.lang);
    }
    if (missing.empty()) return;
    context.answer.note({"建档还缺：{}（以后可用 {do:customer.edit} 补）",
                         "the file still lacks: {} ({do:customer.edit} adds it later)"},
                        {missing});
}

void note_who_is_alike(Context& context,
                       const RecordId& customer,
                       const FieldValues& values,
                       const std::vector<FieldValues>& contacts) {
    for (const auto& [id, match] : alike_here(context.store, customer, values, contacts)) {
        std::string reasons;
        for (const auto reason : match.reasons)
            reasons += (reasons.empty() ? "" : "; ") +
                       context.say(rules::reason_text(rules::word(reason)));
        context.answer.note(
            {"提示：与本机已有的客户“{}”可能是同一家（{}）。两份都会保留，由信息员核对",
             "note: \"{}\" on this laptop may be the same customer ({}). Both are kept; a clerk "
             "looks at them"},
            {title_of(context.store, context.asker(), id), reasons});
    }
}

Result<int> add_customer(Context& context) {
    auto values = given_values(context, kCustomer);
    if (!values) return pass(values);
    if (auto named = put(context, *values, field(kCustomer, "name"), context.inputs.text("name"));
        !named)
        return pass(named);
    const auto id = context.new_id();
    std::vector<merge::Op> ops{new_record(kCustomer, id, *values)};
    std::vector<FieldValues> contacts;
    if (context.inputs.has("contact") || context.inputs.has("phone")) {
        auto contact = main_contact(context, id);
        if (!contact) return pass(contact);
        contacts.push_back(*contact);
        ops.push_back(new_record(kContact, context.new_id(), *contact));
    }
    auto saved =
        save(context, ops, {"新客户", "new customer"}, text_in(*values, kCustomer, "name"), id);
    if (!saved) return saved;
    note_what_is_missing(context, *values, contacts);
    note_who_is_alike(context, id, *values, contacts);
    return saved;
}

Result<int> edit_customer(Context& context) {
    auto id = find_customer(context.store, context.asker(), context.inputs.text("customer"));
    if (!id) return pass(id);
    return save_edit(context, kCustomer, *id, {"修改", "change"});
}

// ---- show, list -----------------------------------------------------------------------------

constexpr std::array kCustomerShow{kCustomerPlace};
constexpr std::array kCustomerList{
    Input{"text",
          "TEXT",
          {"编号、名称、拼音、首字母的一部分，或电话",
           "a part of number, name, pinyin or initials, or a phone number"}},
    Input{"mine", "", {"只看我负责的", "only mine"}, Give::Flag},
    Input{"state", "STATE", {"按档案状态筛选", "by file state"}},
    Input{"limit", "N", {"最多条数，默认 1000", "at most so many, 1000 by default"}},
    Input{"where",
          "FILTER",
          {"筛选：字段=值、!=、>=、<=、~包含、a..b、a|b；可重复",
           "filter: field=value, !=, >=, <=, ~contains, a..b, a|b; may be repeated"},
          Give::Many},
    Input{"sort", "FIELD", {"按此字段排序，-字段 为倒序", "order by it; -field descending"}},
    Input{
        "columns", "FIELDS", {"显示哪些字段，逗号分隔", "the fields to show, with commas between"}},
    Input{
        "page", "KEY", {"接着上一页：其末尾给出的页标", "go on: the key the last page ended with"}},
};

Result<int> show_customer(Context& context) {
    auto id = find_customer(context.store, context.asker(), context.inputs.text("customer"));
    if (!id) return pass(id);
    show_record(context, kCustomer, *id);
    show_children(context, kContact, *id, {"联系人", "Contacts"},
                  {"name", "job_title", "phones", "is_primary"}, 50);
    show_children(context, kCommunication, *id, {"最近沟通", "Latest communications"},
                  {"started_at", "kind", "purpose", "content", "next_on"}, 10);
    note_as_of(context);
    return 0;
}

std::vector<std::string> customer_row(Context& context,
                                      const RecordId& id,
                                      const FieldValues& values) {
    std::string number = text_in(values, kCustomer, "customer_no");
    if (number.empty()) number = text_in(values, kCustomer, "provisional_no");
    const auto shown = [&](std::string_view name) {
        return shown_in(context.store, context.asker(), kCustomer, values, name);
    };
    return {number,
            text_in(values, kCustomer, "name"),
            shown("owner_user_id"),
            shown("region_id"),
            shown("file_state"),
            context.say(sync_word(context.store, id))};
}

void answer_customers(Context& context, const std::vector<RecordId>& ids, bool more) {
    action::Table table{{context.say({"编号", "Number"}), context.say({"名称", "Name"}),
                         context.say({"负责人", "Owner"}), context.say({"区域", "Region"}),
                         context.say({"状态", "State"}), context.say({"同步", "Sync"})}};
    for (const RecordId& id : ids) {
        const auto values = context.store.replica.load(kCustomer, id);
        if (values) table.row(customer_row(context, id, *values));
    }
    auto& answer = context.answer;
    answer.table(std::move(table));
    answer.line(more ? Text{"前 {} 条，后面还有（{in:limit} 条数）",
                            "the first {}; there are more ({in:limit} N)"}
                     : Text{"共 {} 条", "{} in all"},
                {std::to_string(ids.size())});
    answer.document({{"customers", records_document(context.store, kCustomer, ids)}});
    note_as_of(context);
}

/// A typed number is looked for in the contacts' phones, too.
std::vector<RecordId> files_found(Context& context, const std::string& typed) {
    auto& store = context.store;
    auto& replica = store.replica;
    std::vector<RecordId> files;
    for (const Hit& hit : store.search.find(typed, kCustomer.tag, kFoundMax))
        files.push_back(hit.record);
    if (!pinyin::question_of(typed).phone) return files;
    for (const Hit& hit : store.search.find(typed, kContact.tag, kFoundMax)) {
        const auto values = replica.load(kContact, hit.record);
        if (!values) continue;
        const auto file = replica.customer_of(kContact, hit.record, *values);
        if (!file.is_none() && std::ranges::find(files, file) == files.end()) files.push_back(file);
    }
    return files;
}

/// Best first, or in the order that is asked for.
Result<int> list_by_text(Context& context) {
    if (auto alone = action::refuse_together(context.inputs, "text", {"page"}); !alone)
        return pass(alone);
    auto query = action::query_from(
        kCustomer, context.inputs, RecordId{},
        [&](const catalog::Field& of, std::string_view text) {
            return read_reference(context.store, context.asker(), of, text, RecordId{},
                                  context.intake.now());
        },
        context.intake.now());
    if (!query) return pass(query);
    std::vector<query::PageKey> found;
    for (const RecordId& id : files_found(context, context.inputs.text("text"))) {
        const auto values = context.store.replica.load(kCustomer, id);
        if (!values || !query::matches(*query, *values)) continue;
        const Value* ordered =
            query->order.field == nullptr ? nullptr : find(*values, query->order.field->tag);
        found.push_back({ordered == nullptr ? Value{} : *ordered, id});
    }
    if (context.inputs.has("sort"))
        std::ranges::stable_sort(found, [&](const query::PageKey& a, const query::PageKey& b) {
            return query::precedes(query->order, a, b);
        });
    const bool more = found.size() > query->limit;
    std::vector<RecordId> ids;
    for (std::size_t at = 0; at < std::min(found.size(), query->limit); ++at)
        ids.push_back(found[at].record);
    if (auto told = answer_records(context, kCustomer, ids); !told) return pass(told);
    if (more)
        context.answer.note({"前 {} 条，后面还有（{in:limit} 条数）",
                             "the first {}; there are more ({in:limit} N)"},
                            {std::to_string(ids.size())});
    if (!context.store.search.is_complete()) context.answer.note(kIncomplete);
    note_as_of(context);
    return 0;
}

/// Whether it was asked as lists of every kind are.
bool asks_as_others(const Context& context) {
    return std::ranges::any_of(std::array{"where", "sort", "columns", "page"},
                               [&](const char* key) { return context.inputs.has(key); });
}

Result<int> list_customers(Context& context) {
    for (const auto* own : {"mine", "state"}) {
        if (auto alone = action::refuse_together(context.inputs, own,
                                                 {"text", "where", "sort", "columns", "page"});
            !alone)
            return pass(alone);
    }
    if (context.inputs.has("text")) return list_by_text(context);
    if (asks_as_others(context)) return list_records(context, kCustomer);
    query::Query query{.kind = &kCustomer};
    query.order.field = catalog::find_field(kCustomer, kCustomer.list_order);
    const auto limit = count_of(context, "limit", 1000);
    if (!limit) return tl::unexpected(limit.error());
    query.limit = *limit + 1;  // one more tells whether there are more
    if (context.inputs.has("state")) {
        const auto& of = field(kCustomer, "file_state");
        auto state = catalog::parse(of, context.inputs.text("state"), context.intake.now());
        if (!state) return pass(state);
        query.where.push_back({&of, query::Test::Equal, {std::move(*state)}});
    }
    if (context.inputs.has("mine")) {
        auto identity = context.store.meta.identity();
        if (!identity) return pass(identity);
        query.where.push_back({&field(kCustomer, "owner_user_id"),
                               query::Test::Equal,
                               {identity->user.as<RecordTag>()}});
    }
    std::vector<RecordId> ids;
    for (const auto& hit : context.store.replica.page(query)) ids.push_back(hit.record);
    const bool more = ids.size() > *limit;
    if (more) ids.pop_back();
    answer_customers(context, ids, more);
    return 0;
}

// ---- search ---------------------------------------------------------------------------------

constexpr std::array kSearch{Input{"TEXT", "", {"文字", "text"}, Give::SomeRequired}};

/// Hits of every kind, each with the customer it belongs to.
Result<int> search(Context& context) {
    const std::string typed = context.inputs.joined("text");
    action::Table table{{context.say({"类型", "Kind"}), context.say({"客户", "Customer"}),
                         context.say({"内容", "Text"})}};
    auto list = action::Json::array();
    auto& replica = context.store.replica;
    for (const Hit& hit : context.store.search.find(typed, 0, kHitsMax)) {
        const auto* kind = catalog::find_kind(hit.kind);
        const auto values = kind == nullptr ? std::nullopt : replica.load(*kind, hit.record);
        if (!values) continue;
        const auto customer = replica.customer_of(*kind, hit.record, *values);
        std::string title = text_in(*values, *kind, kind->title);
        if (!kind->excerpt.empty())
            title = cli::clipped(text_in(*values, *kind, kind->excerpt), kHitWidth);
        const std::string file =
            customer.is_none() ? "-" : title_of(context.store, context.asker(), customer);
        table.row({context.say(kind->label), file, title});
        list.push_back({{"kind", kind->name},
                        {"id", to_text(hit.record)},
                        {"customer", file},
                        {"text", title}});
    }
    if (list.empty()) {
        context.answer.line({"没有找到“{}”", "nothing found for \"{}\""}, {typed});
    } else {
        context.answer.table(std::move(table));
    }
    const bool complete = context.store.search.is_complete();
    if (!complete) context.answer.note(kIncomplete);
    context.answer.document({{"hits", std::move(list)}, {"complete", complete}});
    note_as_of(context);
    return 0;
}

}  // namespace

std::span<const Action> customer_actions() {
    static const auto kAddInputs = with_fields(kCustomerAdd, kCustomer);
    static const auto kEditInputs = with_elements(kCustomerEdit, kCustomer);
    static const std::array kActions{
        Action{"customer add",
               {"新建客户档案（草稿）", "open a customer file (draft)"},
               "dossier customer add 杭州明润医药有限公司 --contact 王海燕 --phone 13900001111 "
               "--business-need 冷链检测仪",
               kAddInputs,
               Needs::Store,
               add_customer},
        Action{"customer edit",
               {"修改客户资料", "change a customer"},
               "dossier customer edit 明润 --fax 0571-88990012 --set 备注=年底搬迁",
               kEditInputs,
               Needs::Store,
               edit_customer,
               WhenLocked::Records},
        Action{"customer show",
               {"查看客户：资料、联系人、最近沟通、待核和冲突",
                "show a customer with contacts, latest communications and what is pending"},
               "dossier customer show hzmr",
               kCustomerShow,
               Needs::Reading,
               show_customer},
        Action{"customer list",
               {"列出本机的客户", "list the customers on this laptop"},
               "dossier customer list --mine --limit 20",
               kCustomerList,
               Needs::Reading,
               list_customers},
        Action{"search",
               {"全文搜索：名称、电话、备注，支持拼音和首字母",
                "search names, phones and notes, also by pinyin and initials"},
               "dossier search mryy",
               kSearch,
               Needs::Reading,
               search},
    };
    return kActions;
}

}  // namespace dossier::client
