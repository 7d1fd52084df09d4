#include "server/actions/import_host.hpp"

#include <algorithm>

#include "common/catalog/customer.hpp"
#include "common/catalog/import_batch.hpp"
#include "common/catalog/states.hpp"
#include "common/pinyin/fold.hpp"

#include "server/actions/submit.hpp"
#include "server/actions/view.hpp"
#include "server/reading/find.hpp"
#include "server/reading/known.hpp"
#include "server/reading/rights.hpp"

namespace dossier::server {
namespace {

using catalog::field;
using catalog::kCustomer;

constexpr std::size_t kResolvedKept = 10'000;
constexpr std::size_t kResolvedBytes = 256;
using catalog::kCreatedBy;

/// The record a new one hangs on; none for a change.
RecordId parent_of(const merge::Op& op) {
    const auto* kind = catalog::find_kind(op.record_kind);
    const auto* above = kind == nullptr ? nullptr : catalog::find_field(*kind, kind->parent);
    return above == nullptr ? RecordId{} : record_in(op.fields, above->tag);
}

}  // namespace

ImportHost::ImportHost(Context& context, bool is_rehearsal)
    : context_(context), is_rehearsal_(is_rehearsal) {
    auto& store = context.office.store();
    for (auto page = store.list(kCustomer.tag, {}, kWalkPage); !page.empty();
         page = store.list(kCustomer.tag, page.back(), kWalkPage)) {
        for (const RecordId& id : page)
            remember(id, store.load_facet(kCustomer.tag, id, Facet::Directory));
        context.place.give_way();
    }
}

void ImportHost::remember(const RecordId& id, const FieldValues& values) {
    by_name_[pinyin::match_key(text_in(values, field(kCustomer, "name")))].push_back(id);
}

std::optional<RecordId> ImportHost::resolve(const catalog::Field& field, std::string_view text) {
    const auto key = std::pair(std::string(field.name), std::string(text));
    const auto known = resolved_.find(key);
    if (known != resolved_.end()) return known->second;
    const auto value = read_value(context_.office, context_.asker(), field, text);
    const auto record = value ? as_record(*value) : RecordId{};
    // A file has few people and places; one that names a new one in each row is not kept.
    if (resolved_.size() >= kResolvedKept || text.size() > kResolvedBytes)
        return record.is_none() ? std::nullopt : std::optional(record);
    return resolved_[key] = record.is_none() ? std::nullopt : std::optional(record);
}

std::vector<RecordId> ImportHost::by_field(const catalog::Kind& kind,
                                           const catalog::Field& of,
                                           const FieldValues& values) {
    const Value* value = find(values, of.tag);
    if (value == nullptr || is_empty(*value)) return {};
    auto found = context_.office.store().find(kind.tag, of.tag, *value);
    const auto* text = as_text(*value);
    if (text == nullptr || !is_rehearsal_) return found;
    const auto made = rehearsed_by_.find({of.tag, *text});
    if (made != rehearsed_by_.end() &&
        std::find(found.begin(), found.end(), made->second) == found.end())
        found.push_back(made->second);
    return found;
}

void ImportHost::rehearse(const merge::Op& op) {
    const auto& kind = *catalog::find_kind(op.record_kind);
    auto at = rehearsed_.find(op.record);
    if (at == rehearsed_.end())
        at = rehearsed_.emplace(op.record, Rehearsed{op.record_kind, load(kind, op.record)}).first;
    for (const auto& [tag, value] : op.fields) {
        assign(at->second.values, tag, value);
        const auto* text = as_text(value);
        const auto* of = catalog::find_field(kind, tag);
        if (text != nullptr && of != nullptr && of->unique)
            rehearsed_by_.emplace(std::pair(tag, *text), op.record);
    }
}

std::vector<RecordId> ImportHost::candidates(const catalog::Kind& kind, const FieldValues& values) {
    std::vector<RecordId> all;
    const auto add = [&](std::vector<RecordId> found, Facet facet) {
        // By what the importer may know of each file: a code he may not read is no sameness to him.
        if (catalog::is_file(kind)) keep_readable(found, facet);
        all.insert(all.end(), found.begin(), found.end());
    };
    for (const auto& of : kind.fields) {
        if (of.unique) add(by_field(kind, of, values), catalog::facet_of(of));
    }
    if (catalog::is_file(kind)) {
        const auto named =
            by_name_.find(pinyin::match_key(text_in(values, field(kCustomer, "name"))));
        if (named != by_name_.end()) add(named->second, Facet::Directory);
    }
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
}

std::vector<RecordId> ImportHost::children(const catalog::Kind& kind, const RecordId& parent) {
    const auto* above = catalog::find_field(kind, kind.parent);
    auto found = context_.office.store().find(kind.tag, above->tag, Value(parent));
    std::erase_if(found, [&](const RecordId& id) {
        const auto held = context_.office.store().load(kind.tag, id);
        return !held || is_gone(*held) || load(kind, id).empty();
    });
    for (const auto& [id, each] : rehearsed_) {
        const bool is_child = each.kind == kind.tag && record_in(each.values, above->tag) == parent;
        if (is_child && std::find(found.begin(), found.end(), id) == found.end())
            found.push_back(id);
    }
    return found;
}

Place ImportHost::place_of(const catalog::Kind& kind, const RecordId& record) {
    return context_.office.store().place(record).value_or(Place{kind.tag, record, record});
}

void ImportHost::keep_readable(std::vector<RecordId>& found, Facet facet) {
    std::erase_if(found, [&](const RecordId& id) {
        if (rehearsed_.contains(id)) return false;
        const auto held = context_.office.store().load(kCustomer.tag, id);
        return !held || is_gone(*held) ||
               known_by(context_.office, context_.asker(), {kCustomer.tag, id, id}, *held, facet) !=
                   Known::InFull;
    });
}

FieldValues ImportHost::load(const catalog::Kind& kind, const RecordId& record) {
    const auto rehearsed = rehearsed_.find(record);
    if (rehearsed != rehearsed_.end()) return rehearsed->second.values;
    const auto held = context_.office.store().load(kind.tag, record).value_or(FieldValues{});
    // Of what this import made the importer has said everything himself.
    if (was_made(record)) return held;
    return known_values(context_.office, context_.asker(), place_of(kind, record), held);
}

Status ImportHost::open_batch(std::string_view name) {
    using catalog::kImportBatch;
    auto& store = context_.office.store();
    const RecordId author = context_.actor.as<RecordTag>();
    for (const RecordId& id :
         store.find(kImportBatch.tag, field(kImportBatch, "name").tag, std::string(name))) {
        const auto values = store.load(kImportBatch.tag, id).value_or(FieldValues{});
        const bool goes_on =
            record_in(values, kCreatedBy) == author &&
            text_in(values, field(kImportBatch, "state")) == catalog::BatchState::kLoading;
        if (!goes_on) continue;
        batch_ = id;
        return {};
    }
    merge::Op made{.kind = merge::OpKind::Create,
                   .record_kind = kImportBatch.tag,
                   .record = context_.office.ids().make<RecordId>(),
                   .fields = {{field(kImportBatch, "name").tag, std::string(name)}}};
    batch_ = made.record;
    auto done = context_.office.change(context_.actor, {.source = "import", .ops = {made}});
    return done ? Status{} : tl::unexpected(done.error());
}

Status ImportHost::submit_batch() {
    if (batch_.is_none()) return {};
    auto done = context_.office.change(
        context_.actor,
        {.source = "import", .ops = {event_op(catalog::kImportBatch, batch_, "submit")}});
    return done ? Status{} : tl::unexpected(done.error());
}

Status ImportHost::submit(merge::Changeset changeset) {
    const auto ops = changeset.ops;
    const merge::Op& first = ops.front();
    const bool is_new = first.kind == merge::OpKind::Create && catalog::is_file(first.record_kind);
    // What it changes was made by an earlier step of the rehearsal and is not there any more.
    const bool builds_on_rehearsed = std::any_of(ops.begin(), ops.end(), [&](const auto& op) {
        return rehearsed_.contains(op.record) || rehearsed_.contains(parent_of(op));
    });
    if (!builds_on_rehearsed) {
        if (is_new && !batch_.is_none())
            assign(changeset.ops.front().fields, field(kCustomer, "import_batch_id").tag, batch_);
        auto done = context_.office.change(context_.actor, std::move(changeset));
        if (!done) return pass(done);
    }
    if (is_new) remember(first.record, first.fields);
    if (!is_rehearsal_) return {};
    for (const auto& op : ops) rehearse(op);
    return {};
}

}  // namespace dossier::server
