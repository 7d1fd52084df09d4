#include "common/catalog/reading.hpp"

#include <algorithm>

#include "common/base/phone.hpp"
#include "common/base/reason.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/check_text.hpp"
#include "common/catalog/divisions.hpp"
#include "common/catalog/doubt.hpp"
#include "common/catalog/identity.hpp"
#include "common/catalog/places.hpp"
#include "common/catalog/structure.hpp"
#include "common/catalog/wrong.hpp"
#include "common/pinyin/fold.hpp"

namespace dossier::catalog {
namespace {

using Notes = std::vector<Error>;

const std::string* text_at(const Kind& kind, const FieldValues& values, std::string_view name) {
    const auto* of = find_field(kind, name);
    const Value* value = of == nullptr ? nullptr : find(values, of->tag);
    return value == nullptr ? nullptr : as_text(*value);
}

/// Taiwan, Hong Kong, Macao or another country: no table has their districts.
bool is_beyond_tables(const Kind& kind, const FieldValues& values) {
    const auto* country = text_at(kind, values, "country");
    const auto* province = text_at(kind, values, "province");
    const bool abroad = country != nullptr && !country->empty() && *country != "CN";
    return abroad || (province != nullptr &&
                      (*province == "710000" || *province == "810000" || *province == "820000"));
}

/// "苏州工业园区", "杭州经济技术开发区", "高新区".
bool is_zone(std::string_view text) {
    for (const std::string_view end :
         {"开发区", "高新区", "工业园区", "工业园", "园区", "产业园", "科技园", "保税区", "新区",
          "示范区", "自贸区", "出口加工区", "工业区"}) {
        if (text.ends_with(end)) return true;
    }
    return false;
}

/// Words of lists and of what lies below districts: "市辖区", "县", "长安镇", "古荡街道".
bool is_beside_divisions(std::string_view text) {
    for (const std::string_view word :
         {"市辖区", "县", "省直辖县级行政区划", "直辖县级", "自治区直辖县级行政区划"}) {
        if (text == word) return true;
    }
    return text.ends_with("镇") || text.ends_with("乡") || text.ends_with("街道") ||
           text.ends_with("苏木");
}

Notes kept_in(const Field& field, std::string_view text, const Field& other) {
    return {Error{&kKeptElsewhere, {label_of(field), shortened(text), label_of(other)}}};
}

/// Adds to a text of the record, each part once.
Result<Notes> keep_text(const Field& field,
                        std::string_view text,
                        const Field& into,
                        FieldValues& values,
                        Instant now) {
    const Value* held = find(values, into.tag);
    std::string all =
        held == nullptr || as_text(*held) == nullptr ? std::string() : *as_text(*held);
    if (all.find(text) == std::string::npos) all += (all.empty() ? "" : " ") + std::string(text);
    auto value = parse(into, all, now);
    if (!value) return pass(value);
    assign(values, into.tag, std::move(*value));
    return kept_in(field, text, into);
}

Result<Notes> read_plain(
    const Kind& kind, const Field& field, std::string_view text, FieldValues& values, Instant now) {
    auto value = parse(field, with_city(kind, field, text, values), now);
    if (!value) return pass(value);
    Notes notes;
    if (const auto why = doubt(field, *value))
        notes.push_back({&kKeptUnverified, {label_of(field), shortened(text), pair_of(*why)}});
    assign(values, field.tag, std::move(*value));
    return notes;
}

Result<Notes> read_place(
    const Kind& kind, const Field& field, std::string_view text, FieldValues& values, Instant now) {
    const auto* kept = find_field(kind, "place_text");
    const auto* zone = find_field(kind, "industrial_zone");
    const auto* province = find_field(kind, "province");
    const bool is_province = field.check == Check::Province;
    const auto named = province_code(text);
    if (is_province && named) return read_plain(kind, field, text, values, now);
    if (is_beyond_tables(kind, values) && kept != nullptr) {
        // 香港 beside 香港 says nothing new.
        const auto* above = text_at(kind, values, "province");
        if (named && above != nullptr && *above == *named) return Notes{};
        return keep_text(field, text, *kept, values, now);
    }
    auto notes = read_plain(kind, field, text, values, now);
    if (notes || is_province) return notes;
    const bool special = named && (*named == "710000" || *named == "810000" || *named == "820000");
    if (special && province != nullptr && find(values, province->tag) == nullptr)
        return read_plain(kind, *province, text, values, now);
    const std::string plain = pinyin::match_key(text);
    if (kept != nullptr && is_beside_divisions(plain))
        return keep_text(field, text, *kept, values, now);
    if (!is_zone(plain) || zone == nullptr || kept == nullptr) return notes;
    const Field& into = find(values, zone->tag) == nullptr ? *zone : *kept;
    return keep_text(field, text, into, values, now);
}

/// The first number where it was written for, the others with the record's other phones.
Result<Notes> read_phones(
    const Kind& kind, const Field& field, std::string_view text, FieldValues& values, Instant now) {
    const auto* other = find_field(kind, "phones_other");
    const auto numbers = phone_texts(half_width(text));
    if (other == nullptr || !numbers || numbers->size() < 2)
        return read_plain(kind, field, text, values, now);
    auto first = read_plain(kind, field, numbers->front(), values, now);
    if (!first) return first;
    const Value* held = find(values, other->tag);
    auto all = held == nullptr ? std::vector<std::string>{} : elements(*held);
    for (std::size_t at = 1; at < numbers->size(); ++at) all.push_back(json_string((*numbers)[at]));
    auto value = validate(*other, json_array(all), now);
    if (!value) return pass(value);
    assign(values, other->tag, std::move(*value));
    return Notes{Error{&kSplitPhones, {label_of(field), shortened(text), label_of(*other)}}};
}

/// A number that is not that of a resident tells its kind, where nobody said it.
void infer_id_kind(const Kind& kind, const Field& field, FieldValues& values) {
    const auto* of = find_field(kind, "id_kind");
    const Value* number = find(values, field.tag);
    const auto* text = number == nullptr ? nullptr : as_text(*number);
    if (of == nullptr || text == nullptr || find(values, of->tag) != nullptr) return;
    const auto told = id_kind_of(*text);
    if (told != "resident" && !told.empty()) assign(values, of->tag, std::string(told));
}

}  // namespace

Result<std::vector<Error>> read_into(const Kind& kind,
                                     const Field& field,
                                     std::string_view typed,
                                     FieldValues& values,
                                     Instant now) {
    const auto text = canonical_text(typed);
    if (!text) return wrong(kForbiddenCharacter, field, typed);
    FieldValues read = values;
    const bool place = division_sort_of(field.check) || field.check == Check::Province;
    const bool phone = field.type == Type::Text && field.check == Check::Phone;
    auto notes = says_nothing(field, *text) || (!place && !phone)
                     ? read_plain(kind, field, *text, read, now)
                 : place ? read_place(kind, field, *text, read, now)
                         : read_phones(kind, field, *text, read, now);
    if (!notes) return notes;
    if (field.check == Check::IdNumber) infer_id_kind(kind, field, read);
    values = std::move(read);
    return notes;
}

}  // namespace dossier::catalog
