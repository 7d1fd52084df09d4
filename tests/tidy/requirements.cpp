// The page of the domain's rules: what it says of code and tests is there.
#include <algorithm>
#include <array>
#include <filesystem>
#include <map>
#include <optional>
#include <regex>
#include <set>

#include "tests/tidy/rules.hpp"

namespace dossier::tidy {
namespace {

constexpr std::string_view kPage = "tests/scenarios/RULES.md";
constexpr int kLastRule = 290;  // of domain 1

const File* find_file(const std::vector<File>& files, std::string_view path) {
    const auto at = std::ranges::find(files, path, &File::path);
    return at == files.end() ? nullptr : &*at;
}

/// A file, or a folder with files in it.
bool is_there(const std::vector<File>& files, const std::string& path) {
    return std::ranges::any_of(files, [&](const File& file) {
        return file.path == path || file.path.starts_with(path + "/");
    });
}

std::string_view unpadded(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\n')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\n')) text.remove_suffix(1);
    return text;
}

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    std::string word;
    for (const char c : std::string(text) + " ") {
        if (c != ' ' && c != '\n') {
            word += c;
        } else if (!word.empty()) {
            words.push_back(std::exchange(word, {}));
        }
    }
    return words;
}

/// "R-004" as 4; nothing for what is no rule of the domain.
std::optional<int> rule_number(std::string_view text) {
    const bool formed = text.size() == 5 && text.starts_with("R-") &&
                        text.find_first_not_of("0123456789", 2) == std::string_view::npos;
    const int number = formed ? std::stoi(std::string(text.substr(2))) : 0;
    return number >= 1 && number <= kLastRule ? std::optional(number) : std::nullopt;
}

std::string rule_name(int number) {
    const std::string digits = std::to_string(number);
    return "R-" + std::string(3 - digits.size(), '0') + digits;
}

/// The rules of a line "Held: R-004 R-095..R-099"; what is no rule and no range goes to `odd`.
std::set<int> held_in(std::string_view line, std::vector<std::string>& odd) {
    std::set<int> held;
    for (const std::string& word : words_of(line)) {
        const auto dots = word.find("..");
        const auto first = rule_number(std::string_view(word).substr(0, dots));
        const auto last = dots == std::string::npos
                              ? first
                              : rule_number(std::string_view(word).substr(dots + 2));
        if (!first || !last || *last < *first) {
            odd.push_back(word);
            continue;
        }
        for (int number = *first; number <= *last; ++number) held.insert(number);
    }
    return held;
}

// ---- the tests that are named ----------------------------------------------------------------

/// The sentences of the cases of a doctest source; what is skipped proves nothing and is left out.
std::set<std::string> sentences_of(const File& file) {
    std::set<std::string> sentences;
    const std::string code = code_of(file.text);
    for (const std::string_view macro : {"TEST_CASE(", "SUBCASE("}) {
        for (auto at = code.find(macro); at != std::string::npos; at = code.find(macro, at)) {
            at += macro.size();
            std::string sentence;
            std::size_t next = code.find_first_not_of(" \n", at);
            while (next < code.size() && code[next] == '"') {
                const auto end = std::min(code.find('"', next + 1), code.size() - 1);
                sentence += file.text.substr(next + 1, end - next - 1);
                next = code.find_first_not_of(" \n", end + 1);
            }
            const auto rest = code.substr(at, code.find('{', at) - at);
            if (rest.find("doctest::skip") == std::string::npos) sentences.insert(sentence);
        }
    }
    return sentences;
}

/// Whether a test of the pages has this title.
bool has_title(const File& file, const std::string& title) {
    for (const std::string_view opens : {"test(", "it("}) {
        for (const char quote : {'\'', '"', '`'}) {
            if (file.text.find(std::string(opens) + quote + title + quote) != std::string::npos)
                return true;
        }
    }
    return false;
}

/// Programs and libraries of the tests, each with its sources and with what else its line names.
struct Target {
    std::vector<std::string> sources;
    std::vector<std::string> others;
};
std::map<std::string, Target> targets_of(const std::vector<File>& files) {
    static const std::regex kMade(R"((dossier_test|add_library)\(([^)]*)\))");
    std::map<std::string, Target> targets;
    for (const File& file : files) {
        if (!file.path.starts_with("tests/") || !file.ends_with("CMakeLists.txt")) continue;
        const auto folder = std::filesystem::path(file.path).parent_path();
        for (std::sregex_iterator at(file.text.begin(), file.text.end(), kMade), end; at != end;
             ++at) {
            const auto words = words_of((*at)[2].str());
            if (words.empty()) continue;
            Target& target = targets[words.front()];
            for (const std::string& word : words) {
                if (word.ends_with(".cpp"))
                    target.sources.push_back((folder / word).lexically_normal().generic_string());
                else
                    target.others.push_back(word);
            }
        }
    }
    return targets;
}

