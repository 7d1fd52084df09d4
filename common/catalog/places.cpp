#include "common/catalog/places.hpp"

#include <algorithm>
#include <array>

#include "common/catalog/check_text.hpp"
#include "common/catalog/country_table.hpp"
#include "common/pinyin/fold.hpp"

namespace dossier::catalog {
namespace {

struct Province {
    std::string_view code;
    std::string_view name;
    std::string_view usual;
};

constexpr std::array kProvinces{
    Province{"110000", "北京市", "北京"},           Province{"120000", "天津市", "天津"},
    Province{"130000", "河北省", "河北"},           Province{"140000", "山西省", "山西"},
    Province{"150000", "内蒙古自治区", "内蒙古"},   Province{"210000", "辽宁省", "辽宁"},
    Province{"220000", "吉林省", "吉林"},           Province{"230000", "黑龙江省", "黑龙江"},
    Province{"310000", "上海市", "上海"},           Province{"320000", "江苏省", "江苏"},
    Province{"330000", "浙江省", "浙江"},           Province{"340000", "安徽省", "安徽"},
    Province{"350000", "福建省", "福建"},           Province{"360000", "江西省", "江西"},
    Province{"370000", "山东省", "山东"},           Province{"410000", "河南省", "河南"},
    Province{"420000", "湖北省", "湖北"},           Province{"430000", "湖南省", "湖南"},
    Province{"440000", "广东省", "广东"},           Province{"450000", "广西壮族自治区", "广西"},
    Province{"460000", "海南省", "海南"},           Province{"500000", "重庆市", "重庆"},
    Province{"510000", "四川省", "四川"},           Province{"520000", "贵州省", "贵州"},
    Province{"530000", "云南省", "云南"},           Province{"540000", "西藏自治区", "西藏"},
    Province{"610000", "陕西省", "陕西"},           Province{"620000", "甘肃省", "甘肃"},
    Province{"630000", "青海省", "青海"},           Province{"640000", "宁夏回族自治区", "宁夏"},
    Province{"650000", "新疆维吾尔自治区", "新疆"}, Province{"710000", "台湾省", "台湾"},
    Province{"810000", "香港特别行政区", "香港"},   Province{"820000", "澳门特别行政区", "澳门"}};

/// Lower case without what people set between words: "U.S.A.", "Hong  Kong", "中国（香港）".
std::string bare_name(std::string_view typed) {
    std::string bare;
    for (const char c : half_width(typed)) {
        if (std::string_view(" .,'()-&").find(c) != std::string_view::npos) continue;
        bare += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return bare;
}

bool is_named(const Country& country, const std::string& bare) {
    for (const auto name : {country.code, country.code3, country.zh, country.en}) {
        if (bare_name(name) == bare) return true;
    }
    for (std::string_view rest = country.others; !rest.empty();) {
        const auto end = std::min(rest.find('|'), rest.size());
        if (bare_name(rest.substr(0, end)) == bare) return true;
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return false;
}

}  // namespace

bool is_country(std::string_view code) {
    return std::ranges::find(kCountries, code, &Country::code) != kCountries.end();
}

std::optional<std::string_view> country_code(std::string_view name) {
    // As written first: folding takes the accents of "Åland" away.
    for (const std::string& bare : {bare_name(name), bare_name(pinyin::match_key(name))}) {
        const auto* at = std::ranges::find_if(
            kCountries, [&](const Country& each) { return !bare.empty() && is_named(each, bare); });
        if (at != kCountries.end()) return at->code;
    }
    return std::nullopt;
}

std::optional<std::string_view> country_name(std::string_view code, Lang lang) {
    const auto* at = std::ranges::find(kCountries, code, &Country::code);
    if (at == kCountries.end()) return std::nullopt;
    return lang == Lang::Zh ? at->zh : at->en;
}

std::optional<std::string_view> province_code(std::string_view typed) {
    const std::string name = pinyin::match_key(typed);
    const auto* at = std::ranges::find_if(
        kProvinces, [&](const auto& each) { return each.name == name || each.usual == name; });
    return at == kProvinces.end() ? std::nullopt : std::optional(at->code);
}

std::optional<std::string_view> province_name(std::string_view code) {
    const auto* at = std::ranges::find(kProvinces, code, &Province::code);
    return at == kProvinces.end() ? std::nullopt : std::optional(at->name);
}

}  // namespace dossier::catalog
