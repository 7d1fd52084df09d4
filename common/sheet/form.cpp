#include "common/sheet/form.hpp"

#include "common/catalog/references.hpp"
#include "common/tabular/turned.hpp"

namespace dossier::sheet {
namespace {

/// Named by the customer himself or by whoever visits him: no code of the office's.
bool is_asked(const catalog::Field& field) {
    if (field.tag <= catalog::kCommonTagMax || catalog::is_reference(field)) return false;
    const bool finds_again = field.unique && field.directory;
    return finds_again || !catalog::is_server_set(field);
}

}  // namespace

std::vector<const catalog::Field*> form_fields(const catalog::Kind& kind) {
    std::vector<const catalog::Field*> fields;
    for (const auto& field : kind.fields) {
        if (is_asked(field)) fields.push_back(&field);
    }
    return fields;
}

std::vector<tabular::Column> columns_of(const std::vector<const catalog::Field*>& fields,
                                        Lang lang) {
    std::vector<tabular::Column> columns;
    for (const auto* field : fields) {
        const bool is_number = field->type == catalog::Type::Int && field->choices.empty();
        columns.push_back({std::string(field->label.in(lang)),
                           is_number ? tabular::CellType::Number : tabular::CellType::Text});
    }
    return columns;
}

Status write_blank_form(const std::filesystem::path& path, const catalog::Kind& kind, Lang lang) {
    auto writer = tabular::create_turned(path, columns_of(form_fields(kind), lang), lang);
    return writer ? (*writer)->finish() : tl::unexpected(writer.error());
}

}  // namespace dossier::sheet
