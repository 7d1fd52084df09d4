// customer add, edit, show, list; search.
#include "common/catalog/customer.hpp"

#include "common/catalog/activity.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/completeness.hpp"
#include "common/catalog/contact.hpp"
#include "common/cli/table.hpp"
#include "common/cli/values.hpp"

#include "client/cli/alike.hpp"
#include "client/cli/save.hpp"
#include "client/cli/show.hpp"
#include "client/cli/words.hpp"
#include "client/faults.hpp"
#include "client/intake/drafts.hpp"

namespace dossier::client {
namespace {

using catalog::field;
using catalog::kCommunication;
using catalog::kContact;
using catalog::kCustomer;

/// The main contact of a new customer, from --contact and --phone.
Result<FieldValues> main_contact(Context& context, const RecordId& customer) {
    FieldValues contact;
    assign(contact, field(kContact, "customer_id").tag, customer);
    assign(contact, field(kContact, "is_primary").tag, std::int64_t{1});
    for (const auto& [option, of] : {std::pair{"contact", &field(kContact, "name")},
                                     std::pair{"phone", &field(kContact, "phones")}}) {
        if (!context.has(option)) continue;
        if (auto done = put(context, contact, *of, context.value(option)); !done) return pass(done);
    }
    return contact;
}

void tell_what_is_missing(Context& context,
                          const FieldValues& values,
                          const std::vector<FieldValues>& contacts) {
    const bool zh = context.console.lang == Lang::Zh;
    std::string missing;
    for (const auto* lacking : catalog::missing_for_draft(values, contacts)) {
        missing += missing.empty() ? "" : zh ? "、" : ", ";
        missing += lacking->label.in(context.console.lang);
    }
    if (missing.empty()) return;
    context.console.note({"建档还缺：{}（以后可用 dossier customer edit 补）",
                          "the file still lacks: {} (dossier customer edit adds it later)"},
                         {missing});
}

Result<int> add(Context& context) {
    auto values = given_values(context, kCustomer);
    if (!values) return pass(values);
    if (auto named = put(context, *values, field(kCustomer, "name"), context.word(0)); !named)
        return pass(named);
    const auto id = context.ids->make<RecordId>();
    std::vector<merge::Op> ops{new_record(kCustomer, id, *values)};
    std::vector<FieldValues> contacts;
    if (context.has("contact") || context.has("phone")) {
        auto contact = main_contact(context, id);
        if (!contact) return pass(contact);
        contacts.push_back(*contact);
        ops.push_back(new_record(kContact, context.ids->make<RecordId>(), *contact));
    }
    auto saved =
        save(context, ops, {"新客户", "new customer"}, text_in(*values, kCustomer, "name"), id);
    if (!saved) return saved;
    tell_what_is_missing(context, *values, contacts);
    tell_who_is_alike(context, id, *values, contacts);
    return saved;
}

Result<int> edit_customer(Context& context) {
    auto id = find_customer(context, context.word(0));
    if (!id) return pass(id);
    return save_edit(context, kCustomer, *id, {"修改", "change"});
}

Result<int> show(Context& context) {
    auto id = find_customer(context, context.word(0));
    if (!id) return pass(id);
    show_record(context, kCustomer, *id);
    show_children(context, kContact, *id, {"联系人", "Contacts"},
                  {"name", "job_title", "phones", "is_primary"}, 50);
    show_children(context, kCommunication, *id, {"最近沟通", "Latest communications"},
                  {"started_at", "kind", "purpose", "content", "next_on"}, 10);
    show_as_of(context);
    return 0;
}

std::vector<std::string> row_of(Context& context, const RecordId& id, const FieldValues& values) {
    std::string number = text_in(values, kCustomer, "customer_no");
    if (number.empty()) number = text_in(values, kCustomer, "provisional_no");
    const auto shown = [&](std::string_view name) {
        const auto* of = catalog::find_field(kCustomer, name);
        const Value* value = find(values, of->tag);
        return value == nullptr
                   ? std::string("-")
                   : cli::shown(*of, *value, context.console.lang,
                                [&](const RecordId& r) { return title_of(context, r); });
    };
    return {number,
            text_in(values, kCustomer, "name"),
            shown("owner_user_id"),
            shown("region_id"),
            shown("file_state"),
            std::string(context.console.in(sync_word(context, id)))};
}

/// Rows of customers as a table or as one JSON document.
void print_customers(Context& context, const std::vector<RecordId>& ids, bool more) {
    const auto& console = context.console;
    const bool zh = console.lang == Lang::Zh;
    cli::Table table(
        zh ? std::vector<std::string>{"编号", "名称", "负责人", "区域", "状态", "同步"}
           : std::vector<std::string>{"Number", "Name", "Owner", "Region", "State", "Sync"});
    for (const RecordId& id : ids) {
        const auto values =
            console.json ? std::nullopt : context.store->replica.load(kCustomer, id);
        if (values) table.row(row_of(context, id, *values));
    }
    context.console.document({{"customers", records_json(context, kCustomer, ids)}});
    if (!console.json) {
        table.print(console.out);
        context.console.line(more ? Text{"前 {} 条，后面还有（--limit 条数）",
                                         "the first {}; there are more (--limit N)"}
                                  : Text{"共 {} 条", "{} in all"},
                             {std::to_string(ids.size())});
        show_as_of(context);
    }
}

Result<int> list(Context& context) {
    Query query{.kind = &kCustomer, .order_by = &field(kCustomer, "name")};
    const auto limit = context.number("limit", 1000);
    if (!limit) return tl::unexpected(limit.error());
    query.limit = *limit + 1;  // one more tells whether there are more
    if (context.has("state")) {
        auto state = catalog::parse(field(kCustomer, "file_state"), context.value("state"),
                                    context.intake->now());
        if (!state) return pass(state);
        query.where.push_back({field(kCustomer, "file_state").tag, *state});
    }
    if (context.has("mine")) {
        auto identity = context.store->meta.identity();
        if (!identity) return pass(identity);
        query.where.push_back(
            {field(kCustomer, "owner_user_id").tag, identity->user.as<RecordTag>()});
    }
    auto ids = context.store->replica.select(query);
    const bool more = ids.size() > *limit;
    if (more) ids.pop_back();
    print_customers(context, ids, more);
    return 0;
}

/// Hits of every kind, each with the customer it belongs to.
Result<int> search(Context& context) {
    const std::string typed = context.text();
    const bool zh = context.console.lang == Lang::Zh;
    cli::Table table(zh ? std::vector<std::string>{"类型", "客户", "内容"}
                        : std::vector<std::string>{"Kind", "Customer", "Text"});
    cli::Json list = cli::Json::array();
    const auto hits = context.store->search.find(typed, 0, 50);
    for (const Hit& hit : hits) {
        const auto* kind = catalog::find_kind(hit.kind);
        const auto values =
            kind == nullptr ? std::nullopt : context.store->replica.load(*kind, hit.record);
        if (!values) continue;
        const auto customer = context.store->replica.customer_of(*kind, hit.record, *values);
        std::string title = text_in(*values, *kind, kind->title);
        if (kind->tag == kCommunication.tag)
            title = cli::clipped(text_in(*values, *kind, "content"), 60);
        const std::string customer_name = customer.is_none() ? "-" : title_of(context, customer);
        table.row({std::string(kind->label.in(context.console.lang)), customer_name, title});
        list.push_back({{"kind", kind->name},
                        {"id", to_text(hit.record)},
                        {"customer", customer_name},
                        {"text", title}});
    }
    const bool complete = context.store->search.is_complete();
    context.console.document({{"hits", std::move(list)}, {"complete", complete}});
    if (!complete) context.console.note(kIncomplete);
    if (context.console.json) return 0;
    if (hits.empty()) {
        context.console.line({"没有找到“{}”", "nothing found for \"{}\""}, {typed});
    } else {
        table.print(context.console.out);
    }
    show_as_of(context);
    return 0;
}

}  // namespace

std::span<const Command> customer_commands() {
    static const std::array kCommands{
        Command{
            .path = "customer add",
            .help = {"新建客户档案（草稿）", "open a customer file (draft)"},
            .example =
                "dossier customer add 杭州明润医药有限公司 --contact 王海燕 --phone 13900001111 "
                "--business-need 冷链检测仪",
            .words = "NAME",
            .options = {{"contact", {"主要联系人姓名", "name of the main contact"}},
                        {"phone", {"该联系人的电话", "phone of that contact"}}},
            .fields = &kCustomer,
            .run = add},
        Command{.path = "customer edit",
                .help = {"修改客户资料", "change a customer"},
                .example = "dossier customer edit 明润 --fax 0571-88990012 --set 备注=年底搬迁",
                .words = "CUSTOMER",
                .options = {{"reason", {"修改理由", "why"}}},
                .fields = &kCustomer,
                .run = edit_customer,
                .when_locked = WhenLocked::Records},
        Command{
            .path = "customer show",
            .help = {"查看客户：资料、联系人、最近沟通、待核和冲突",
                     "show a customer with contacts, latest communications and what is pending"},
            .example = "dossier customer show hzmr",
            .words = "CUSTOMER",
            .run = show},
        Command{.path = "customer list",
                .help = {"列出本机的客户", "list the customers on this laptop"},
                .example = "dossier customer list --mine --limit 20",
                .options = {{"mine", {"只看我负责的", "only mine"}, true},
                            {"state", {"按档案状态筛选", "by file state"}},
                            {"limit", {"最多条数，默认 1000", "at most so many, 1000 by default"}}},
                .run = list},
        Command{.path = "search",
                .help = {"全文搜索：名称、电话、备注，支持拼音和首字母",
                         "search names, phones and notes, also by pinyin and initials"},
                .example = "dossier search mryy",
                .words = "TEXT…",
                .run = search},
    };
    return kCommands;
}

}  // namespace dossier::client
