#include "common/catalog/doubt.hpp"

#include <algorithm>
#include <array>

#include "common/base/ascii.hpp"
#include "common/catalog/check_digit.hpp"
#include "common/catalog/check_text.hpp"
#include "common/catalog/identity.hpp"
#include "common/catalog/industry.hpp"

namespace dossier::catalog {
namespace {

constexpr std::size_t kCodeLength = 18;
constexpr std::size_t kCodeLeast = 6;

enum Doubt : std::size_t {
    CheckFails,
    Masked,
    IsIdentity,
    TaxNumber,
    FormerCode,
    Length,
    Letters,
    NoIndustry
};

constexpr std::array kDoubts{
    Text{"未核：校验位不符", "unverified: the check character does not fit"},
    Text{"未核：有遮盖的字符", "unverified: characters are masked"},
    Text{"未核：这是身份证号", "unverified: this is an identity number"},
    Text{"未核：15 位税号", "unverified: a tax number of 15 digits"},
    Text{"未核：9 位组织机构代码", "unverified: a former code of 9 characters"},
    Text{"未核：不是 18 位", "unverified: not 18 characters"},
    Text{"未核：含有不用的字母 I O S V Z", "unverified: holds one of I O S V Z"},
    Text{"未核：不是 GB/T 4754 的行业", "unverified: no industry of GB/T 4754"},
};

/// Nothing is said of what is not shown.
bool is_mask(std::string_view text) {
    return text.find("●") != std::string_view::npos;
}

Text why_not(std::string_view code) {
    const bool digits = all_digits(code);
    if (code.find('*') != std::string_view::npos) return kDoubts[Masked];
    if (is_id_number(code)) return kDoubts[IsIdentity];
    if (code.size() == 15 && digits) return kDoubts[TaxNumber];
    if (code.size() == 9) return kDoubts[FormerCode];
    if (code.size() != kCodeLength) return kDoubts[Length];
    if (code.find_first_of("IOSVZ") != std::string_view::npos) return kDoubts[Letters];
    return kDoubts[CheckFails];
}

}  // namespace

std::span<const Text> doubts() {
    return kDoubts;
}

std::string_view without_doubt(std::string_view shown) {
    static constexpr std::string_view kMarks[] = {"（未核", "(未核", " (unverified", "(unverified"};
    for (const auto mark : kMarks) shown = shown.substr(0, shown.find(mark));
    return shown;
}

std::string bare_code(std::string_view typed) {
    std::string bare;
    for (const char c : half_width(without_doubt(typed))) {
        if (c == ' ' || c == '-' || c == '.' || c == '\'') continue;
        bare += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    return bare;
}

bool may_be_code(std::string_view bare) {
    const auto fits = [](char c) { return is_digit(c) || (c >= 'A' && c <= 'Z') || c == '*'; };
    return bare.size() >= kCodeLeast && bare.size() <= kCodeLength &&
           std::ranges::all_of(bare, fits) && std::ranges::any_of(bare, is_digit);
}

std::optional<Text> doubt(const Field& field, const Value& value) {
    const auto* text = as_text(value);
    if (text == nullptr || text->empty()) return std::nullopt;
    if (field.check == Check::IdNumber && is_doubtful_id(*text)) return kDoubts[CheckFails];
    if (field.check == Check::Industry)
        return is_industry(*text) || is_mask(*text) ? std::nullopt
                                                    : std::optional(kDoubts[NoIndustry]);
    if (field.check != Check::UnifiedCode) return std::nullopt;
    // A masked value is no code: nothing is said of what is not shown.
    if (!may_be_code(*text)) return std::nullopt;
    // One in 31 identity numbers has the check character of a code as well.
    if (is_unified_code(*text) && !is_id_number(*text)) return std::nullopt;
    return why_not(*text);
}

}  // namespace dossier::catalog
