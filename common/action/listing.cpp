#include "common/action/listing.hpp"

#include <algorithm>

#include "common/base/told.hpp"
#include "common/catalog/close.hpp"
#include "common/query/faults.hpp"

namespace dossier::action {
namespace {

using catalog::Field;
using catalog::Kind;

constexpr std::size_t kColumnsMax = 8;

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

/// What lists of a kind show when nobody says it: its columns, else its first fields.
std::vector<std::string> usual_columns(const Kind& kind) {
    if (!kind.list_columns.empty()) return split(kind.list_columns, "|");
    std::vector<std::string> names;
    for (const Field& field : kind.fields) {
        if (names.size() == kColumnsMax) break;
        names.emplace_back(field.name);
    }
    return names;
}

}  // namespace

Result<std::vector<const Field*>> columns_from(const Kind& kind, const Inputs& inputs) {
    std::vector<const Field*> columns;
    const bool said = inputs.has("columns");
    for (const auto& name : said ? split(inputs.text("columns"), ",|") : usual_columns(kind)) {
        const auto* field = catalog::find_heading(kind, name);
        if (field == nullptr)
            return fail(query::kUnknownField,
                        std::string(kind.label.zh) + "/" + std::string(kind.label.en),
                        std::string(head(name, 40)), catalog::close_fields(kind, name));
        columns.push_back(field);
    }
    if (said && columns.empty()) return fail(query::kNoColumns);
    return columns;
}

void keep_columns(Json& records, const Kind& kind, const std::vector<const Field*>& columns) {
    for (Json& record : records) {
        for (const Field& field : kind.fields) {
            if (std::ranges::find(columns, &field) == columns.end())
                record.erase(std::string(field.name));
        }
    }
}

Status refuse_together(const Inputs& inputs,
                       std::string_view key,
                       std::initializer_list<std::string_view> others) {
    if (!inputs.has(key)) return {};
    for (const auto other : others) {
        if (inputs.has(other))
            return fail(query::kNotTogether, named_input(key), named_input(other));
    }
    return {};
}

Result<query::Query> query_from(const Kind& kind,
                                const Inputs& inputs,
                                const RecordId& above,
                                const query::ReadReference& read,
                                Instant now) {
    query::Query query{.kind = &kind};
    auto where = query::filters_from(kind, inputs.all("where"), read, now);
    if (!where) return pass(where);
    query.where = std::move(*where);
    if (!above.is_none())
        query.where.push_back({.field = catalog::find_field(kind, kind.parent),
                               .test = query::Test::Equal,
                               .values = {above}});
    const auto sort = inputs.has("sort") ? inputs.text("sort") : std::string(kind.list_order);
    query.order.descending = sort.empty();
    if (!sort.empty()) {
        auto order = query::order_from(kind, sort);
        if (!order) return pass(order);
        query.order = *order;
        if (!inputs.has("sort")) query.order.descending = kind.newest_first;
    }
    const auto asked = inputs.number("limit", kListed);
    if (!asked) return tl::unexpected(asked.error());
    auto limit = query::limit_from(*asked);
    if (!limit) return pass(limit);
    query.limit = *limit;
    if (!inputs.has("page")) return query;
    auto key = query::page_from(query, inputs.text("page"));
    if (!key) return pass(key);
    query.after = std::move(*key);
    return query;
}

void tell_next(Answer& answer,
               const query::Query& query,
               const std::optional<query::PageKey>& next) {
    if (!next) return;
    answer.next = query::to_word(query, *next);
}

}  // namespace dossier::action
