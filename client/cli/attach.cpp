// attach add, get, list: the documents of a customer's file.
#include <algorithm>

#include "common/base/reason.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/document.hpp"
#include "common/cli/table.hpp"
#include "common/content/files.hpp"
#include "common/content/media.hpp"

#include "protocol/messages.hpp"

#include "client/cli/save.hpp"
#include "client/cli/show.hpp"
#include "client/cli/words.hpp"
#include "client/faults.hpp"
#include "client/intake/drafts.hpp"
#include "client/intake/take_content.hpp"

namespace dossier::client {
namespace {

using catalog::field;
using catalog::kAttachment;
using protocol::ContentState;

constexpr Fault kNoContentHere{
    "client.no_content_here",
    ErrorCode::NotFound,
    {"本机没有“{}”的内容：{}", "the content of '{}' is not on this laptop: {}"},
    {"同步后再试；超过 5 MB 的附件需有离线授权，或请办公室导出",
     "sync and try again; contents above 5 MB need an offline grant, or ask the office"}};

constexpr std::size_t kListed = 1000;
constexpr std::size_t kShortId = 8;

/// Where the content of a record is, in words and as a stable word.
Text content_word(Attachments& attachments, const RecordId& record, std::string_view& code) {
    const auto held = attachments.contents.of(record);
    const bool whole = held && held->whole;
    if (held && held->sealed) {
        code = "sealed";
        return {"已封存，待送办公室", "sealed, waiting for upload"};
    }
    code = whole ? "here" : "pending";
    if (!whole) return {"附件待传", "content pending"};
    if (!attachments.is_upload(record)) return {"本机有", "here"};
    code = "waiting";
    for (const Upload& each : attachments.uploads(kListed)) {
        if (each.record != record) continue;
        const auto state = static_cast<ContentState>(each.state);
        if (state == ContentState::Refused || state == ContentState::Unknown) {
            code = "not_taken";
            return {"办公室未收，本机保留", "not taken, kept here"};
        }
    }
    return {"待上传", "waiting for upload"};
}

Result<int> add(Context& context) {
    auto customer = find_customer(context, context.value("c"));
    if (!customer) return pass(customer);
    auto values = given_values(context, kAttachment);
    if (!values) return pass(values);
    auto source = content::Source::open(context.word(0));
    if (!source) return pass(source);
    const auto id = context.ids->make<RecordId>();
    const auto told = take_content(
        *context.store, id, context.word(0),
        [&](std::span<std::uint8_t> to) { return source->read(to); }, context.intake->now());
    if (!told) return tl::unexpected(told.error());
    for (const auto& [tag, value] : *told) assign(*values, tag, value);
    const std::string name = text_in(*values, kAttachment, "file_name");
    const auto& title = field(kAttachment, "title");
    if (find(*values, title.tag) == nullptr) {
        // A title is at most as long as a name: it fits.
        if (auto named = put(context, *values, title, name); !named) return pass(named);
    }
    assign(*values, field(kAttachment, "customer_id").tag, *customer);
    auto saved =
        save(context, {new_record(kAttachment, id, *values)}, {"附件", "attachment"},
             title_of(context, *customer) + " " + text_in(*values, kAttachment, "title"), id);
    if (!saved) {
        sqlite::Transaction tx(context.store->connection());
        if (!context.store->attachments.is_upload(id)) context.store->attachments.contents.drop(id);
        tx.commit();
    }
    return saved;
}

/// By identity, or a part of it as the list shows it. Errors: client.unknown_record, ambiguous.
Result<RecordId> find_attachment(Context& context, const std::string& typed) {
    if (const auto id = id_from<RecordId>(typed);
        id && context.store->replica.load(kAttachment, *id))
        return *id;
    std::vector<RecordId> found;
    Query query{.kind = &kAttachment};
    for (query.offset = 0;; query.offset += query.limit) {
        const auto page = context.store->replica.select(query);
        for (const RecordId& id : page) {
            const std::string text = to_text(id);
            const bool named = typed.size() >= kShortId - 2 && text.ends_with(typed);
            if (named) found.push_back(id);
        }
        if (page.size() < query.limit) break;
    }
    if (found.size() == 1) return found.front();
    if (found.empty()) return fail(kUnknownRecord, pair_of(kAttachment.label));
    return fail(kAmbiguous, typed, to_text(found[0]) + "、" + to_text(found[1]));
}

Result<int> get(Context& context) {
    // What was added here and not taken has no record any more; its bytes are still its author's.
    const auto own = id_from<RecordId>(context.word(0));
    const bool kept = own && context.store->attachments.is_upload(*own);
    auto id = kept ? Result<RecordId>(*own) : find_attachment(context, context.word(0));
    if (!id) return pass(id);
    auto& contents = context.store->attachments.contents;
    const auto held = contents.of(*id);
    std::string_view code;
    const auto word = content_word(context.store->attachments, *id, code);
    if (!held || !held->whole)
        return fail(kNoContentHere, title_of(context, *id), std::string(context.console.in(word)));
    const std::string file = context.value("o");
    if (auto saved = content::save_as(file, contents, *held); !saved) return pass(saved);
    context.console.line({"已写入 {}（{} 字节）", "wrote {} ({} bytes)"},
                         {file, std::to_string(held->size)});
    context.console.document({{"record", to_text(*id)}, {"file", file}, {"size", held->size}});
    return 0;
}

Result<int> remove_attachment(Context& context) {
    const auto id = find_attachment(context, context.word(0));
    if (!id) return tl::unexpected(id.error());
    return save_removal(context, kAttachment, *id, {"删除附件", "removal of attachment"});
}

Result<int> list(Context& context) {
    auto customer = find_customer(context, context.value("c"));
    if (!customer) return pass(customer);
    Query query{.kind = &kAttachment,
                .order_by = &field(kAttachment, "doc_date"),
                .descending = true,
                .limit = kListed};
    query.where = {{field(kAttachment, "customer_id").tag, *customer}};
    auto& console = context.console;
    const auto say = [&](const Text& text) { return std::string(console.in(text)); };
    cli::Table table({say({"文件日期", "Date"}), say({"类别", "Kind"}), say({"题名", "Title"}),
                      say({"文件名", "File"}), say({"大小", "Size"}), say({"内容", "Content"}),
                      say({"状态", "State"}), "ID"});
    auto document = cli::Json::array();
    for (const RecordId& id : context.store->replica.select(query)) {
        const auto values = context.store->replica.load(kAttachment, id).value_or(FieldValues{});
        std::string_view code;
        const auto word = content_word(context.store->attachments, id, code);
        const auto& kind = field(kAttachment, "doc_kind");
        const Value* doc_kind = find(values, kind.tag);
        const Value* parent = find(values, field(kAttachment, "version_of_id").tag);
        const std::string text = to_text(id);
        table.row({text_in(values, kAttachment, "doc_date"),
                   doc_kind == nullptr ? "" : catalog::display(kind, *doc_kind, console.lang),
                   (parent == nullptr ? "" : say({"（新版）", "(new version) "})) +
                       text_in(values, kAttachment, "title"),
                   text_in(values, kAttachment, "file_name"),
                   std::to_string(number_in(values, kAttachment, "size")), say(word),
                   say(sync_word(context, id)), text.substr(text.size() - kShortId)});
        auto entry = records_json(context, kAttachment, {id}).front();
        entry["content_state"] = std::string(code);
        document.push_back(std::move(entry));
    }
    console.document({{"attachments", document}});
    if (console.json) return 0;
    if (table.is_empty())
        console.line({"{} 还没有附件", "{} has no attachment yet"}, {title_of(context, *customer)});
    else
        table.print(console.out);
    show_as_of(context);
    return 0;
}

}  // namespace

std::span<const Command> attach_commands() {
    static const Option kOf{
        .name = "c,customer", .help = {"所属客户", "the customer"}, .is_required = true};
    static const std::array kCommands{
        Command{.path = "attach add",
                .help = {"给客户添加附件（最大 50 MB）", "add a document (at most 50 MB)"},
                .example = "dossier attach add -c 明润 --doc-kind 营业执照 ~/执照.pdf",
                .words = "DOCUMENT",
                .options = {kOf},
                .fields = &kAttachment,
                .run = add,
                .when_locked = WhenLocked::Records},
        Command{.path = "attach get",
                .help = {"把附件内容写到新文件", "write a document's content to a new file"},
                .example = "dossier attach get 0f3a9c21 -o 执照.pdf",
                .words = "ATTACHMENT",
                .options = {{.name = "o,output",
                             .help = {"写到哪个文件", "the file to write"},
                             .is_required = true}},
                .run = get},
        Command{.path = "attach remove",
                .help = {"删除附件（本人 7 天内误传的即时生效，其余由办公室决定）",
                         "remove a document: at once if you added it within 7 days, else proposed"},
                .example = "dossier attach remove 0f3a9c21 --reason 传错文件",
                .words = "ATTACHMENT",
                .options = {{"reason", {"理由", "why"}}},
                .run = remove_attachment},
        Command{.path = "attach list",
                .help = {"列出客户的附件，新的在前", "list a customer's documents, newest first"},
                .example = "dossier attach list -c 明润",
                .options = {kOf},
                .run = list},
    };
    return kCommands;
}

}  // namespace dossier::client
