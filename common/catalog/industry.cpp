#include "common/catalog/industry.hpp"

#include <algorithm>

#include "common/base/ascii.hpp"
#include "common/catalog/choices_industry.hpp"
#include "common/catalog/doubt.hpp"

namespace dossier::catalog {
namespace {

constexpr std::string_view kTrade = "业";

std::string capital(std::string_view text) {
    std::string large(text);
    for (char& c : large) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    return large;
}

/// 医药制造 and 医药制造业 are one.
std::string_view without_trade(std::string_view name) {
    return name.ends_with(kTrade) ? name.substr(0, name.size() - kTrade.size()) : name;
}

bool is_called(const Choice& industry, std::string_view typed, std::string_view code) {
    const bool by_number = industry.code.size() > 1 && industry.code.substr(1) == code;
    return industry.code == code || by_number ||
           without_trade(industry.label.zh) == without_trade(typed) ||
           capital(industry.label.en) == code;
}

}  // namespace

bool is_industry(std::string_view code) {
    return std::ranges::find(choices::kIndustry, code, &Choice::code) != choices::kIndustry.end();
}

std::string industry_code(std::string_view typed) {
    auto name = without_doubt(typed);
    while (name.ends_with(' ')) name.remove_suffix(1);
    const auto first = capital(name.substr(0, name.find(' ')));
    if (is_industry(first)) return first;
    const auto whole = capital(name);
    const auto at = std::ranges::find_if(
        choices::kIndustry, [&](const Choice& each) { return is_called(each, name, whole); });
    return std::string(at == choices::kIndustry.end() ? name : at->code);
}

}  // namespace dossier::catalog
