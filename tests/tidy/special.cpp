// What makes a kind or a field special is an attribute of its row in common/catalog. A comparison
// with one that is named says it a second time, where nobody looks for it.
#include <algorithm>
#include <array>
#include <regex>

#include "tests/tidy/rules.hpp"

namespace dossier::tidy {
namespace {

/// As much of an operand as tells what it is.
constexpr std::size_t kOperand = 160;
constexpr std::string_view kMarker = "// special: ";
/// A reason is a sentence, not a word.
constexpr std::size_t kReasonMin = 20;

/// What a named kind or field looks like on either side of a comparison. Literals are empty here.
const std::regex& named_right() {
    static const std::regex kNamed(R"(^\s*((\w+::)*k[A-Z]\w*\s*\.\s*(tag|name)\b)"
                                   R"(|&\s*(\w+::)*k[A-Z])"
                                   R"(|&?\s*(\w+::)*(find_)?field\([^()]*("|k[A-Z]))"
                                   R"(|(\w+::)*k[A-Z]\w*Tag\b))");
    return kNamed;
}
const std::regex& named_left() {
    static const std::regex kNamed(R"(((^|\W)k[A-Z]\w*\s*\.\s*(tag|name))"
                                   R"(|(^|[^&])&\s*(\w+::)*k[A-Z]\w*)"
                                   R"(|field\([^()]*("|k[A-Z])[^()]*\)\s*(\.|->)\s*(tag|name))"
                                   R"(|(^|\W)k[A-Z]\w*Tag)\s*$)");
    return kNamed;
}
const std::regex& word_of_catalog() {
    static const std::regex kWord(R"((\.|->)\s*(name|target|parent|title|entity)\s*$)");
    return kWord;
}

bool names_one(std::string_view left, std::string_view right) {
    const auto found = [](std::string_view text, const std::regex& pattern) {
        return std::regex_search(text.begin(), text.end(), pattern);
    };
    const auto first = right.find_first_not_of(" \n");
    const bool literal = first != std::string_view::npos && right[first] == '"';
    return found(right, named_right()) || found(left, named_left()) ||
           (literal && found(left, word_of_catalog()));
}

/// Where the statement that `at` is in begins and ends, as far as an operand goes.
std::string_view operand_before(std::string_view code, std::size_t at) {
    const std::size_t from = at > kOperand ? at - kOperand : 0;
    const std::string_view near = code.substr(from, at - from);
    const auto end = near.find_last_of(";{}");
    return end == std::string_view::npos ? near : near.substr(end + 1);
}

/// A reason in the comment on this line or right above it.
bool says_why(const std::vector<std::string_view>& lines, std::size_t number) {
    const auto reason = [](std::string_view line) {
        const auto at = line.find(kMarker);
        return at != std::string_view::npos && line.size() - at - kMarker.size() >= kReasonMin;
    };
    if (reason(lines[number - 1])) return true;
    for (std::size_t above = number - 1; above > 0; --above) {
        const auto line = lines[above - 1];
        const auto first = std::min(line.find_first_not_of(' '), line.size());
        if (!line.substr(first).starts_with("//")) return false;
        if (reason(line)) return true;
    }
    return false;
}

}  // namespace

std::vector<std::size_t> special_lines(const File& file) {
    if (!file.is_product() || file.path.starts_with("common/catalog/")) return {};
    const std::string code = code_of(file.text);
    std::vector<std::size_t> lines;
    const auto note = [&](std::size_t at) {
        lines.push_back(1 +
                        static_cast<std::size_t>(std::count(
                            code.begin(), code.begin() + static_cast<std::ptrdiff_t>(at), '\n')));
    };
    for (const auto sign : {"==", "!="}) {
        for (auto at = code.find(sign); at != std::string::npos; at = code.find(sign, at + 2)) {
            const auto right = std::string_view(code).substr(at + 2, kOperand);
            if (names_one(operand_before(code, at), right)) note(at);
        }
    }
    static const std::regex kCase(R"(^case\s+(\w+::)*k[A-Z]\w*\s*\.\s*(tag|name)\b)");
    for (auto at = code.find("case "); at != std::string::npos; at = code.find("case ", at + 5)) {
        const auto rest = std::string_view(code).substr(at, kOperand);
        if (std::regex_search(rest.begin(), rest.end(), kCase)) note(at);
    }
    std::sort(lines.begin(), lines.end());
    return lines;
}

Faults special_faults(const File& file) {
    Faults faults;
    const auto lines = lines_of(file.text);
    for (const std::size_t number : special_lines(file)) {
        if (says_why(lines, number)) continue;
        faults.push_back(fault(file, number,
                               "compares with a named kind or field: make it an attribute of the "
                               "catalog, or say why not after " +
                                   std::string(kMarker)));
    }
    return faults;
}

}  // namespace dossier::tidy
