// visit add, list, amend.
#include <istream>
#include <iterator>

#include "common/catalog/activity.hpp"
#include "common/catalog/canonical.hpp"
#include "common/cli/table.hpp"
#include "common/cli/values.hpp"

#include "client/cli/show.hpp"
#include "client/cli/words.hpp"
#include "client/faults.hpp"
#include "client/intake/drafts.hpp"

namespace dossier::client {
namespace {

using catalog::field;
using catalog::kCommunication;

/// "-" reads the text from standard input.
std::string typed_text(Context& context, const std::string& given) {
    if (given != "-") return given;
    return {std::istreambuf_iterator<char>(context.in), std::istreambuf_iterator<char>()};
}

Result<int> add(Context& context) {
    auto customer = find_customer(context, context.value("c"));
    if (!customer) return pass(customer);
    auto values = given_values(context, kCommunication);
    if (!values) return pass(values);
    assign(*values, field(kCommunication, "customer_id").tag, *customer);
    if (!context.words.empty()) {
        auto content = catalog::parse(field(kCommunication, "content"),
                                      typed_text(context, context.word(0)), context.intake->now());
        if (!content) return pass(content);
        assign(*values, field(kCommunication, "content").tag, *content);
    }
    if (context.has("with")) {
        std::vector<std::string> contacts;
        for (const auto& name : context.given["with"]) {
            auto contact = find_contact(context, *customer, name);
            if (!contact) return pass(contact);
            contacts.push_back('"' + to_text(*contact) + '"');
        }
        const auto& of = field(kCommunication, "contact_ids");
        assign(*values, of.tag, catalog::from_elements(of, contacts));
    }
    const auto id = context.ids->make<RecordId>();
    auto saved =
        context.intake->commit({.source = "cli", .ops = {new_record(kCommunication, id, *values)}});
    if (!saved) return pass(saved);
    print_saved(context, {"拜访记录", "visit"}, title_of(context, *customer), id);
    return 0;
}

Result<int> list(Context& context) {
    Query query{.kind = &kCommunication,
                .order_by = &field(kCommunication, "started_at"),
                .descending = true,
                .limit = 50};
    if (context.has("limit"))
        query.limit =
            static_cast<std::size_t>(std::max(1, std::atoi(context.value("limit").c_str())));
    if (context.has("c")) {
        auto customer = find_customer(context, context.value("c"));
        if (!customer) return pass(customer);
        query.where = {{field(kCommunication, "customer_id").tag, *customer}};
    }
    const auto ids = context.store->replica.select(query);
    context.console.document({{"visits", records_json(context, kCommunication, ids)}});
    if (context.console.json) return 0;
    const bool zh = context.console.lang == Lang::Zh;
    cli::Table table(
        zh ? std::vector<std::string>{"时间", "客户", "方式", "内容", "下一步", "同步", "标识"}
           : std::vector<std::string>{"When", "Customer", "Kind", "Content", "Next", "Sync", "Id"});
    for (const RecordId& id : ids) {
        const auto values = context.store->replica.load(kCommunication, id).value_or(FieldValues{});
        const auto shown = [&](std::string_view name) {
            const auto* of = catalog::find_field(kCommunication, name);
            const Value* value = find(values, of->tag);
            if (value == nullptr) return std::string("-");
            return std::string(
                head(cli::shown(*of, *value, context.console.lang,
                                [&](const RecordId& r) { return title_of(context, r); }),
                     40));
        };
        table.row({shown("started_at"), shown("customer_id"), shown("kind"), shown("content"),
                   shown("next_on"), std::string(context.console.in(sync_word(context, id))),
                   to_text(id)});
    }
    table.print(context.console.out);
    show_as_of(context);
    return 0;
}

Result<int> amend_visit(Context& context) {
    const auto id = id_from<RecordId>(context.word(0));
    const auto seen = id ? context.store->replica.seen(kCommunication, *id) : std::nullopt;
    if (!seen) return fail(kUnknownRecord, kCommunication.label.zh);
    auto values = given_values(context, kCommunication);
    if (!values) return pass(values);
    auto ops = edit(kCommunication, *id, *seen, *values);
    if (context.has("add")) {
        auto addition =
            catalog::parse(field(kCommunication, "content"),
                           typed_text(context, context.value("add")), context.intake->now());
        if (!addition) return pass(addition);
        for (auto& op :
             amend(kCommunication, *id, *seen, field(kCommunication, "content"), *addition))
            ops.push_back(std::move(op));
    }
    if (ops.empty()) return fail(kNothingToDo);
    auto saved = context.intake->commit(
        {.reason = context.value("reason"), .source = "cli", .ops = std::move(ops)});
    if (!saved) return pass(saved);
    print_saved(context, {"拜访更正", "amendment"}, title_of(context, *id), *id);
    return 0;
}

}  // namespace

std::span<const Command> visit_commands() {
    static const std::array kCommands{
        Command{
            .path = "visit add",
            .help = {"记录一次拜访或沟通", "record a visit or another communication"},
            .example =
                "dossier visit add -c hzmr 客户询问保修期 --next-action 报价 --next-on 2026-12-10",
            .words = "[CONTENT]",
            .options = {{"c", {"客户", "the customer"}},
                        {"with", {"对方人员（可重复）", "their people (repeat)"}}},
            .fields = &kCommunication,
            .run = add},
        Command{.path = "visit list",
                .help = {"列出沟通记录，新的在前", "list communications, newest first"},
                .example = "dossier visit list -c hzmr",
                .options = {{"c", {"只看某客户", "of one customer"}},
                            {"limit", {"最多条数", "at most"}}},
                .run = list},
        Command{.path = "visit amend",
                .help = {"更正或补充沟通记录", "amend a communication"},
                .example = "dossier visit amend 0190… --add 补充：对方要求月底交货",
                .words = "ID",
                .options = {{"add",
                             {"追加到内容（- 从标准输入读）",
                              "add to the content (- reads standard input)"}},
                            {"reason", {"理由", "why"}}},
                .fields = &kCommunication,
                .run = amend_visit},
    };
    return kCommands;
}

}  // namespace dossier::client
