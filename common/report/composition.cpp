#include "common/report/composition.hpp"

#include <algorithm>
#include <map>

#include "common/catalog/structure.hpp"
#include "common/report/cells.hpp"
#include "common/report/whole.hpp"

namespace dossier::report {
namespace {

constexpr Text kNotFilled{"未填", "not filled in"};

/// One class: its cells, and how many are in it.
struct Sort {
    Row cells;
    std::int64_t count = 0;
};
/// By what tells them apart.
using Sorts = std::map<std::vector<std::string>, Sort>;

std::string key_of(const Value& value) {
    if (const auto number = as_number(value)) return std::to_string(*number);
    if (const auto* text = as_text(value)) return *text;
    return is_empty(value) ? std::string() : to_text(as_record(value));
}

/// The values of a field that holds several, one by one; else the value itself.
std::vector<Value> values_of(const catalog::Field& field, const Value& value) {
    if (field.type != catalog::Type::Set) return {value};
    std::vector<Value> each;
    for (const auto& element : catalog::elements(value))
        each.emplace_back(catalog::json_text(element).value_or(""));
    return each.empty() ? std::vector<Value>{Value{}} : each;
}

Cell named(const catalog::Field& field, const Value& value) {
    const auto cell = cell_of(field, value);
    return std::holds_alternative<std::monostate>(cell) ? Cell{kNotFilled} : cell;
}

Rows rows_of(const Sorts& sorts, std::int64_t others, std::size_t columns) {
    std::vector<const Sort*> sorted;
    for (const auto& [key, sort] : sorts) sorted.push_back(&sort);
    std::ranges::stable_sort(sorted, std::ranges::greater{}, &Sort::count);
    std::vector<std::int64_t> counts;
    for (const auto* sort : sorted) counts.push_back(sort->count);
    if (others > 0) counts.push_back(others);
    const auto parts = shares(counts);
    Rows rows;
    for (std::size_t at = 0; at < counts.size(); ++at) {
        Row row = at < sorted.size() ? sorted[at]->cells : Row(columns - 2);
        if (at >= sorted.size()) row.front() = Others{others};
        row.emplace_back(counts[at]);
        row.push_back(parts.empty() ? Cell{} : Cell{parts[at]});
        rows.push_back(std::move(row));
    }
    return rows;
}

/// What a section is classed by: one field of a source, or all it tells together.
struct By {
    std::uint8_t source;
    std::vector<const catalog::Field*> fields;
};
By by(const Report& report, const Section& section) {
    for (std::uint8_t at = 0; at < report.sources.size(); ++at) {
        const auto& source = report.sources[at];
        if (std::ranges::find(source.tells, section.key) == source.tells.end()) continue;
        By by{at, {}};
        const bool together = section.columns.size() > composition::kBySort.size();
        for (const auto name : source.tells) {
            if (together || name == section.key)
                by.fields.push_back(catalog::find_field(*source.over, name));
        }
        return by;
    }
    return {0, {}};
}

Rows section_rows(const Report& report, const Section& section, std::span<const Fact> facts) {
    const auto [source, fields] = by(report, section);
    Sorts sorts;
    std::int64_t others = 0;
    for (const Fact& fact : facts) {
        if (fact.measure != source) continue;
        if (!fact.is_named) {
            ++others;
            continue;
        }
        const auto& last = *fields.back();
        const Value* held = find(fact.values, last.tag);
        for (const auto& value : values_of(last, held == nullptr ? Value{} : *held)) {
            std::vector<std::string> key;
            Row cells;
            for (const auto* field : fields) {
                const Value* at = field == &last ? &value : find(fact.values, field->tag);
                const Value held_here = at == nullptr ? Value{} : *at;
                key.push_back(key_of(held_here));
                cells.push_back(named(*field, held_here));
            }
            auto& sort = sorts.try_emplace(key, Sort{std::move(cells)}).first->second;
            ++sort.count;
        }
    }
    return rows_of(sorts, others, section.columns.size());
}

}  // namespace

std::vector<Rows> fold_composition(const Report& report,
                                   std::span<const Fact> facts,
                                   const Question&) {
    std::vector<Rows> sections;
    for (const Section& section : report.sections)
        sections.push_back(section_rows(report, section, facts));
    return sections;
}

}  // namespace dossier::report
