#include "common/catalog/divisions.hpp"

#include <algorithm>
#include <charconv>

#include "common/base/text.hpp"
#include "common/catalog/former_divisions.hpp"
#include "common/catalog/places.hpp"
#include "common/pinyin/fold.hpp"

namespace dossier::catalog {
namespace {

constexpr std::uint32_t kProvinceStep = 10'000;
constexpr std::uint32_t kCityStep = 100;

bool is_province(const Division& each) {
    return each.code % kProvinceStep == 0;
}
bool is_city(const Division& each) {
    return each.code % kCityStep == 0 && !is_province(each);
}

std::string_view name_of(std::uint32_t code) {
    const auto all = divisions();
    const auto at = std::ranges::lower_bound(all, code, {}, &Division::code);
    return at != all.end() && at->code == code ? at->name : std::string_view();
}

/// "杭州" of "杭州市"; the name itself where too little would be left.
std::string_view stem(std::string_view name) {
    constexpr std::size_t kLeast = 6;  // two characters
    for (const std::string_view suffix : {"地区", "市", "盟", "区", "县", "旗"}) {
        if (name.ends_with(suffix) && name.size() >= suffix.size() + kLeast)
            return name.substr(0, name.size() - suffix.size());
    }
    return name;
}

/// The name itself, alone or after those of its city and province.
bool is_whole_name(const Division& each, std::string_view typed) {
    if (!typed.ends_with(each.name)) return false;
    typed.remove_suffix(each.name.size());
    const auto city = name_of(each.code / kCityStep * kCityStep);
    if (!is_city(each) && !city.empty() && typed.ends_with(city)) typed.remove_suffix(city.size());
    return typed.empty() || typed == name_of(each.code / kProvinceStep * kProvinceStep);
}

/// "大理", "大理州" of 大理白族自治州.
bool is_prefecture_of(const Division& each, std::string_view typed) {
    constexpr std::string_view kShort = "州";
    if (typed.ends_with(kShort)) typed.remove_suffix(kShort.size());
    return typed.size() >= 6 && each.name.ends_with("自治州") && each.name.starts_with(typed) &&
           !province_code(typed);
}

bool is_usual_name(const Division& each, std::string_view typed) {
    return stem(each.name) == stem(typed) || is_prefecture_of(each, typed);
}

template <class Fits>
std::vector<std::string> codes_where(Fits fits) {
    std::vector<std::string> found;
    for (const Division& each : divisions()) {
        if (fits(each)) found.push_back(std::to_string(each.code));
    }
    return found;
}

/// The name alone, or behind that of its city and province.
bool is_former_name(const FormerDivision& each, std::string_view typed) {
    if (!typed.ends_with(each.name)) return false;
    typed.remove_suffix(each.name.size());
    const auto city = name_of(each.city);
    for (const auto name : {city, stem(city)}) {
        if (!name.empty() && typed.ends_with(name)) {
            typed.remove_suffix(name.size());
            break;
        }
    }
    return typed.empty() || typed == name_of(each.city / kProvinceStep * kProvinceStep);
}

std::vector<std::string> former_codes(std::string_view typed, DivisionSort sort) {
    std::vector<std::string> found;
    for (const FormerDivision& each : kFormerDivisions) {
        const bool city = each.code % kCityStep == 0;
        if (city == (sort == DivisionSort::City) && is_former_name(each, typed))
            found.push_back(std::to_string(each.code));
    }
    return found;
}

}  // namespace

std::optional<DivisionSort> division_sort_of(Check check) {
    if (check == Check::City) return DivisionSort::City;
    if (check == Check::District) return DivisionSort::District;
    return std::nullopt;
}

std::vector<std::string> division_codes(std::string_view written, DivisionSort sort) {
    const std::string typed = pinyin::match_key(written);
    const auto search = [&](bool cities, auto is_named) {
        return codes_where([&](const Division& each) {
            return !is_province(each) && is_city(each) == cities && is_named(each, typed);
        });
    };
    std::vector<std::string> found;
    if (sort == DivisionSort::City) found = search(true, is_whole_name);
    if (found.empty()) found = search(false, is_whole_name);
    if (found.empty() && sort == DivisionSort::City) found = search(true, is_usual_name);
    // 海南 is not 海南区.
    if (found.empty() && !province_code(typed)) found = search(false, is_usual_name);
    if (found.empty()) found = former_codes(typed, sort);
    return found;
}

std::string with_city(const Kind& kind,
                      const Field& field,
                      std::string_view typed,
                      const FieldValues& beside) {
    const auto sort = division_sort_of(field.check);
    const auto codes = sort ? division_codes(typed, *sort) : std::vector<std::string>{};
    if (codes.size() < 2) return std::string(typed);
    const auto only_below = [&](Check above, std::size_t digits) -> const std::string* {
        const auto of = std::ranges::find(kind.fields, above, &Field::check);
        const Value* value = of == kind.fields.end() ? nullptr : find(beside, of->tag);
        const auto* code = value == nullptr ? nullptr : as_text(*value);
        const auto is_there = [&](const std::string& each) {
            return each.starts_with(head(*code, digits));
        };
        if (code == nullptr || std::ranges::count_if(codes, is_there) != 1) return nullptr;
        return &*std::ranges::find_if(codes, is_there);
    };
    const auto* found = *sort == DivisionSort::District ? only_below(Check::City, 4) : nullptr;
    if (found == nullptr) found = only_below(Check::Province, 2);
    return found == nullptr ? std::string(typed) : *found;
}

std::optional<std::string> division_name(std::string_view code, DivisionSort sort) {
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(code.data(), code.data() + code.size(), number);
    if (error != std::errc() || end != code.data() + code.size()) return std::nullopt;
    const auto name = name_of(number);
    const auto step = sort == DivisionSort::City ? kProvinceStep : kCityStep;
    if (name.empty() || number % step == 0) return std::nullopt;
    const auto of_that_name = [&](const Division& each) {
        return each.name == name && each.code % kCityStep != 0;
    };
    const bool alone =
        number % kCityStep == 0 || std::ranges::count_if(divisions(), of_that_name) == 1;
    return alone ? std::string(name)
                 : std::string(name_of(number / kCityStep * kCityStep)) + std::string(name);
}

}  // namespace dossier::catalog
