#include "client/actions/records.hpp"

#include "common/action/derive.hpp"
#include "common/action/listing.hpp"
#include "common/cli/table.hpp"

#include "client/actions/given.hpp"
#include "client/actions/history.hpp"
#include "client/actions/save.hpp"
#include "client/actions/sheet.hpp"
#include "client/actions/view.hpp"
#include "client/faults.hpp"
#include "client/intake/asked_here.hpp"
#include "client/intake/drafts.hpp"
#include "client/reading/find.hpp"
#include "client/reading/heard.hpp"
#include "client/reading/titles.hpp"

namespace dossier::client {
namespace {

using catalog::Kind;

constexpr std::size_t kCellWidth = 48;

/// What the record hangs on, where it was said; none where it was not.
Result<RecordId> said_above(Context& context, const Kind& kind) {
    const Kind* parent = action::above(kind);
    if (parent == nullptr || !context.inputs.has(parent->name)) return RecordId{};
    return find_record(context.store, context.asker(), *parent, context.inputs.text(parent->name));
}

/// The customer whose people and papers are meant.
RecordId file_of(Context& context, const Kind& kind, const RecordId& above) {
    const Kind* parent = action::above(kind);
    if (parent == nullptr || above.is_none()) return {};
    const auto values = context.store.replica.load(*parent, above).value_or(FieldValues{});
    return context.store.replica.customer_of(*parent, above, values);
}

/// The only one a customer has of the kind, by the customer's name.
std::optional<RecordId> only_of(Context& context, const std::string& typed) {
    const Kind& kind = *context.action.about;
    if (!catalog::is_one_per_file(kind)) return std::nullopt;
    const auto customer = find_customer(context.store, context.asker(), typed);
    if (!customer) return std::nullopt;
    Query query{.kind = &kind};
    query.where = {{catalog::find_field(kind, kind.parent)->tag, *customer}};
    const auto found = context.store.replica.select(query);
    return found.size() == 1 ? std::optional(found.front()) : std::nullopt;
}

Result<int> add_record(Context& context) {
    const Kind& kind = *context.action.about;
    const auto above = said_above(context, kind);
    if (!above) return tl::unexpected(above.error());
    auto values = given_values(context, kind, file_of(context, kind, *above));
    if (!values) return pass(values);
    if (!above->is_none()) assign(*values, catalog::find_field(kind, kind.parent)->tag, *above);
    const auto id = context.new_id(kind, *values);
    const auto* title = catalog::find_field(kind, kind.title);
    const Value* called = find(*values, title->tag);
    return save(
        context, {new_record(kind, id, *values)}, kind.label,
        called == nullptr ? std::string() : shown(context.store, context.asker(), *title, *called),
        id);
}

Result<int> edit_record(Context& context) {
    auto id = record_named(context);
    if (!id) return pass(id);
    return save_edit(context, *context.action.about, *id, context.action.about->label);
}

Result<int> show_one(Context& context) {
    auto id = record_named(context);
    if (!id) return pass(id);
    show_record(context, *context.action.about, *id);
    note_as_of(context);
    return 0;
}

Result<int> remove_record(Context& context) {
    auto id = record_named(context);
    if (!id) return pass(id);
    return save_removal(context, *context.action.about, *id, context.action.about->label);
}

Result<int> record_history(Context& context) {
    auto id = record_named(context);
    if (!id) return pass(id);
    return answer_own_history(context, *id);
}

Result<int> list_all(Context& context) {
    return list_records(context, *context.action.about);
}

Run function_of(action::Verb verb) {
    using action::Verb;
    switch (verb) {
        case Verb::Add:
            return add_record;
        case Verb::Edit:
            return edit_record;
        case Verb::Show:
            return show_one;
        case Verb::List:
            return list_all;
        case Verb::Remove:
            return remove_record;
        case Verb::History:
            return record_history;
        case Verb::Import:
            return import_file;
        case Verb::Export:
            return export_cards;
    }
    return nullptr;
}

}  // namespace

Result<RecordId> record_named(Context& context) {
    const Kind& kind = *context.action.about;
    const auto& typed = context.inputs.text(action::record_key(kind));
    const auto above = said_above(context, kind);
    if (!above) return tl::unexpected(above.error());
    if (!above->is_none()) return find_below(context.store, context.asker(), kind, *above, typed);
    if (const auto only = only_of(context, typed)) return *only;
    return find_record(context.store, context.asker(), kind, typed);
}

Status answer_records(Context& context, const Kind& kind, const std::vector<RecordId>& records) {
    const auto columns = action::columns_from(kind, context.inputs);
    if (!columns) return tl::unexpected(columns.error());
    action::Table table;
    for (const auto* field : *columns) table.header.push_back(context.say(field->label));
    table.header.push_back(context.say({"同步", "Sync"}));
    if (kind.known_by.empty()) table.header.push_back(context.say({"标识", "Id"}));
    for (const RecordId& id : records) {
        const auto values = heard_record(context.store, kind, id);
        std::vector<std::string> cells;
        for (const auto* field : *columns) {
            const auto [of, value] = catalog::called(kind, values, *field);
            cells.push_back(
                value == nullptr
                    ? "-"
                    : cli::clipped(shown(context.store, context.asker(), *of, *value), kCellWidth));
        }
        cells.push_back(context.say(sync_word(context.store, id)));
        if (kind.known_by.empty()) cells.push_back(short_id(id));
        table.row(std::move(cells));
    }
    context.answer.table(std::move(table));
    auto document = records_document(context.store, kind, records);
    if (context.inputs.has("columns")) action::keep_columns(document, kind, *columns);
    context.answer.document(std::move(document));
    return {};
}

Result<int> list_records(Context& context, const Kind& kind) {
    const auto above = said_above(context, kind);
    if (!above) return tl::unexpected(above.error());
    const auto file = file_of(context, kind, *above);
    auto query = action::query_from(
        kind, context.inputs, *above,
        [&](const catalog::Field& field, std::string_view text) {
            return read_reference(context.store, context.asker(), field, text, file,
                                  context.intake.now());
        },
        context.intake.now());
    if (!query) return pass(query);
    const std::size_t limit = query->limit++;  // one more tells whether there are more
    auto hits = context.store.replica.page(*query);
    const bool more = hits.size() > limit;
    if (more) hits.pop_back();
    std::vector<RecordId> found;
    for (const auto& hit : hits) found.push_back(hit.record);
    if (auto told = answer_records(context, kind, found); !told) return pass(told);
    if (more) action::tell_next(context.answer, *query, hits.back().key());
    note_as_of(context);
    return 0;
}

const std::vector<Action>& record_actions(std::span<const Action* const> own) {
    static const auto kAll = [&] {
        std::vector<Action> all;
        for (const auto& [row, kind, verb] : action::derived_actions("dossier")) {
            const bool is_own = std::ranges::any_of(
                own, [&, words = row.words](const Action* each) { return each->words == words; });
            // Only cards of one's own customers leave a laptop: `export`. Source: WF-07.
            if (is_own || verb == action::Verb::Export) continue;
            // The office makes its people, regions and lists; a laptop reads them.
            const bool changes = verb == action::Verb::Add || verb == action::Verb::Edit ||
                                 verb == action::Verb::Remove || verb == action::Verb::Import;
            const bool of_office = kind->made_by == catalog::MadeBy::Administration ||
                                   kind->made_by == catalog::MadeBy::Letters;
            const bool asks = verb == action::Verb::Add && is_asked_here(*kind);
            if (changes && of_office && !asks) continue;
            const auto locked =
                verb == action::Verb::Add ? WhenLocked::Records : WhenLocked::Refused;
            const bool reads = verb == action::Verb::Show || verb == action::Verb::List ||
                               verb == action::Verb::History;
            all.push_back(
                {{row}, reads ? Needs::Reading : Needs::Store, function_of(verb), locked, kind});
        }
        return all;
    }();
    return kAll;
}

}  // namespace dossier::client
