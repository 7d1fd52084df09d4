// The documents of a customer's file: which there are, and their contents for those who may read.
#include <algorithm>
#include <array>
#include <functional>

#include "common/action/answer.hpp"
#include "common/action/derive.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/describe.hpp"
#include "common/catalog/document.hpp"
#include "common/content/files.hpp"
#include "common/content/take.hpp"
#include "common/merge/refusals.hpp"

#include "server/accounts/office_keys.hpp"
#include "server/actions/submit.hpp"
#include "server/actions/tables.hpp"
#include "server/actions/typed.hpp"
#include "server/actions/view.hpp"
#include "server/reading/content.hpp"
#include "server/reading/find.hpp"
#include "server/reading/known.hpp"
#include "server/reading/records.hpp"
#include "server/reading/view.hpp"

namespace dossier::server {
namespace {

using catalog::field;
using catalog::kAttachment;

using catalog::kDeletedAt;

/// Whether its content is here, as a stable word.
std::string_view content_code(Context& context, const RecordId& record) {
    const auto held = context.office.store().contents().of(record);
    return held && held->whole ? "here" : "pending";
}

/// The papers of a file, newest in front.
std::vector<Place> papers_of(Store& store, const RecordId& customer) {
    std::vector<std::pair<std::string, Place>> dated;
    for (const Place& place : store.file_of(customer)) {
        if (!catalog::has_content(place.kind)) continue;
        const auto values = store.load(place.kind, place.record);
        if (!values || find(*values, kDeletedAt) != nullptr) continue;
        dated.emplace_back(text_in(*values, field(kAttachment, "doc_date")), place);
    }
    std::ranges::stable_sort(dated, std::greater<>(), &std::pair<std::string, Place>::first);
    std::vector<Place> places;
    for (auto& [date, place] : dated) places.push_back(place);
    return places;
}

Result<int> attach_list(Context& context) {
    const auto customer =
        find_customer(context.office, context.asker(), context.inputs.text("customer"));
    if (!customer) return tl::unexpected(customer.error());
    auto& answer = context.answer;
    const auto say = [&](const Text& text) { return std::string(answer.in(text)); };
    action::Table table({say({"文件日期", "Date"}), say({"类别", "Kind"}), say({"题名", "Title"}),
                         say({"文件名", "File"}), say({"大小", "Size"}), say({"内容", "Content"}),
                         "ID"});
    auto document = action::Json::array();
    std::optional<Error> withheld;
    for (const Place& place : papers_of(context.office.store(), *customer)) {
        const auto visible = read_record(context.office, context.asker(), place, "view");
        if (!visible) {
            withheld = visible.error();
            continue;
        }
        const auto& values = visible->values;
        const Value* kind = find(values, field(kAttachment, "doc_kind").tag);
        const auto code = content_code(context, place.record);
        const Text word = code == "here" ? Text{"已到", "here"} : Text{"附件待传", "pending"};
        table.row({text_in(values, field(kAttachment, "doc_date")),
                   kind == nullptr
                       ? ""
                       : catalog::display(field(kAttachment, "doc_kind"), *kind, answer.lang),
                   text_in(values, field(kAttachment, "title")),
                   text_in(values, field(kAttachment, "file_name")),
                   std::to_string(number_in(values, field(kAttachment, "size"), 0)), say(word),
                   to_text(place.record)});
        auto entry = record_document(kAttachment, place.record, values);
        entry["content_state"] = std::string(code);
        document.push_back(std::move(entry));
    }
    if (withheld)
        answer.note({"有附件未显示：{}", "some are not shown: {}"},
                    {catalog::describe(*withheld, context.lang())});
    answer.table(std::move(table));
    answer.document(document);
    return 0;
}

/// By its identity or the end of it. One that he may not know of goes on to be refused, and noted,
/// as what it is.
RecordId named_document(Context& context) {
    const auto& typed = context.inputs.text("id");
    const auto id = find_record(context.office, context.asker(), kAttachment, typed);
    return id ? *id : id_from<RecordId>(typed).value_or(RecordId{});
}

Result<int> get(Context& context) {
    const RecordId id = named_document(context);
    const auto held = content_of(context.office, context.asker(), id);
    if (!held) return tl::unexpected(held.error());
    const auto file = context.file(context.inputs.text("file"));
    if (auto saved = content::save_as(file, context.office.store().contents(), *held); !saved)
        return pass(saved);
    context.answer.line({"已写入 {}（{} 字节）", "wrote {} ({} bytes)"},
                        {file, std::to_string(held->size)});
    context.answer.document({{"id", to_text(id)}, {"file", file}, {"size", held->size}});
    return 0;
}

/// The document of which this is a version, over any number of versions.
RecordId origin_of(Store& store, RecordId id) {
    constexpr int kVersionsMax = 1000;
    for (int step = 0; step < kVersionsMax; ++step) {
        const auto values = store.load(kAttachment.tag, id);
        const RecordId before =
            values ? record_in(*values, field(kAttachment, "version_of_id")) : RecordId{};
        if (before.is_none()) break;
        id = before;
    }
    return id;
}

/// Of several versions made side by side a person picks the one that holds; the others stay.
Result<int> make_current(Context& context) {
    const RecordId id = named_document(context);
    auto& store = context.office.store();
    const auto place = store.place(id);
    if (!place || !catalog::has_content(place->kind)) return fail(merge::kUnknownRecord);
    const auto picked = store.load(kAttachment.tag, id).value_or(FieldValues{});
    if (known_by(context.office, context.asker(), *place, picked, Facet::Main) == Known::No)
        return fail(merge::kUnknownRecord);
    const RecordId origin = origin_of(store, id);
    std::vector<merge::Op> ops;
    for (const Place& each : store.file_of(place->customer)) {
        if (!catalog::has_content(each.kind) || origin_of(store, each.record) != origin) continue;
        const auto held = store.load(each.kind, each.record).value_or(FieldValues{});
        const std::int64_t wanted = each.record == id ? 1 : 0;
        if (number_in(held, field(kAttachment, "is_current"), 0) == wanted) continue;
        ops.push_back(set_op(kAttachment, each.record, held, "is_current", wanted));
    }
    if (!ops.empty()) {
        if (auto done = submit(context, std::move(ops)); !done) return pass(done);
    }
    context.answer.line({"现行版：{}", "the current version is {}"}, {to_text(id)});
    context.answer.document({{"current", to_text(id)}});
    return 0;
}

/// A document from a file beside whoever asks.
Result<int> attach_add(Context& context) {
    const auto customer =
        find_customer(context.office, context.asker(), context.inputs.text("customer"));
    if (!customer) return tl::unexpected(customer.error());
    auto values = typed_values(context, kAttachment, {}, *customer);
    if (!values) return pass(values);
    const auto path = context.file(context.inputs.text("document"));
    auto source = content::Source::open(path);
    if (!source) return pass(source);
    auto& store = context.office.store();
    const auto id = context.office.ids().make<RecordId>();
    const auto told = content::take(
        store.contents(), id, path, [&](std::span<std::uint8_t> to) { return source->read(to); },
        content_key(store, context.office.random()), {{}, context.office.now()});
    if (!told) {
        store.contents().drop(id);
        return tl::unexpected(told.error());
    }
    for (const auto& [tag, value] : *told) assign(*values, tag, value);
    const auto& title = field(kAttachment, "title");
    if (find(*values, title.tag) == nullptr)
        assign(*values, title.tag, text_in(*values, field(kAttachment, "file_name")));
    assign(*values, field(kAttachment, "customer_id").tag, *customer);
    const auto name = text_in(*values, title);
    auto done = submit(context, {{.kind = merge::OpKind::Create,
                                  .record_kind = kAttachment.tag,
                                  .record = id,
                                  .fields = std::move(*values)}});
    if (!done) {
        store.contents().drop(id);
        return pass(done);
    }
    context.answer.line({"已添加附件：{}", "added: {}"}, {name});
    context.answer.document({{"id", to_text(id)}, {"title", name}});
    return 0;
}

/// What is said about a new document: its file, whose it is, and its fields.
std::span<const Input> add_inputs() {
    static const auto kAll = [] {
        std::vector<Input> all{
            Input{"DOCUMENT",
                  "",
                  {"要添加的文件（最大 50 MB）", "the file, at most 50 MB"},
                  Give::Required,
                  0,
                  nullptr,
                  Means::FileRead},
            Input{"customer", "CUSTOMER", {"所属客户", "the customer"}, Give::Required, 'c'}};
        for (const auto& of : kAttachment.fields) {
            if (action::is_said(kAttachment, of))
                all.push_back({of.name, "", of.label, Give::Optional, 0, &of});
        }
        all.push_back({"reason", "TEXT", {"理由", "reason"}});
        return all;
    }();
    return kAll;
}

constexpr std::array kAttachList{Input{
    "CUSTOMER", "", {"编号、名称或其中一部分", "number, name or a part of it"}, Give::Required}};
constexpr std::array kAttachGet{
    Input{"ID",
          "",
          {"{do:attach.list} 最后一列", "what stands last in {do:attach.list}"},
          Give::Required},
    Input{"FILE",
          "",
          {"写到哪个新文件", "the new file to write"},
          Give::Required,
          0,
          nullptr,
          Means::FileWritten}};

constexpr std::array kCurrent{
    Input{"ID",
          "",
          {"{do:attach.list} 最后一列", "what stands last in {do:attach.list}"},
          Give::Required},
    Input{"reason", "TEXT", {"理由", "reason"}}};

const std::array kAttachActions{
    Action{"attach add",
           {"给客户添加附件", "add a document to a customer's file"},
           "dossierd attach add 执照.pdf -c 明润 --doc-kind 营业执照 --as hanm",
           add_inputs(),
           Actor::Named,
           Runs::InUnit,
           attach_add},
    Action{"attach current",
           {"在并存的版本中选定现行版", "pick the version that holds among several"},
           "dossierd attach current 0190f3a9-… --as hanm",
           kCurrent,
           Actor::Named,
           Runs::InUnit,
           make_current},
    Action{"attach list",
           {"列出客户的附件", "list a customer's documents"},
           "dossierd attach list 明润 --as liuy",
           kAttachList,
           Actor::Named,
           Runs::InUnit,
           attach_list,
           Does::Reads},
    Action{"attach get",
           {"把附件内容写到新文件", "write a document's content to a new file"},
           "dossierd attach get 0190f3a9-… 执照.pdf --as liuy --purpose 核对执照",
           kAttachGet,
           Actor::Named,
           Runs::InUnit,
           get,
           Does::Reads},
};

}  // namespace

std::span<const Action> attach_actions() {
    return kAttachActions;
}

}  // namespace dossier::server
