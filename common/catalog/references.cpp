#include "common/catalog/references.hpp"

#include <set>

#include "common/catalog/canonical.hpp"
#include "common/catalog/catalog.hpp"
#include "common/catalog/wrong.hpp"

namespace dossier::catalog {
namespace {

/// Whether the way up from `above` comes to `record`. A circle that is there already does not.
bool leads_to(RecordId above, const RecordId& record, const Field& up, const ValuesOf& held) {
    std::set<RecordId> passed;
    while (!above.is_none() && passed.insert(above).second) {
        if (above == record) return true;
        above = record_in(held(above), up);
    }
    return false;
}

}  // namespace

std::vector<RecordId> references_in(const Field& field, const Value& value) {
    std::vector<RecordId> named;
    if (field.type == Type::Ref && as_text(value) == nullptr) {
        if (const RecordId id = as_record(value); !id.is_none()) named.push_back(id);
    }
    if (field.type != Type::RefList) return named;
    for (const auto& element : elements(value)) {
        if (element.size() < 2) continue;
        const auto bare = std::string_view(element).substr(1, element.size() - 2);
        if (const auto id = id_from<RecordId>(bare)) named.push_back(*id);
    }
    return named;
}

bool may_name(const Kind& of, const Field& field, const Kind& named) {
    if (field.tag == kMergedInto) return named.tag == of.tag;
    const auto targets = names_in(field.target);
    return targets.empty() || std::ranges::find(targets, named.name) != targets.end();
}

tl::unexpected<Error> wrong_target(const Field& field, const RecordId& named) {
    std::string kinds;
    for (const auto name : names_in(field.target)) {
        const Kind* kind = find_kind(name);
        if (kind == nullptr) continue;
        kinds += (kinds.empty() ? "" : ", ") + std::string(kind->label.zh) + '/' +
                 std::string(kind->label.en);
    }
    return wrong(kWrongTarget, field, to_text(named), kinds);
}

Status check_tree(const Kind& kind,
                  const RecordId& record,
                  const FieldValues& values,
                  const ValuesOf& held) {
    for (const auto& [tag, value] : values) {
        const Field* of = find_field(kind, tag);
        if (of == nullptr || !of->tree || is_empty(value)) continue;
        const RecordId above = as_record(value);
        if (leads_to(above, record, *of, held)) return wrong(kCircle, *of, to_text(above));
    }
    return {};
}

}  // namespace dossier::catalog
