// `list` of any kind: filters, order, columns and pages as they were said.
#include "server/reading/list.hpp"

#include "common/action/derive.hpp"
#include "common/action/listing.hpp"

#include "server/actions/records.hpp"
#include "server/actions/tell_hidden.hpp"
#include "server/actions/view.hpp"
#include "server/reading/records.hpp"

namespace dossier::server {
namespace {

using catalog::Kind;

constexpr std::size_t kShortId = 8;

/// What the listed records hang on, where it was said.
Result<RecordId> said_above(Context& context, const Kind& kind) {
    const Kind* parent = action::above(kind);
    if (parent == nullptr || !context.inputs.has(parent->name)) return RecordId{};
    return find_record(context.office, context.asker(), *parent, context.inputs.text(parent->name));
}

void tell(Context& context,
          const Kind& kind,
          const std::vector<const catalog::Field*>& columns,
          const std::vector<Listed>& records) {
    auto& answer = context.answer;
    const bool by_id = kind.known_by.empty();
    action::Table table;
    for (const auto* field : columns) table.header.emplace_back(field->label.in(answer.lang));
    if (by_id) table.header.emplace_back(answer.in({"标识", "Id"}));
    for (const auto& record : records) {
        std::vector<std::string> cells;
        for (const auto* field : columns) cells.push_back(cell_of(context, kind, record, *field));
        if (by_id) cells.emplace_back(tail(to_text(record.id), kShortId));
        table.row(std::move(cells));
    }
    answer.table(std::move(table));
    auto document = records_document(kind, records);
    if (context.inputs.has("columns")) action::keep_columns(document, kind, columns);
    answer.document(std::move(document));
}

void tell_left_out(Context& context, const Listing& listing) {
    if (listing.hidden > 0)
        context.answer.note({"另有 {} 条绝密记录，加 {in:purpose} 后列出",
                             "{} more are top secret: say {in:purpose} to list them"},
                            {std::to_string(listing.hidden)});
    if (listing.unlooked) tell_unlooked(context);
    for (const auto* field : listing.narrowed_by)
        context.answer.note({"只列出您看得到“{}”的记录", "only records whose \"{}\" you see"},
                            {std::string(context.answer.in(field->label))});
}

}  // namespace

Result<int> list_of_kind(Context& context) {
    const Kind& kind = *context.action.about;
    if (auto alone =
            action::refuse_together(context.inputs, "text", {"where", "sort", "columns", "page"});
        !alone)
        return pass(alone);
    if (context.inputs.has("text")) return search_customers(context);
    const auto columns = action::columns_from(kind, context.inputs);
    if (!columns) return tl::unexpected(columns.error());
    const auto above = said_above(context, kind);
    if (!above) return tl::unexpected(above.error());
    const auto query = action::query_from(
        kind, context.inputs, *above,
        [&](const catalog::Field& field, std::string_view text) {
            return read_reference(context.office, context.asker(), field, text);
        },
        context.office.now());
    if (!query) return tl::unexpected(query.error());
    const auto listing =
        list_records(context.office, context.asker(), *query, context.place.give_way);
    if (!listing) return tl::unexpected(listing.error());
    tell_left_out(context, *listing);
    tell(context, kind, *columns, listing->records);
    action::tell_next(context.answer, *query, listing->next);
    return 0;
}

}  // namespace dossier::server
