#include "common/sheet/heading.hpp"

#include <algorithm>
#include <array>

#include "common/base/text.hpp"
#include "common/pinyin/fold.hpp"

namespace dossier::sheet {
namespace {

std::string folded_text(std::string_view text) {
    std::string folded;
    for (const char32_t c : pinyin::folded(text)) {
        if (c != U' ' && c != U'\t' && c != U'\r' && c != U'\n') pinyin::append_utf8(folded, c);
    }
    return folded;
}

/// The text without marks at either end.
std::string_view without_marks(std::string_view text) {
    constexpr std::array<std::string_view, 14> kMarks{"*", "!", ":", " ",  "\t", "\r", "\n",
                                                      "※", "★", "●", "！", "＊", "：", "　"};
    for (bool again = true; again;) {
        again = false;
        for (const auto mark : kMarks) {
            const bool first = text.starts_with(mark);
            if (!first && !text.ends_with(mark)) continue;
            again = true;
            if (first) {
                text.remove_prefix(mark.size());
            } else {
                text.remove_suffix(mark.size());
            }
        }
    }
    return text;
}

/// What stands in brackets at the end, and where the brackets begin; nothing for other endings.
std::pair<std::string_view, std::size_t> last_brackets(std::string_view text) {
    for (const auto& [open, close] : {std::pair<std::string_view, std::string_view>{"（", "）"},
                                      {"(", ")"},
                                      {"【", "】"},
                                      {"[", "]"},
                                      {"〔", "〕"}}) {
        if (!text.ends_with(close)) continue;
        const std::size_t at = text.rfind(open);
        if (at == std::string_view::npos) continue;
        const std::size_t inside = at + open.size();
        return {text.substr(inside, text.size() - close.size() - inside), at};
    }
    return {{}, std::string_view::npos};
}

/// Words that say how to fill a column in. A unit ("万元") says what it holds and stays.
bool is_hint(std::string_view inside) {
    constexpr std::array<std::string_view, 12> kHints{
        "必填", "必填项", "必输",   "选填",     "选填项",   "非必填",
        "可选", "可空",   "可不填", "required", "optional", "mandatory"};
    const std::string word = folded_text(without_marks(inside));
    return std::find(kHints.begin(), kHints.end(), word) != kHints.end();
}

}  // namespace

std::string plain_heading(std::string_view heading) {
    const auto canonical = canonical_text(heading);
    if (!canonical) return std::string(heading);
    std::string_view plain = without_marks(*canonical);
    for (;;) {
        const auto [inside, at] = last_brackets(plain);
        if (at == std::string_view::npos || at == 0 || !is_hint(inside)) break;
        plain = without_marks(plain.substr(0, at));
    }
    return std::string(plain);
}

const catalog::Field* field_headed(const catalog::Kind& kind, std::string_view heading) {
    const std::string plain = plain_heading(heading);
    if (plain.empty()) return nullptr;
    const auto* of = catalog::find_heading(kind, plain);
    return of != nullptr ? of : catalog::find_heading(kind, folded_text(plain));
}

bool is_count(std::string_view cell) {
    constexpr std::array<std::string_view, 18> kUnits{
        "家", "户", "个",     "条",     "位",     "人",     "名",     "行",     "项",
        "元", "笔", "家客户", "个客户", "位客户", "家企业", "家公司", "家单位", "条记录"};
    std::string word = folded_text(without_marks(cell));
    if (word.starts_with("共")) word.erase(0, std::string_view("共").size());
    const auto digits = std::min(word.find_first_not_of("0123456789,."), word.size());
    const std::string unit = word.substr(digits);
    return digits > 0 && (unit.empty() || std::ranges::find(kUnits, unit) != kUnits.end());
}

bool is_total(std::string_view cell) {
    constexpr std::array<std::string_view, 12> kTotals{
        "合计",     "总计",     "小计",  "共计",     "汇总", "累计",
        "本页合计", "本页小计", "total", "subtotal", "sum",  "grandtotal"};
    constexpr std::array<std::string_view, 4> kEnds{"以下空白", "以下无正文", "以下无内容",
                                                    "此行以下空白"};
    constexpr std::array<std::string_view, 14> kSigned{
        "制表人", "制表",   "填表人", "填报人", "审核人",   "审核",     "复核人",
        "复核",   "经办人", "负责人", "打印人", "制表日期", "打印日期", "填表日期"};
    std::string word = folded_text(without_marks(cell));
    std::erase(word, '-');
    if (word.starts_with('(') && word.ends_with(')')) word = word.substr(1, word.size() - 2);
    if (std::ranges::find(kEnds, word) != kEnds.end()) return true;
    const auto colon = word.find(':');
    if (colon != std::string::npos &&
        std::ranges::find(kSigned, std::string_view(word).substr(0, colon)) != kSigned.end())
        return true;
    for (const auto total : kTotals) {
        if (!word.starts_with(total)) continue;
        std::string_view rest = std::string_view(word).substr(total.size());
        while (rest.starts_with(':') || rest.starts_with('(')) rest.remove_prefix(1);
        while (rest.ends_with(')')) rest.remove_suffix(1);
        if (rest.empty() || is_count(rest)) return true;
    }
    return false;
}

}  // namespace dossier::sheet
