// Sizes, headers and white space.
#include <algorithm>
#include <array>

#include "tests/tidy/rules.hpp"

namespace dossier::tidy {
namespace {

constexpr std::size_t kFileLinesMax = 400;
constexpr std::size_t kFunctionLinesMax = 90;

bool starts_with_any(std::string_view text, std::initializer_list<std::string_view> words) {
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view word) { return text.starts_with(word); });
}

std::string_view trimmed(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(" \n");
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \n") - begin + 1);
}

/// Whether the brace after `head` opens a function body. clang-format puts a space before a body
/// and none before an initializer; the rest is told by what precedes the brace.
bool opens_function(std::string_view head) {
    if (!head.ends_with(' ')) return false;
    const std::string_view words = trimmed(head);
    if (words.find(')') == std::string_view::npos) return false;
    if (starts_with_any(words, {"namespace", "class ", "struct ", "enum ", "union "})) return false;
    return std::string_view("=(,<").find(words.back()) == std::string_view::npos &&
           !words.ends_with("return");
}

struct Block {
    bool function;
    bool initializer;  ///< its end continues the head it stands in
    std::size_t line;
    std::string head;
};

/// Reads code brace by brace and tells the length of each outermost function.
class Measure {
  public:
    explicit Measure(const File& file) : file_(file) {
        for (const char c : code_of(file.text)) step(c);
    }
    Faults faults;

  private:
    void step(char c) {
        if (c == '\n') ++line_;
        if (c == '{') {
            const bool inside = !blocks_.empty() && blocks_.back().function;
            blocks_.push_back({inside || opens_function(head_), !head_.ends_with(' '),
                               inside ? blocks_.back().line : line_, head_});
            head_.clear();
        } else if (c == '}') {
            close();
        } else if (c == ';') {
            head_.clear();
        } else {
            head_ += c;
        }
    }

    void close() {
        if (blocks_.empty()) return;
        const Block block = std::move(blocks_.back());
        blocks_.pop_back();
        head_ = block.initializer ? block.head + "{}" : "";
        const bool outermost = blocks_.empty() || !blocks_.back().function;
        const std::size_t length = line_ - block.line + 1;
        if (block.function && outermost && length > kFunctionLinesMax) {
            faults.push_back(
                fault(file_, block.line, "function of " + std::to_string(length) + " lines"));
        }
    }

    const File& file_;
    std::size_t line_ = 1;
    std::string head_;
    std::vector<Block> blocks_;
};

bool is_spaced(const File& file) {
    constexpr std::array<std::string_view, 9> kEndings{".hpp", ".cpp", ".cmake", ".txt", ".sql",
                                                       ".md",  ".ts",  ".vue",   ".css"};
    // Example data may hold any bytes.
    const bool ours = !file.path.starts_with("tests/") || file.is_source();
    return ours && std::any_of(kEndings.begin(), kEndings.end(),
                               [&](std::string_view ending) { return file.ends_with(ending); });
}

}  // namespace

Faults size_faults(const File& file) {
    if (!file.is_product()) return {};
    Faults faults = Measure(file).faults;
    const std::size_t lines = lines_of(file.text).size();
    if (lines > kFileLinesMax)
        faults.push_back(fault(file, lines, "file of " + std::to_string(lines) + " lines"));
    return faults;
}

Faults header_faults(const File& file) {
    Faults faults;
    if (!file.is_header()) return faults;
    if (!file.text.starts_with("// "))
        faults.push_back(fault(file, 1, "open with a comment: what is this for?"));
    std::size_t guards = 0;
    std::size_t number = 0;
    const std::string code = code_of(file.text);
    for (const std::string_view line : lines_of(code)) {
        ++number;
        guards += line == "#pragma once" ? 1U : 0U;
        if (line.find("using namespace") != std::string_view::npos) {
            faults.push_back(fault(file, number, "using namespace in a header"));
        }
    }
    if (guards != 1) faults.push_back(fault(file, 1, "one #pragma once"));
    return faults;
}

Faults spacing_faults(const File& file) {
    Faults faults;
    if (!is_spaced(file)) return faults;
    std::size_t number = 0;
    for (const std::string_view line : lines_of(file.text)) {
        ++number;
        if (line.find('\t') != std::string_view::npos) faults.push_back(fault(file, number, "tab"));
        if (line.ends_with(' ') || line.ends_with('\r')) {
            faults.push_back(fault(file, number, "white space at the end"));
        }
    }
    if (!file.text.ends_with('\n') || file.text.ends_with("\n\n")) {
        faults.push_back(fault(file, number, "end with one line end"));
    }
    return faults;
}

}  // namespace dossier::tidy
