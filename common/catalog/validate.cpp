// One value of unknown origin into its canonical form.
#include <algorithm>
#include <set>

#include "common/base/reason.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/check_text.hpp"
#include "common/catalog/structure.hpp"
#include "common/catalog/words.hpp"
#include "common/catalog/wrong.hpp"

namespace dossier::catalog {
namespace {

constexpr std::int64_t kTimeMax = 253'402'300'799'999;  // 9999-12-31T23:59:59.999Z
constexpr std::chrono::minutes kClockSlack{10};         // domain 2.3.1
constexpr std::uint32_t kShareNameMax = 120;

Value text_or_empty(std::string text) {
    return text.empty() ? Value() : Value(std::move(text));
}

/// As people type it: yuan and not fen, percent and not basis points.
std::string limit_text(const Field& field, std::int64_t number) {
    if (number == INT64_MAX) return "∞";
    const bool is_scaled = field.type == Type::Money || field.type == Type::BasisPoints ||
                           (field.type == Type::Time && number <= kTimeMax);
    return is_scaled ? display(field, number, Lang::Zh) : std::to_string(number);
}

Result<Value> checked_number(const Field& field, std::int64_t number, Instant now) {
    const bool time = field.type == Type::Time;
    const std::int64_t max = time ? std::min(field.max, kTimeMax) : field.max;
    if (number < field.min || number > max) {
        return wrong(kOutOfRange, field, limit_text(field, number), limit_text(field, field.min),
                     limit_text(field, max));
    }
    if (time && field.check == Check::NotFuture && Instant{number} > now.plus(kClockSlack)) {
        return wrong(kInFuture, field, office_minute(Instant{number}));
    }
    return Value(number);
}

/// "--MM-DD" of a day that exists in leap years.
bool is_month_day(std::string_view date) {
    return date.starts_with("--") && is_civil_date("2000-" + std::string(date.substr(2)));
}

Result<Value> checked_date(const Field& field, const std::string& date, Instant now) {
    if (date.empty()) return Value();
    if (field.check == Check::DateOrMonthDay && is_month_day(date)) return Value(date);
    if (!is_civil_date(date)) return wrong(kBadDate, field, date);
    const bool past = field.check == Check::NotFuture || field.check == Check::DateOrMonthDay;
    if (past && date > office_date(now)) return wrong(kInFuture, field, date);
    return Value(date);
}

const Choice* find_choice(std::span<const Choice> choices, std::string_view code) {
    const auto at = std::ranges::find(choices, code, &Choice::code);
    return at == choices.end() ? nullptr : &*at;
}

tl::unexpected<Error> unknown_choice(const Field& field, std::string_view given) {
    std::string codes;
    for (const Choice& choice : field.choices) {
        if (!codes.empty()) codes += ", ";
        codes += std::string(choice.code) + '(' + pair_of(choice.label) + ')';
    }
    return wrong(kUnknownChoice, field, given, codes);
}

Result<Value> checked_choice(const Field& field, const std::string& code) {
    if (code.empty()) return Value();
    if (find_choice(field.choices, code) == nullptr) return unknown_choice(field, code);
    return Value(code);
}

/// One element of a set, given and returned as canonical JSON.
Result<std::string> checked_code(const Field& field, const std::string& element) {
    const auto code = json_text(element);
    if (!code) return wrong(kMalformed, field, element);
    if (find_choice(field.choices, *code) == nullptr) return unknown_choice(field, *code);
    return element;
}

Result<std::string> checked_reference(const Field& field, const std::string& element) {
    const auto text = json_text(element);
    const auto id = text ? id_from<RecordId>(*text) : std::nullopt;
    if (!id || id->is_none()) return wrong(kBadReference, field, element);
    return json_string(to_text(*id));
}

Result<std::string> checked_phone(const Field& field, const std::string& element, Instant now) {
    auto members = json_members(element);
    if (!members || members->size() != 2) return wrong(kMalformed, field, element);
    const auto kind = json_text((*members)["kind"]);
    const auto number = json_text((*members)["number"]);
    if (!kind || !number || find_choice(field.choices, *kind) == nullptr) {
        return wrong(kMalformed, field, element);
    }
    const auto checked = checked_text(field, *number, now);
    if (!checked) return tl::unexpected(checked.error());
    if (checked->empty()) return wrong(kBadPhone, field, element);
    return json_object({{"kind", json_string(*kind)}, {"number", json_string(*checked)}});
}

Result<std::string> checked_item(const Field& field, const std::string& element, Instant now) {
    const auto text = json_text(element);
    if (!text) return wrong(kMalformed, field, element);
    const auto checked = checked_text(field, *text, now);
    if (!checked) return tl::unexpected(checked.error());
    return checked->empty() ? std::string() : json_string(*checked);
}

Result<std::string> checked_element(const Field& field, const std::string& element, Instant now) {
    if (field.type == Type::Set) return checked_code(field, element);
    if (field.type == Type::RefList) return checked_reference(field, element);
    if (field.check == Check::Phones) return checked_phone(field, element, now);
    return checked_item(field, element, now);
}

Result<Value> checked_elements(const Field& field, const std::string& text, Instant now) {
    if (text.empty()) return Value();
    const auto given = json_elements(text);
    if (!given) return wrong(kMalformed, field, text);
    if (given->size() > kElementsMax) {
        return wrong(kTooMany, field, text, std::to_string(kElementsMax));
    }
    std::vector<std::string> kept;
    for (const std::string& element : *given) {
        auto checked = checked_element(field, element, now);
        if (!checked) return pass(checked);
        if (!checked->empty()) kept.push_back(std::move(*checked));
    }
    return from_elements(field, std::move(kept));
}

/// One owner and his share in basis points, as canonical JSON.
Result<std::string> checked_share(const Field& field,
                                  const std::string& element,
                                  std::int64_t& sum) {
    auto members = json_members(element);
    if (!members || members->size() != 2) return wrong(kBadShares, field, element);
    const auto name = json_text((*members)["name"]);
    const auto share = json_number((*members)["share_bp"]);
    if (!name || name->empty() || character_count(*name) > kShareNameMax || !share) {
        return wrong(kBadShares, field, element);
    }
    if (*share < 0 || *share > 10'000) return wrong(kBadShares, field, element);
    sum += *share;
    return element;
}

Result<Value> checked_shares(const Field& field, const std::string& text) {
    const auto given = json_elements(text);
    if (!given || given->size() > kElementsMax) return wrong(kBadShares, field, text);
    std::int64_t sum = 0;
    for (const std::string& element : *given) {
        auto checked = checked_share(field, element, sum);
        if (!checked) return pass(checked);
    }
    if (sum > 10'000) return wrong(kBadShares, field, text);
    return given->empty() ? Value() : Value(json_array(*given));
}

Result<Value> checked_json(const Field& field, const std::string& text) {
    if (text.empty()) return Value();
    const auto canonical = canonical_json(text);
    if (!canonical) return wrong(kMalformed, field, text);
    if (character_count(*canonical) > field.length_max) {
        return wrong(kTooLong, field, *canonical, std::to_string(field.length_max));
    }
    return field.check == Check::Shares ? checked_shares(field, *canonical) : Value(*canonical);
}

Result<Value> checked_string(const Field& field, const std::string& text, Instant now) {
    switch (field.type) {
        case Type::Text: {
            auto checked = checked_text(field, text, now);
            if (!checked) return pass(checked);
            return text_or_empty(std::move(*checked));
        }
        case Type::Date:
            return checked_date(field, text, now);
        case Type::Enum:
            return checked_choice(field, text);
        case Type::Set:
        case Type::List:
        case Type::RefList:
            return checked_elements(field, text, now);
        case Type::Json:
            return checked_json(field, text);
        default:
            return wrong(kWrongType, field, text, type_words(field));
    }
}

bool is_number_type(Type type) {
    return type == Type::Int || type == Type::Money || type == Type::BasisPoints ||
           type == Type::Bool || type == Type::Time;
}

}  // namespace

Result<Value> validate(const Field& field, const Value& value, Instant now) {
    if (is_empty(value)) return Value();
    if (const auto* text = as_text(value)) return checked_string(field, *text, now);
    if (const auto number = as_number(value)) {
        if (is_number_type(field.type)) return checked_number(field, *number, now);
        return wrong(kWrongType, field, std::to_string(*number), type_words(field));
    }
    const RecordId id = as_record(value);
    if (field.type != Type::Ref) return wrong(kWrongType, field, to_text(id), type_words(field));
    return id.is_none() ? Value() : value;
}

std::vector<std::string> elements(const Value& value) {
    const auto* text = as_text(value);
    if (text == nullptr) return {};
    return json_elements(*text).value_or(std::vector<std::string>{});
}

std::vector<std::string> elements_in(const FieldValues& values, const Field& of) {
    const Value* value = find(values, of.tag);
    return value == nullptr ? std::vector<std::string>{} : elements(*value);
}

Value from_elements(const Field& field, std::vector<std::string> elements) {
    if (field.type == Type::List) {
        if (field.merge == Merge::Union) {
            std::set<std::string> seen;
            std::erase_if(elements, [&](const auto& each) { return !seen.insert(each).second; });
        }
    } else {
        std::ranges::sort(elements);
        elements.erase(std::unique(elements.begin(), elements.end()), elements.end());
    }
    return elements.empty() ? Value() : Value(json_array(elements));
}

}  // namespace dossier::catalog
