// The documents of a customer's file.
#include <array>

#include "common/catalog/canonical.hpp"
#include "common/catalog/document.hpp"
#include "common/content/files.hpp"

#include "client/actions/given.hpp"
#include "client/actions/save.hpp"
#include "client/actions/tables.hpp"
#include "client/actions/view.hpp"
#include "client/intake/drafts.hpp"
#include "client/intake/take_content.hpp"
#include "client/reading/find.hpp"
#include "client/reading/titles.hpp"

namespace dossier::client {
namespace {

using catalog::field;
using catalog::kAttachment;

constexpr Fault kNoContentHere{
    "client.no_content_here",
    ErrorCode::NotFound,
    {"本机没有“{}”的内容：{}", "the content of '{}' is not on this laptop: {}"},
    {"同步后再试；超过 5 MB 的附件需有离线授权，或请办公室导出",
     "sync and try again; contents above 5 MB need an offline grant, or ask the office"}};

constexpr std::size_t kAttachmentsListed = 1000;

constexpr Input kWhich{"ATTACHMENT",
                       "",
                       {"{do:attach.list} 最后一列的标识", "what stands last in {do:attach.list}"},
                       Give::Required};
constexpr std::array kAttachAdd{
    Input{.name = "DOCUMENT",
          .value = "",
          .help = {"要添加的文件", "the file to add"},
          .give = Give::Required,
          .means = Means::FileRead},
    kCustomerOf,
};
constexpr std::array kAttachGet{
    kWhich,
    Input{.name = "output",
          .value = "FILE",
          .help = {"写到哪个文件", "the file to write"},
          .give = Give::Required,
          .letter = 'o',
          .means = Means::FileWritten},
};
constexpr std::array kAttachRemove{kWhich, kReason};
constexpr std::array kAttachList{kCustomerOf};

Result<int> add_attachment(Context& context) {
    auto customer = find_customer(context.store, context.asker(), context.inputs.text("customer"));
    if (!customer) return pass(customer);
    auto values = given_values(context, kAttachment);
    if (!values) return pass(values);
    const std::string& path = context.inputs.text("document");
    auto source = content::Source::open(path);
    if (!source) return pass(source);
    const auto id = context.new_id();
    const auto told = take_content(
        context.store, id, path, [&](std::span<std::uint8_t> to) { return source->read(to); },
        context.intake.now());
    if (!told) return tl::unexpected(told.error());
    for (const auto& [tag, value] : *told) assign(*values, tag, value);
    const auto& title = field(kAttachment, "title");
    if (find(*values, title.tag) == nullptr) {
        // A title is at most as long as a name: it fits.
        if (auto named = put(context, *values, title, text_in(*values, kAttachment, "file_name"));
            !named)
            return pass(named);
    }
    assign(*values, field(kAttachment, "customer_id").tag, *customer);
    auto saved = save(context, {new_record(kAttachment, id, *values)}, {"附件", "attachment"},
                      title_of(context.store, context.asker(), *customer) + " " +
                          text_in(*values, kAttachment, "title"),
                      id);
    if (!saved) {
        sqlite::Transaction tx(context.store.connection());
        if (!context.store.attachments.is_upload(id)) context.store.attachments.contents.drop(id);
        tx.commit();
    }
    return saved;
}

Result<RecordId> attachment_named(Context& context) {
    return find_record(context.store, context.asker(), kAttachment,
                       context.inputs.text("attachment"));
}

Result<int> get(Context& context) {
    // What was added here and not taken has no record any more; its bytes are still its author's.
    const auto own = id_from<RecordId>(context.inputs.text("attachment"));
    const bool kept = own && context.store.attachments.is_upload(*own);
    auto id = kept ? Result<RecordId>(*own) : attachment_named(context);
    if (!id) return pass(id);
    auto& contents = context.store.attachments.contents;
    const auto held = contents.of(*id);
    if (!held || !held->whole)
        return fail(kNoContentHere, title_of(context.store, context.asker(), *id),
                    context.say(content_state(context.store.attachments, *id).words));
    const std::string& file = context.inputs.text("output");
    if (auto saved = content::save_as(file, contents, *held); !saved) return pass(saved);
    context.answer.line({"已写入 {}（{} 字节）", "wrote {} ({} bytes)"},
                        {file, std::to_string(held->size)});
    context.answer.document({{"record", to_text(*id)}, {"file", file}, {"size", held->size}});
    return 0;
}

Result<int> remove_attachment(Context& context) {
    const auto id = attachment_named(context);
    if (!id) return tl::unexpected(id.error());
    return save_removal(context, kAttachment, *id, {"删除附件", "removal of attachment"});
}

std::vector<std::string> attachment_row(Context& context,
                                        const RecordId& id,
                                        const FieldValues& values,
                                        const ContentState& content) {
    const auto& kind = field(kAttachment, "doc_kind");
    const Value* doc_kind = find(values, kind.tag);
    const bool is_version = find(values, field(kAttachment, "version_of_id").tag) != nullptr;
    return {text_in(values, kAttachment, "doc_date"),
            doc_kind == nullptr ? "" : catalog::display(kind, *doc_kind, context.answer.lang),
            (is_version ? context.say({"（新版）", "(new version) "}) : "") +
                text_in(values, kAttachment, "title"),
            text_in(values, kAttachment, "file_name"),
            std::to_string(number_in(values, kAttachment, "size")),
            context.say(content.words),
            context.say(sync_word(context.store, id)),
            short_id(id)};
}

Result<int> list_attachments(Context& context) {
    auto customer = find_customer(context.store, context.asker(), context.inputs.text("customer"));
    if (!customer) return pass(customer);
    Query query{.kind = &kAttachment,
                .order_by = &field(kAttachment, "doc_date"),
                .descending = true,
                .limit = kAttachmentsListed};
    query.where = {{field(kAttachment, "customer_id").tag, *customer}};
    action::Table table{{context.say({"文件日期", "Date"}), context.say({"类别", "Kind"}),
                         context.say({"题名", "Title"}), context.say({"文件名", "File"}),
                         context.say({"大小", "Size"}), context.say({"内容", "Content"}),
                         context.say({"状态", "State"}), "ID"}};
    const auto ids = context.store.replica.select(query);
    auto document = records_document(context.store, kAttachment, ids);
    for (std::size_t i = 0; i < ids.size(); ++i) {
        const auto values = context.store.replica.load(kAttachment, ids[i]).value_or(FieldValues{});
        const auto content = content_state(context.store.attachments, ids[i]);
        table.row(attachment_row(context, ids[i], values, content));
        document[i]["content_state"] = std::string(content.code);
    }
    if (table.is_empty()) {
        context.answer.line({"{} 还没有附件", "{} has no attachment yet"},
                            {title_of(context.store, context.asker(), *customer)});
    } else {
        context.answer.table(std::move(table));
    }
    context.answer.document({{"attachments", std::move(document)}});
    note_as_of(context);
    return 0;
}

}  // namespace

std::span<const Action> attach_actions() {
    static const auto kAddInputs = with_fields(kAttachAdd, kAttachment);
    static const std::array kActions{
        Action{"attach add",
               {"给客户添加附件（最大 50 MB）", "add a document (at most 50 MB)"},
               "dossier attach add -c 明润 --doc-kind 营业执照 ~/执照.pdf",
               kAddInputs,
               Needs::Store,
               add_attachment,
               WhenLocked::Records},
        Action{"attach get",
               {"把附件内容写到新文件", "write a document's content to a new file"},
               "dossier attach get 0f3a9c21 -o 执照.pdf",
               kAttachGet,
               Needs::Reading,
               get},
        Action{"attach remove",
               {"删除附件（本人 7 天内误传的即时生效，其余由办公室决定）",
                "remove a document: at once if you added it within 7 days, else proposed"},
               "dossier attach remove 0f3a9c21 --reason 传错文件",
               kAttachRemove,
               Needs::Store,
               remove_attachment},
        Action{"attach list",
               {"列出客户的附件，新的在前", "list a customer's documents, newest first"},
               "dossier attach list -c 明润",
               kAttachList,
               Needs::Reading,
               list_attachments},
    };
    return kActions;
}

}  // namespace dossier::client
