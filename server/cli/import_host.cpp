#include "server/cli/import_host.hpp"

#include "common/catalog/customer.hpp"
#include "common/catalog/doubt.hpp"
#include "common/pinyin/fold.hpp"

#include "server/cli/find.hpp"
#include "server/cli/submit.hpp"
#include "server/cli/view.hpp"

namespace dossier::server {
namespace {

using catalog::field;
using catalog::kCustomer;

constexpr std::size_t kPage = 500;
using catalog::kCreatedBy;

}  // namespace

ImportHost::ImportHost(Context& context) : context_(context) {
    auto& store = context.office.store();
    for (auto page = store.list(kCustomer.tag, {}, kPage); !page.empty();
         page = store.list(kCustomer.tag, page.back(), kPage)) {
        for (const RecordId& id : page)
            remember(id, store.load_facet(kCustomer.tag, id, Facet::Directory));
    }
}

void ImportHost::remember(const RecordId& id, const FieldValues& values) {
    by_name_[pinyin::match_key(text_in(values, field(kCustomer, "name")))].push_back(id);
}

std::optional<RecordId> ImportHost::resolve(const catalog::Field& field, std::string_view text) {
    const auto key = std::pair(std::string(field.name), std::string(text));
    const auto known = resolved_.find(key);
    if (known != resolved_.end()) return known->second;
    const auto value = read_value(context_, field, text);
    const auto record = value ? as_record(*value) : RecordId{};
    return resolved_[key] = record.is_none() ? std::nullopt : std::optional(record);
}

std::vector<RecordId> ImportHost::by_field(std::string_view name, const FieldValues& values) {
    const auto* of = catalog::find_field(kCustomer, name);
    const Value* value = find(values, of->tag);
    if (value == nullptr || is_empty(*value) || catalog::doubt(*of, *value)) return {};
    return context_.office.store().find(kCustomer.tag, of->tag, *value);
}

std::vector<RecordId> ImportHost::same(const catalog::Kind& kind, const FieldValues& values) {
    if (kind.tag != kCustomer.tag) return {};
    // By what the importer may know of each file: a code he may not read is no sameness to him.
    auto found = by_field("customer_no", values);
    keep_readable(found, Facet::Directory);
    if (found.empty()) {
        found = by_field("unified_code", values);
        keep_readable(found, Facet::Main);
    }
    if (found.empty()) {
        const auto name = text_in(values, field(kCustomer, "name"));
        const auto named = by_name_.find(pinyin::match_key(name));
        if (named != by_name_.end()) found = named->second;
        keep_readable(found, Facet::Directory);
    }
    return found;
}

void ImportHost::keep_readable(std::vector<RecordId>& found, Facet facet) {
    std::erase_if(found, [&](const RecordId& id) {
        const auto held = context_.office.store().load(kCustomer.tag, id);
        return !held || is_gone(*held) ||
               may_view(context_, {kCustomer.tag, id, id}, *held, facet).answer !=
                   access::Answer::Allow;
    });
}

FieldValues ImportHost::load(const catalog::Kind& kind, const RecordId& record) {
    const auto held = context_.office.store().load(kind.tag, record).value_or(FieldValues{});
    const Place place{kind.tag, record, record};
    FieldValues readable;
    for (const Facet facet : catalog::facets_of(kind)) {
        if (may_view(context_, place, held, facet).answer != access::Answer::Allow) continue;
        for (auto& [tag, value] : catalog::facet_values(kind, facet, held))
            assign(readable, tag, std::move(value));
    }
    return readable;
}

bool ImportHost::may_post(const merge::Op& create) {
    FieldValues values = create.fields;
    assign(values, kCreatedBy, context_.actor.as<RecordTag>());
    assign(values, field(kCustomer, "file_state").tag, std::string("draft"));
    const auto subject =
        context_.office.people().subject({kCustomer.tag, create.record, create.record}, values);
    return access::decide(context_.viewer(), access::Operation::Verify, subject, Facet::Main,
                          {.now = context_.office.now()})
               .answer == access::Answer::Allow;
}

Status ImportHost::submit(merge::Changeset changeset) {
    const merge::Op first = changeset.ops.front();
    const bool is_new = first.kind == merge::OpKind::Create && first.record_kind == kCustomer.tag;
    const bool posts = is_new && may_post(first);
    if (posts) changeset.ops.push_back(event_op(kCustomer, first.record, "post"));
    auto done = context_.office.change(context_.actor, std::move(changeset));
    if (!done) return pass(done);
    if (is_new) remember(first.record, first.fields);
    if (posts) ++posted_;
    return {};
}

}  // namespace dossier::server
