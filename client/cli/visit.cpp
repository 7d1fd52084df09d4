// visit add, list, show, amend, remove.
#include <istream>
#include <iterator>

#include "common/access/slip.hpp"
#include "common/catalog/activity.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/structure.hpp"
#include "common/cli/table.hpp"
#include "common/cli/values.hpp"

#include "client/cli/save.hpp"
#include "client/cli/show.hpp"
#include "client/cli/words.hpp"
#include "client/faults.hpp"
#include "client/intake/drafts.hpp"

namespace dossier::client {
namespace {

using catalog::field;
using catalog::kCommunication;

constexpr std::size_t kShortId = 8;
constexpr std::size_t kVisitsMax = 1'000'000;

constexpr Fault kUnknownVisit{
    "client.unknown_visit",
    ErrorCode::NotFound,
    {"没有标识为“{}”的沟通记录", "no communication ends with \"{}\""},
    {"标识见 dossier visit list 最后一列", "see the last column of dossier visit list"}};

/// "-" reads the text from standard input.
std::string typed_text(Context& context, const std::string& given) {
    if (given != "-") return given;
    return {std::istreambuf_iterator<char>(context.in), std::istreambuf_iterator<char>()};
}

/// The contacts named by --with, as the value of their field.
Result<Value> people_met(Context& context, const RecordId& customer) {
    std::vector<std::string> contacts;
    for (const auto& name : context.given["with"]) {
        auto contact = find_contact(context, customer, name);
        if (!contact) return pass(contact);
        contacts.push_back('"' + to_text(*contact) + '"');
    }
    return catalog::from_elements(field(kCommunication, "contact_ids"), contacts);
}

Result<int> add(Context& context) {
    auto customer = find_customer(context, context.value("c"));
    if (!customer) return pass(customer);
    auto values = given_values(context, kCommunication);
    if (!values) return pass(values);
    assign(*values, field(kCommunication, "customer_id").tag, *customer);
    if (!context.words.empty()) {
        if (auto content = put(context, *values, field(kCommunication, "content"),
                               typed_text(context, context.text()));
            !content)
            return pass(content);
    }
    if (context.has("with")) {
        auto people = people_met(context, *customer);
        if (!people) return pass(people);
        assign(*values, field(kCommunication, "contact_ids").tag, *people);
    }
    const auto id = context.ids->make<RecordId>();
    return save(context, {new_record(kCommunication, id, *values)}, {"拜访记录", "visit"},
                title_of(context, *customer), id);
}

/// The end of the identity: enough to tell one visit from another, short enough to type.
std::string short_id(const RecordId& id) {
    return std::string(tail(to_text(id), kShortId));
}

/// A visit by its identity or the end of it, as the list shows it.
Result<RecordId> find_visit(Context& context, std::string_view typed) {
    const Query every{.kind = &kCommunication, .limit = kVisitsMax};
    std::vector<RecordId> found;
    for (const RecordId& id : context.store->replica.select(every)) {
        if (typed.size() >= kShortId && to_text(id).ends_with(typed)) found.push_back(id);
    }
    if (found.empty()) return fail(kUnknownVisit, head(typed, 40));
    if (found.size() > 1) return fail(kAmbiguous, typed, std::to_string(found.size()));
    return found.front();
}

std::string join(std::string first, const std::string& second) {
    if (first == "-") return second;
    return second == "-" ? first : std::move(first) + " " + second;
}

void print_visits(Context& context, const std::vector<RecordId>& ids) {
    const bool zh = context.console.lang == Lang::Zh;
    cli::Table table(
        zh ? std::vector<std::string>{"时间", "客户", "方式", "内容", "下一步", "同步", "标识"}
           : std::vector<std::string>{"When", "Customer", "Kind", "Content", "Next", "Sync", "Id"});
    for (const RecordId& id : ids) {
        const auto values = context.store->replica.load(kCommunication, id).value_or(FieldValues{});
        const auto shown = [&](std::string_view name) {
            const auto* of = catalog::find_field(kCommunication, name);
            const Value* value = find(values, of->tag);
            return value == nullptr
                       ? std::string("-")
                       : cli::shown(*of, *value, context.console.lang, [&](const RecordId& record) {
                             return title_of(context, record);
                         });
        };
        table.row({shown("started_at"), cli::clipped(shown("customer_id"), 24), shown("kind"),
                   cli::clipped(shown("content"), 36),
                   cli::clipped(join(shown("next_on"), shown("next_action")), 24),
                   std::string(context.console.in(sync_word(context, id))), short_id(id)});
    }
    table.print(context.console.out);
}

Result<int> list(Context& context) {
    const auto limit = context.number("limit", 50);
    if (!limit) return tl::unexpected(limit.error());
    Query query{.kind = &kCommunication,
                .order_by = &field(kCommunication, "started_at"),
                .descending = true,
                .limit = *limit};
    if (context.has("c")) {
        auto customer = find_customer(context, context.value("c"));
        if (!customer) return pass(customer);
        query.where = {{field(kCommunication, "customer_id").tag, *customer}};
    }
    const auto ids = context.store->replica.select(query);
    context.console.document({{"visits", records_json(context, kCommunication, ids)}});
    if (context.console.json) return 0;
    if (ids.empty()) context.console.line(Text{"还没有沟通记录", "no communication yet"});
    if (!ids.empty()) print_visits(context, ids);
    show_as_of(context);
    return 0;
}

Result<int> show_visit(Context& context) {
    const auto id = find_visit(context, context.word(0));
    if (!id) return tl::unexpected(id.error());
    show_record(context, kCommunication, *id);
    show_as_of(context);
    return 0;
}

/// More words for a visit. What is locked keeps its own; later ones stand beside them (WF-14).
std::vector<merge::Op> addition(Context& context,
                                const RecordId& id,
                                const Seen& seen,
                                const std::string& text) {
    const bool locked = context.store->scopes.holds(id) &&
                        access::is_locked(kCommunication, seen.values, context.intake->now());
    const auto& said = *catalog::find_field(kCommunication, locked ? "remark" : "content");
    const Value value =
        locked ? catalog::from_elements(said, {catalog::json_string(text)}) : Value{text};
    return amend(kCommunication, id, seen, said, value);
}

Result<int> amend_visit(Context& context) {
    const auto id = find_visit(context, context.word(0));
    if (!id) return tl::unexpected(id.error());
    std::vector<merge::Op> more;
    if (context.has("add")) {
        const auto seen = context.store->replica.seen(kCommunication, *id);
        const std::string text = typed_text(context, context.value("add"));
        if (seen && !text.empty()) more = addition(context, *id, *seen, text);
    }
    return save_edit(context, kCommunication, *id, {"拜访更正", "amendment"}, std::move(more));
}

Result<int> remove_visit(Context& context) {
    const auto id = find_visit(context, context.word(0));
    if (!id) return tl::unexpected(id.error());
    return save_removal(context, kCommunication, *id, {"删除拜访记录", "removal of visit"});
}

}  // namespace

std::span<const Command> visit_commands() {
    static const std::array kCommands{
        Command{.path = "visit add",
                .help = {"记录一次拜访或沟通", "record a visit or another communication"},
                .example = "dossier visit add -c hzmr --purpose 新品介绍 客户询问保修期 "
                           "--next-action 报价 --next-on 2026-12-10",
                .words = "[CONTENT…]",
                .options = {{.name = "c,customer",
                             .help = {"客户：编号、名称、拼音或首字母",
                                      "the customer: number, name, pinyin or initials"},
                             .is_required = true},
                            {"with", {"对方人员（可重复）", "their people (repeat)"}}},
                .fields = &kCommunication,
                .run = add,
                .when_locked = WhenLocked::Records},
        Command{.path = "visit list",
                .help = {"列出沟通记录，新的在前", "list communications, newest first"},
                .example = "dossier visit list -c hzmr",
                .options = {{"c,customer", {"只看某客户", "of one customer"}},
                            {"limit", {"最多条数，默认 50", "at most so many, 50 by default"}}},
                .run = list},
        Command{.path = "visit show",
                .help = {"查看一条沟通记录的全部内容", "one communication, whole"},
                .example = "dossier visit show 8a69b757",
                .words = "VISIT",
                .run = show_visit},
        Command{.path = "visit amend",
                .help = {"更正或补充沟通记录", "amend a communication"},
                .example = "dossier visit amend 8a69b757 --add 补充：对方要求月底交货",
                .words = "VISIT",
                .options = {{"add",
                             {"追加到内容，7 天后追加为备注（- 从标准输入读）",
                              "add to the content, after 7 days as a remark (- reads standard "
                              "input)"}},
                            {"reason", {"理由", "why"}}},
                .fields = &kCommunication,
                .run = amend_visit},
        Command{.path = "visit remove",
                .help = {"删除误录的沟通记录（7 天内、未锁定）",
                         "take back a communication of the last 7 days entered by mistake"},
                .example = "dossier visit remove 8a69b757 --reason 录错客户",
                .words = "VISIT",
                .options = {{"reason", {"理由", "why"}}},
                .run = remove_visit},
    };
    return kCommands;
}

}  // namespace dossier::client
