#include "common/query/extent.hpp"

#include <algorithm>

namespace dossier::query {
namespace {

bool pass(const std::vector<Filter>& filters, const FieldValues& values) {
    return std::ranges::all_of(filters, [&](const Filter& filter) {
        const Value* value = find(values, filter.field->tag);
        return passes(filter, value == nullptr ? Value{} : *value);
    });
}

bool leads_to(const Way& way, const Whole& record) {
    const bool named =
        way.files.empty() || std::ranges::find(way.files, record.file) != way.files.end();
    return named && pass(way.own, record.values) && pass(way.file, record.file_values);
}

}  // namespace

bool reaches(const std::vector<Extent>& extents, const Whole& record) {
    return std::ranges::all_of(extents, [&](const Extent& extent) {
        return std::ranges::any_of(extent, [&](const Way& way) { return leads_to(way, record); });
    });
}

}  // namespace dossier::query