/// What is wrong with a named test, or nothing.
std::string test_fault(const std::vector<File>& files,
                       const std::map<std::string, Target>& targets,
                       const std::string& place,
                       const std::string& sentence) {
    if (place.ends_with(".ts")) {
        const File* spec = find_file(files, place);
        if (spec == nullptr) return "there is no file " + place;
        return has_title(*spec, sentence) ? "" : place + " has no test \"" + sentence + '"';
    }
    const auto program = targets.find(place);
    if (program == targets.end()) return "there is no program " + place;
    std::vector<std::string> sources = program->second.sources;
    for (const std::string& other : program->second.others) {
        const auto library = targets.find(other);
        if (library == targets.end() || library == program) continue;
        sources.insert(sources.end(), library->second.sources.begin(),
                       library->second.sources.end());
    }
    for (const std::string& source : sources) {
        const File* file = find_file(files, source);
        if (file != nullptr && sentences_of(*file).contains(sentence)) return "";
    }
    return place + " has no case \"" + sentence + '"';
}

// ---- the rows --------------------------------------------------------------------------------

/// The cells of a line of the table.
std::vector<std::string> cells_of(std::string_view line) {
    std::vector<std::string> cells;
    line.remove_prefix(1);
    while (!line.empty()) {
        const auto end = std::min(line.find('|'), line.size());
        cells.emplace_back(unpadded(line.substr(0, end)));
        line.remove_prefix(std::min(end + 1, line.size()));
    }
    return cells;
}

/// What stands between backticks in the cell are files of the tree, and there is one at least.
Faults where_faults(const std::vector<File>& files, const std::string& cell) {
    static const std::regex kNamed("`([^`]*)`");
    Faults faults;
    std::sregex_iterator at(cell.begin(), cell.end(), kNamed);
    if (at == std::sregex_iterator()) return {"no file is named where it holds"};
    for (; at != std::sregex_iterator(); ++at) {
        const std::string path = (*at)[1];
        if (!is_there(files, path)) faults.push_back("there is no " + path);
    }
    return faults;
}

/// `program: "sentence"; file: "title"`, or `no test`.
Faults tests_faults(const std::vector<File>& files,
                    const std::map<std::string, Target>& targets,
                    const std::string& cell) {
    if (cell == "no test") return {};
    static const std::regex kNamed("(^|; )([A-Za-z0-9_./]+): \"([^\"]*)\"");
    Faults faults;
    std::size_t read = 0;
    for (std::sregex_iterator at(cell.begin(), cell.end(), kNamed), end; at != end; ++at) {
        read += static_cast<std::size_t>(at->length());
        auto wrong = test_fault(files, targets, (*at)[2], (*at)[3]);
        if (!wrong.empty()) faults.push_back(std::move(wrong));
    }
    if (cell.empty() || read != cell.size())
        faults.emplace_back("tests are named as program: \"sentence\"; …, or \"no test\"");
    return faults;
}

class PageCheck {
  public:
    explicit PageCheck(const std::vector<File>& files)
        : files_(files), targets_(targets_of(files)) {}

    Faults check(const File& page) {
        std::size_t number = 0;
        for (const std::string_view line : lines_of(page.text)) {
            ++number;
            if (line.starts_with("Held:")) check_held(page, number, line);
            if (line.starts_with("| R-")) check_row(page, number, cells_of(line));
        }
        if (held_.empty()) faults_.push_back(fault(page, 1, "no line says which rules are held"));
        for (const int rule : held_) {
            if (!rows_.contains(rule))
                faults_.push_back(fault(page, 1, rule_name(rule) + " is held and has no row"));
        }
        for (const auto& [rule, line] : rows_) {
            if (!held_.contains(rule))
                faults_.push_back(
                    fault(page, line, rule_name(rule) + " has a row: name it in the line Held"));
        }
        return std::move(faults_);
    }

  private:
    void check_held(const File& page, std::size_t line, std::string_view text) {
        std::vector<std::string> odd;
        held_.merge(held_in(text.substr(text.find(':') + 1), odd));
        for (const std::string& word : odd)
            faults_.push_back(fault(page, line, word + " is no rule and no range of rules"));
    }
    void check_row(const File& page, std::size_t line, const std::vector<std::string>& cells) {
        constexpr std::size_t kCells = 5;
        if (cells.size() != kCells) {
            faults_.push_back(fault(page, line,
                                    "a row has a rule, what it asks, where, test, "
                                    "missing"));
            return;
        }
        const auto rule = rule_number(cells[0]);
        if (!rule) {
            faults_.push_back(fault(page, line, cells[0] + " is no rule of R-001 to R-290"));
        } else if (!rows_.emplace(*rule, line).second) {
            faults_.push_back(fault(page, line, cells[0] + " has a row already"));
        }
        if (cells[1].empty())
            faults_.push_back(fault(page, line, "what the rule asks is not said"));
        for (const std::string& each : where_faults(files_, cells[2]))
            faults_.push_back(fault(page, line, each));
        for (const std::string& each : tests_faults(files_, targets_, cells[3]))
            faults_.push_back(fault(page, line, each));
    }

    const std::vector<File>& files_;
    std::map<std::string, Target> targets_;
    std::set<int> held_;
    std::map<int, std::size_t> rows_;  ///< the line of each
    Faults faults_;
};

}  // namespace

Faults requirement_faults(const std::vector<File>& files) {
    const File* page = find_file(files, kPage);
    if (page == nullptr) return {std::string(kPage) + ": there is none"};
    return PageCheck(files).check(*page);
}

}  // namespace dossier::tidy
