// From what people typed or a spreadsheet holds to a value; `validate` has the last word.
#include <algorithm>

#include "common/catalog/canonical.hpp"
#include "common/catalog/check_text.hpp"
#include "common/catalog/divisions.hpp"
#include "common/catalog/geo.hpp"
#include "common/catalog/number_text.hpp"
#include "common/catalog/places.hpp"
#include "common/catalog/structure.hpp"
#include "common/catalog/words.hpp"
#include "common/catalog/wrong.hpp"

namespace dossier::catalog {
namespace {

std::string lower(std::string_view text) {
    std::string small(text);
    for (char& c : small) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return small;
}

std::string_view trimmed(std::string_view text) {
    while (text.starts_with(' ')) text.remove_prefix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
    return text;
}

template <std::size_t Size>
bool is_among(std::string_view text, const std::string_view (&words)[Size]) {
    return std::ranges::find(words, text) != std::end(words);
}

/// Parts between separators, trimmed, without empty ones.
std::vector<std::string> parts(std::string_view text,
                               std::span<const std::string_view> separators) {
    std::vector<std::string> found(1);
    while (!text.empty()) {
        const auto at = std::ranges::find_if(
            separators, [&](auto separator) { return text.starts_with(separator); });
        if (at != separators.end()) {
            found.emplace_back();
            text.remove_prefix(at->size());
        } else {
            found.back() += text.front();
            text.remove_prefix(1);
        }
    }
    for (std::string& part : found) part = std::string(trimmed(part));
    std::erase(found, "");
    return found;
}

constexpr std::string_view kPhoneSeparators[] = {"、", "；", ";", "|", "\n", "，", ",", "/", "／"};
constexpr std::string_view kListSeparators[] = {"、", "；", ";", "|", "\n"};
constexpr std::string_view kCodeSeparators[] = {"、", "；", ";", "|", "\n", "，", ","};

/// Amounts may carry their currency: "¥1,200.50", "1200.5元".
std::string_view bare_amount(std::string_view text) {
    for (const std::string_view sign : {"¥", "￥", "CNY", "RMB"}) {
        if (text.starts_with(sign)) text.remove_prefix(sign.size());
    }
    for (const std::string_view sign : {"元", "圆"}) {
        if (text.ends_with(sign)) text.remove_suffix(sign.size());
    }
    return trimmed(text);
}

bool is_other_name(const Choice& choice, std::string_view word) {
    for (std::string_view rest = choice.others; !rest.empty();) {
        const auto end = std::min(rest.find('|'), rest.size());
        if (rest.substr(0, end) == word) return true;
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return false;
}

/// The code of a choice by code, label or another name; the text itself when there is none.
std::string code_from(std::span<const Choice> choices, std::string_view typed) {
    const std::string word = lower(trimmed(typed));
    for (const Choice& choice : choices) {
        if (word == lower(choice.code) || word == choice.label.zh ||
            word == lower(choice.label.en) || word == lower(choice.label.zh) ||
            is_other_name(choice, word)) {
            return std::string(choice.code);
        }
    }
    return std::string(trimmed(typed));
}

Result<Value> parsed_number(const Field& field, std::string_view typed, Instant now) {
    const std::string narrow = code_from(field.choices, half_width(typed));
    std::string_view text = narrow;
    int decimals = 0;
    if (field.type == Type::Money) {
        text = bare_amount(text);
        decimals = 2;
    } else if (field.type == Type::BasisPoints) {
        if (text.ends_with('%')) text.remove_suffix(1);
        decimals = 2;
    }
    const auto number = number_from(text, decimals);
    if (!number) return wrong(kBadNumber, field, typed, type_words(field));
    return validate(field, *number, now);
}

Result<Value> parsed_bool(const Field& field, std::string_view typed, Instant now) {
    static constexpr std::string_view kYes[] = {"是", "有", "对", "yes", "y", "true", "1"};
    static constexpr std::string_view kNo[] = {"否", "无", "不", "no", "n", "false", "0"};
    const std::string word = lower(half_width(typed));
    if (is_among(word, kYes)) return validate(field, std::int64_t{1}, now);
    if (is_among(word, kNo)) return validate(field, std::int64_t{0}, now);
    return wrong(kBadYesNo, field, typed);
}

/// "--08-16" or "8月16日".
std::optional<std::string> month_day(std::string_view text) {
    if (text.starts_with("--")) return std::string(text);
    if (text.find("月") == std::string_view::npos) return std::nullopt;
    const auto date = civil_date_from("2000年" + std::string(text));
    return date ? std::optional("-" + date->substr(4)) : std::nullopt;
}

Result<Value> parsed_date(const Field& field, std::string_view typed, Instant now) {
    static constexpr std::string_view kToday[] = {"today", "今天", "今日"};
    const std::string text = half_width(typed);
    if (is_among(lower(text), kToday)) return validate(field, office_date(now), now);
    auto date = civil_date_from(text);
    if (!date && field.check == Check::DateOrMonthDay) date = month_day(text);
    if (!date) return wrong(kBadDate, field, typed);
    return validate(field, *date, now);
}

Result<Value> parsed_time(const Field& field, std::string_view typed, Instant now) {
    static constexpr std::string_view kNow[] = {"now", "现在", "刚才"};
    const std::string text = half_width(typed);
    if (is_among(lower(text), kNow)) return validate(field, now.ms, now);
    const auto instant = instant_from(text);
    if (!instant) return wrong(kBadTime, field, typed);
    return validate(field, instant->ms, now);
}

/// "手机 13900001111", "office:0571-…" or a number alone, whose kind its form tells.
std::string phone_element(const Field& field, const std::string& typed) {
    const std::string text = half_width(typed);
    const auto gap = text.find_first_of(" :");
    const std::string kind = code_from(field.choices, std::string_view(text).substr(0, gap));
    const bool named = gap != std::string::npos &&
                       std::ranges::find(field.choices, kind, &Choice::code) != field.choices.end();
    const std::string number(trimmed(named ? std::string_view(text).substr(gap + 1) : text));
    std::string digits = number.starts_with("+86") ? number.substr(3) : number;
    std::erase_if(digits, [](char c) { return c < '0' || c > '9'; });
    const bool mobile = digits.size() == 11 && digits[0] == '1';
    return json_object({{"kind", json_string(named    ? kind
                                             : mobile ? "mobile"
                                                      : "office")},
                        {"number", json_string(number)}});
}

/// "周明远 60%".
std::optional<std::string> share_element(const std::string& typed) {
    const std::string text = half_width(typed);
    const auto gap = text.find_last_of(" :");
    if (gap == std::string::npos || !text.ends_with('%')) return std::nullopt;
    const auto share = number_from(text.substr(gap + 1, text.size() - gap - 2), 2);
    if (!share) return std::nullopt;
    return json_object({{"name", json_string(trimmed(text.substr(0, gap)))},
                        {"share_bp", std::to_string(*share)}});
}

Result<Value> parsed_list(const Field& field, const std::string& text, Instant now) {
    if (text.starts_with('[')) return validate(field, text, now);
    const bool codes = field.type == Type::Set || field.type == Type::RefList;
    std::vector<std::string> found;
    const bool phones = field.check == Check::Phones || field.check == Check::Phone;
    for (const std::string& part : codes    ? parts(text, kCodeSeparators)
                                   : phones ? parts(text, kPhoneSeparators)
                                            : parts(text, kListSeparators)) {
        if (field.check == Check::Phones) {
            found.push_back(phone_element(field, part));
        } else {
            found.push_back(
                json_string(field.type == Type::Set ? code_from(field.choices, part) : part));
        }
    }
    return validate(field, json_array(found), now);
}

Result<Value> parsed_json(const Field& field, const std::string& text, Instant now) {
    if (field.check != Check::Shares || text.starts_with('[')) return validate(field, text, now);
    std::vector<std::string> found;
    for (const std::string& part : parts(text, kListSeparators)) {
        auto share = share_element(part);
        if (!share) return wrong(kBadShares, field, part);
        found.push_back(std::move(*share));
    }
    return validate(field, json_array(found), now);
}

Result<Value> parsed_division(const Field& field,
                              const std::string& text,
                              DivisionSort sort,
                              Instant now) {
    const auto codes = division_codes(text, sort);
    if (codes.empty()) return validate(field, text, now);
    if (codes.size() == 1) return validate(field, codes.front(), now);
    std::string names;
    for (const auto& code : codes) {
        if (!names.empty()) names += " / ";
        names += division_name(code, sort).value_or(code);
    }
    return wrong(kManyDivisions, field, text, shortened(names));
}

Result<Value> parsed_text(const Field& field, const std::string& text, Instant now) {
    if (field.check == Check::Province) {
        const auto code = province_code(text);
        if (code) return validate(field, std::string(*code), now);
    }
    if (const auto sort = division_sort_of(field.check))
        return parsed_division(field, text, *sort, now);
    if (field.check == Check::Country) {
        const auto code = country_code(text);
        if (code) return validate(field, std::string(*code), now);
    }
    if (field.check == Check::Geo) {
        const auto place = geo_from_typed(half_width(text));
        if (place) return validate(field, stored_geo(*place), now);
    }
    return validate(field, text, now);
}

Result<Value> parsed_reference(const Field& field, const std::string& text, Instant now) {
    const auto id = id_from<RecordId>(text);
    if (!id || id->is_none()) return wrong(kBadReference, field, text);
    return validate(field, *id, now);
}

/// Whether a value of the field has a form of its own, so that "无" is none.
bool has_form(const Field& field) {
    switch (field.type) {
        case Type::Int:
        case Type::Money:
        case Type::BasisPoints:
        case Type::Date:
        case Type::Time:
            return true;
        case Type::Text:
        case Type::List:
            return field.check != Check::None && field.check != Check::FileName;
        default:
            return false;
    }
}

}  // namespace

bool is_placeholder(std::string_view text) {
    static constexpr std::string_view kPlaceholders[] = {
        "未知", "不详", "null",   "办理中", "申请中", "补办中", "未办理", "待补",
        "待办", "待定", "待补充", "待查",   "不明",   "未提供", "tbd",    "unknown"};
    return is_among(lower(half_width(text)), kPlaceholders);
}

bool says_nothing(const Field& field, std::string_view text) {
    static constexpr std::string_view kNothing[] = {"无",  "没有", "暂无", "空",  "-",   "--",
                                                    "---", "—",    "——",   "/",   "\\",  "n/a",
                                                    "na",  "n.a.", "none", "nil", "无。"};
    if (!has_form(field) && !field.blanks) return false;
    return is_placeholder(text) || is_among(lower(half_width(text)), kNothing);
}

Result<Value> parse(const Field& field, std::string_view typed, Instant now) {
    if (typed.size() > kJsonBytesMax) {
        return wrong(kTooLong, field, typed, std::to_string(field.length_max));
    }
    const auto text = canonical_text(typed);
    if (!text || has_forbidden_character(*text)) return wrong(kForbiddenCharacter, field, typed);
    if (text->empty() || says_nothing(field, *text)) return Value();
    switch (field.type) {
        case Type::Text:
            return parsed_text(field, *text, now);
        case Type::Bool:
            return parsed_bool(field, *text, now);
        case Type::Date:
            return parsed_date(field, *text, now);
        case Type::Time:
            return parsed_time(field, *text, now);
        case Type::Enum:
            return validate(field, code_from(field.choices, *text), now);
        case Type::Set:
        case Type::List:
        case Type::RefList:
            return parsed_list(field, *text, now);
        case Type::Json:
            return parsed_json(field, *text, now);
        case Type::Ref:
            return parsed_reference(field, *text, now);
        default:
            return parsed_number(field, *text, now);
    }
}

}  // namespace dossier::catalog
