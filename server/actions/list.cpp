// `list` of any kind: filters, order, columns and pages as they were said.
#include "server/reading/list.hpp"

#include <algorithm>

#include "common/action/derive.hpp"
#include "common/catalog/customer.hpp"
#include "common/query/faults.hpp"
#include "common/query/words.hpp"

#include "server/actions/records.hpp"
#include "server/actions/view.hpp"
#include "server/reading/find.hpp"
#include "server/reading/records.hpp"

namespace dossier::server {
namespace {

using catalog::Kind;

constexpr std::uint64_t kShown = 100;
constexpr std::size_t kColumnsMax = 8;
constexpr std::size_t kShortId = 8;

/// Names with one of the marks between them.
std::vector<std::string> split(std::string_view text, std::string_view marks) {
    std::vector<std::string> parts;
    while (!text.empty()) {
        const auto end = std::min(text.find_first_of(marks), text.size());
        if (end > 0) parts.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return parts;
}

/// What people look for in a list when nobody says it: the title and the first fields of the kind.
std::vector<std::string> usual_columns(const Kind& kind) {
    if (!kind.list_columns.empty()) return split(kind.list_columns, "|");
    std::vector<std::string> names;
    for (const catalog::Field& field : kind.fields) {
        if (names.size() == kColumnsMax) break;
        names.emplace_back(field.name);
    }
    return names;
}

Result<std::vector<const catalog::Field*>> columns_of(Context& context, const Kind& kind) {
    const bool said = context.inputs.has("columns");
    std::vector<const catalog::Field*> columns;
    for (const auto& name :
         said ? split(context.inputs.text("columns"), ",|") : usual_columns(kind)) {
        const auto* field = catalog::find_heading(kind, name);
        if (field == nullptr)
            return fail(query::kUnknownField, std::string(context.answer.in(kind.label)),
                        std::string(head(name, 40)), [&] {
                            std::string names;
                            for (const auto& each : kind.fields)
                                names += (names.empty() ? "" : " ") + std::string(each.name);
                            return names;
                        }());
        columns.push_back(field);
    }
    return columns;
}

Result<query::Query> query_of(Context& context, const Kind& kind) {
    query::Query query{.kind = &kind};
    const auto read = [&](const catalog::Field& field, std::string_view text) {
        return read_reference(context.office, context.asker(), field, text);
    };
    auto where = query::filters_from(kind, context.inputs.all("where"), read);
    if (!where) return pass(where);
    query.where = std::move(*where);
    if (const Kind* parent = action::above(kind);
        parent != nullptr && context.inputs.has(parent->name)) {
        const auto above = find_record(context.office, context.asker(), *parent,
                                       context.inputs.text(parent->name));
        if (!above) return tl::unexpected(above.error());
        query.where.push_back({.field = catalog::find_field(kind, kind.parent),
                               .test = query::Test::Equal,
                               .values = {*above}});
    }
    const std::string usual(kind.list_order);
    const auto sort = context.inputs.has("sort") ? context.inputs.text("sort") : usual;
    if (!sort.empty()) {
        auto order = query::order_from(kind, sort);
        if (!order) return pass(order);
        query.order = *order;
    } else {
        query.order.descending = true;
    }
    const auto asked = context.inputs.number("limit", kShown);
    if (!asked) return tl::unexpected(asked.error());
    auto limit = query::limit_from(*asked);
    if (!limit) return pass(limit);
    query.limit = *limit;
    if (context.inputs.has("page")) {
        auto key = query::page_from(query, context.inputs.text("page"));
        if (!key) return pass(key);
        query.after = std::move(*key);
    }
    return query;
}

/// People call a draft by the number it was made with; to programs that is another field.
const Value* called(const Kind& kind, const FieldValues& values, const catalog::Field& field) {
    const Value* value = find(values, field.tag);
    static constexpr auto& kNumber = catalog::field(catalog::kCustomer, "customer_no");
    static constexpr auto& kProvisional = catalog::field(catalog::kCustomer, "provisional_no");
    if (value != nullptr || &field != &kNumber || !catalog::is_file(kind)) return value;
    return find(values, kProvisional.tag);
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
    for (const auto& [id, values] : records) {
        std::vector<std::string> cells;
        for (const auto* field : columns) {
            const Value* value = called(kind, values, *field);
            cells.push_back(cli::shown(*field, value == nullptr ? Value{} : *value, answer.lang,
                                       titles(context)));
        }
        if (by_id) cells.emplace_back(tail(to_text(id), kShortId));
        table.row(std::move(cells));
    }
    answer.table(std::move(table));
    answer.document(records_document(kind, records));
}

}  // namespace

Result<int> list_of_kind(Context& context) {
    const Kind& kind = *context.action.about;
    if (context.inputs.has("text")) return search_customers(context);
    const auto columns = columns_of(context, kind);
    if (!columns) return tl::unexpected(columns.error());
    const auto query = query_of(context, kind);
    if (!query) return tl::unexpected(query.error());
    const auto listing =
        list_records(context.office, context.asker(), *query, context.place.give_way);
    if (listing.hidden > 0)
        context.answer.note({"另有 {} 条绝密记录，加 --purpose 后列出",
                             "{} more are top secret: say --purpose to list them"},
                            {std::to_string(listing.hidden)});
    tell(context, kind, *columns, listing.records);
    if (listing.next) {
        context.answer.next = query::to_word(*query, *listing.next);
        context.answer.note({"后面还有：--page {}", "there are more: --page {}"},
                            {context.answer.next});
    }
    return 0;
}

}  // namespace dossier::server
