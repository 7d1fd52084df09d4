#include "common/catalog/references.hpp"

#include "common/catalog/canonical.hpp"
#include "common/catalog/catalog.hpp"
#include "common/catalog/wrong.hpp"

namespace dossier::catalog {
namespace {

/// Calls `with` for each kind a target of the form "region|customer" names.
template <class With>
void each_target(std::string_view target, With with) {
    while (!target.empty()) {
        const auto end = std::min(target.find('|'), target.size());
        with(target.substr(0, end));
        target.remove_prefix(std::min(end + 1, target.size()));
    }
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
    bool fits = field.target.empty();
    each_target(field.target, [&](std::string_view name) { fits = fits || name == named.name; });
    return fits;
}

tl::unexpected<Error> wrong_target(const Field& field, const RecordId& named) {
    std::string kinds;
    each_target(field.target, [&](std::string_view name) {
        const Kind* kind = find_kind(name);
        if (kind == nullptr) return;
        kinds += (kinds.empty() ? "" : ", ") + std::string(kind->label.zh) + '/' +
                 std::string(kind->label.en);
    });
    return wrong(kWrongTarget, field, to_text(named), kinds);
}

}  // namespace dossier::catalog
