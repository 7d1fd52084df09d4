#include "common/report/cells.hpp"

#include <algorithm>

#include "common/catalog/references.hpp"

namespace dossier::report {

Cell cell_of(const catalog::Field& field, const Value& value) {
    if (is_empty(value)) return {};
    if (catalog::names_person(field)) return as_record(value).as<UserTag>();
    if (catalog::is_reference(field)) return as_record(value);
    if (const auto number = as_number(value)) {
        if (field.type == catalog::Type::Time) return Instant{*number};
        if (field.choices.empty()) return *number;
    }
    const auto* text = as_text(value);
    const std::string code = text != nullptr ? *text : std::to_string(*as_number(value));
    const auto choice = std::ranges::find(field.choices, code, &catalog::Choice::code);
    if (choice != field.choices.end()) return choice->label;
    return code;
}

}  // namespace dossier::report
