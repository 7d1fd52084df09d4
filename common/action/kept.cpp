#include "common/action/kept.hpp"

#include "common/action/derive.hpp"
#include "common/catalog/catalog.hpp"

namespace dossier::action {

Input field_input(const catalog::Field& field, Give give) {
    const bool many = field.type == catalog::Type::List || field.type == catalog::Type::Set ||
                      field.type == catalog::Type::RefList;
    return {.name = field.name,
            .value = "",
            .help = field.label,
            .give = many && give == Give::Optional ? Give::Many : give,
            .field = &field};
}

std::string upper(std::string_view name) {
    std::string text(name);
    for (char& c : text) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return text;
}

void add_above(Kept& kept, const catalog::Kind& kind, Give give, std::vector<Input>& inputs) {
    const catalog::Kind* parent = above(kind);
    if (parent == nullptr) return;
    inputs.push_back({.name = parent->name,
                      .value = kept.keep(upper(parent->name)),
                      .help = catalog::find_field(kind, kind.parent)->label,
                      .give = give,
                      .letter = catalog::is_file(*parent) ? 'c' : '\0'});
}

std::string sample(const catalog::Field& field) {
    using catalog::Type;
    switch (field.type) {
        case Type::Enum:
        case Type::Set:
            return std::string(field.choices.front().label.zh);
        case Type::Bool:
            return "是";
        case Type::Date:
            return "2026-03-02";
        case Type::Time:
            return "2026-03-02T14:05";
        case Type::Int:
        case Type::Money:
        case Type::BasisPoints:
            return "1";
        case Type::Ref:
        case Type::RefList:
            return "名称";
        default:
            return std::string(field.label.zh) + "示例";
    }
}

Input record_input(Kept& kept, const catalog::Kind& kind) {
    return {.name = kept.keep(upper(kind.name)),
            .value = "",
            .help = {kept.keep(std::string(kind.label.zh) + "：编号、名称或标识"),
                     kept.keep(std::string(kind.label.en) + ": number, name or id")},
            .give = Give::Required};
}

}  // namespace dossier::action
