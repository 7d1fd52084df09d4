// From the stored form to what people read.
#include <algorithm>

#include "common/catalog/canonical.hpp"
#include "common/catalog/divisions.hpp"
#include "common/catalog/doubt.hpp"
#include "common/catalog/geo.hpp"
#include "common/catalog/industry.hpp"
#include "common/catalog/number_text.hpp"
#include "common/catalog/places.hpp"
#include "common/catalog/structure.hpp"

namespace dossier::catalog {
namespace {

constexpr std::string_view kBetween = "、";
constexpr std::string_view kHidden = "●●●";

std::string label_of_code(const Field& field, std::string_view code, Lang lang) {
    const auto at = std::ranges::find(field.choices, code, &Choice::code);
    return std::string(at == field.choices.end() ? code : at->label.in(lang));
}

std::string member(std::map<std::string, std::string>& members, const char* name) {
    return json_text(members[name]).value_or("");
}

/// "手机 13900001111" of {kind, number}; a text as it is.
std::string element_text(const Field& field, const std::string& element, Lang lang) {
    if (field.check != Check::Phones) {
        const std::string text = json_text(element).value_or(element);
        return field.type == Type::Set ? label_of_code(field, text, lang) : text;
    }
    auto members = json_members(element).value_or(std::map<std::string, std::string>{});
    return label_of_code(field, member(members, "kind"), lang) + ' ' + member(members, "number");
}

/// "周明远 60.00%" of {name, share_bp}.
std::string share_text(const std::string& element) {
    auto members = json_members(element).value_or(std::map<std::string, std::string>{});
    const auto share = json_number(members["share_bp"]).value_or(0);
    return member(members, "name") + ' ' + number_text(share, 2) + '%';
}

std::string list_text(const Field& field, const Value& value, Lang lang) {
    std::string line;
    for (const std::string& element : elements(value)) {
        if (!line.empty()) line += kBetween;
        line +=
            field.check == Check::Shares ? share_text(element) : element_text(field, element, lang);
    }
    return line;
}

std::string number_display(const Field& field, std::int64_t number, Lang lang) {
    switch (field.type) {
        case Type::Money:
            return number_text(number, 2);
        case Type::BasisPoints:
            return number_text(number, 2) + '%';
        case Type::Time:
            return office_minute(Instant{number});
        case Type::Bool:
            if (lang == Lang::Zh) return number != 0 ? "是" : "否";
            return number != 0 ? "yes" : "no";
        default:
            return label_of_code(field, std::to_string(number), lang);
    }
}

/// "91350100… （未核：校验位不符）".
std::string with_doubt(const std::string& text, const Text& why, Lang lang) {
    return text + Text{"（", " ("}.in(lang).data() + std::string(why.in(lang)) +
           Text{"）", ")"}.in(lang).data();
}

std::string text_display(const Field& field, const std::string& text, Lang lang) {
    if (const auto why = doubt(field, text)) return with_doubt(text, *why, lang);
    if (field.type == Type::Enum) return label_of_code(field, text, lang);
    if (field.says == Says::Kind) {
        const auto* kind = find_kind(text);
        return kind == nullptr ? text : std::string(kind->label.in(lang));
    }
    if (field.check == Check::Industry && is_industry(text))
        return text + ' ' + label_of_code(field, text, lang);
    if (field.check == Check::Country) return std::string(country_name(text, lang).value_or(text));
    if (field.check == Check::Province) return std::string(province_name(text).value_or(text));
    if (const auto sort = division_sort_of(field.check))
        return division_name(text, *sort).value_or(text);
    if (field.check == Check::Geo) {
        const auto place = geo_from_stored(text);
        return place ? degrees(*place) : text;
    }
    return text;
}

std::string masked_text(const Field& field, const std::string& text) {
    const std::size_t length = character_count(text);
    if (field.check == Check::IdNumber && length > 5) {
        return std::string(head(text, 3)) + std::string(kHidden) + std::string(tail(text, 2));
    }
    if (field.check == Check::Phone && length > 4) {
        return std::string(kHidden) + std::string(tail(text, 4));
    }
    return std::string(kHidden);
}

}  // namespace

std::string display(const Field& field, const Value& value, Lang lang) {
    if (is_empty(value)) return {};
    if (const auto number = as_number(value)) return number_display(field, *number, lang);
    const auto* text = as_text(value);
    if (text == nullptr) return to_text(as_record(value));
    const bool structured = field.type == Type::Set || field.type == Type::List ||
                            field.type == Type::RefList || field.check == Check::Shares;
    if (!structured || !text->starts_with('[')) return text_display(field, *text, lang);
    return list_text(field, value, lang);
}

std::vector<std::string> element_texts(const Field& field, const Value& value) {
    std::vector<std::string> texts;
    for (const std::string& element : elements(value)) {
        auto members = json_members(element);
        texts.push_back(members && field.check == Check::Phones
                            ? member(*members, "number")
                            : element_text(field, element, Lang::Zh));
    }
    return texts;
}

Value masked(const Field& field, const Value& value) {
    if (is_empty(value)) return {};
    const auto* text = as_text(value);
    if (text == nullptr) return std::string(kHidden);
    if (field.check != Check::Phones) return masked_text(field, *text);
    std::string line;
    for (const std::string& element : elements(value)) {
        auto members = json_members(element).value_or(std::map<std::string, std::string>{});
        const std::string number = member(members, "number");
        if (!line.empty()) line += kBetween;
        line += kHidden;
        if (character_count(number) > 4) line += tail(number, 4);
    }
    return line;
}

}  // namespace dossier::catalog
