#include "common/catalog/value_json.hpp"

#include "common/catalog/faults.hpp"
#include "common/catalog/value_json_object.hpp"

namespace dossier::catalog {
namespace {

using nlohmann::json;

bool is_structure(const Field& field) {
    return field.type == Type::Set || field.type == Type::List || field.type == Type::Json ||
           field.type == Type::RefList;
}

struct ToJson {
    const Field* field;
    json operator()(std::monostate) const { return nullptr; }
    json operator()(std::int64_t number) const {
        if (field != nullptr && field->type == Type::Bool) return number != 0;
        return number;
    }
    json operator()(const std::string& text) const {
        if (field == nullptr || !is_structure(*field)) return text;
        json parsed = json::parse(text, nullptr, false);
        return parsed.is_discarded() ? json(text) : parsed;
    }
    json operator()(const RecordId& id) const { return to_text(id); }
};

std::optional<Value> from_json(const Field& field, const json& value) {
    if (value.is_boolean()) return Value(std::int64_t{value.get<bool>() ? 1 : 0});
    if (value.is_number_integer()) return Value(value.get<std::int64_t>());
    if (is_structure(field) && (value.is_array() || value.is_object())) return Value(value.dump());
    if (!value.is_string()) return std::nullopt;
    const auto& text = value.get_ref<const std::string&>();
    if (field.type != Type::Ref) return Value(text);
    const auto id = id_from<RecordId>(text);
    if (!id) return std::nullopt;
    return Value(*id);
}

}  // namespace

nlohmann::ordered_json values_object(const Kind& kind, const FieldValues& values) {
    nlohmann::ordered_json object = nlohmann::ordered_json::object();
    for (const auto& [tag, value] : values) {
        if (is_empty(value)) continue;
        const Field* field = find_field(kind, tag);
        const std::string name =
            field == nullptr ? "#" + std::to_string(tag) : std::string(field->name);
        object[name] = std::visit(ToJson{field}, value);
    }
    return object;
}

std::string values_json(const Kind& kind, const FieldValues& values) {
    return values_object(kind, values).dump(-1, ' ', false, json::error_handler_t::replace);
}

Result<FieldValues> values_from_json(const Kind& kind, std::string_view text) {
    const json object = json::parse(text, nullptr, false);
    if (!object.is_object()) return fail(kMalformed, "JSON", head(text, 40));
    FieldValues values;
    for (const auto& [name, item] : object.items()) {
        const Field* field = find_field(kind, name);
        if (field == nullptr) return fail(kMalformed, name, item.dump());
        auto value = from_json(*field, item);
        if (!value) return fail(kMalformed, name, item.dump());
        assign(values, field->tag, std::move(*value));
    }
    return values;
}

}  // namespace dossier::catalog
