#include "tests/tidy/source.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

#include <fnmatch.h>

namespace dossier::tidy {
namespace {

/// Folders that are not ours: made by builds, by npm, by git.
bool is_foreign(const std::filesystem::path& folder) {
    const std::string name = folder.filename().string();
    return name == ".git" || name == ".cache" || name == "build" || name == "node_modules" ||
           name == "dist";
}

/// Blanks `text` from `from` to `to`, line ends apart.
void blank(std::string& text, std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < std::min(to, text.size()); ++i) {
        if (text[i] != '\n') text[i] = ' ';
    }
}

bool is_word(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/// Past the end of the literal that opens at `at` with `quote`.
std::size_t literal_end(std::string_view text, std::size_t at) {
    const char quote = text[at];
    for (std::size_t i = at + 1; i < text.size(); ++i) {
        if (text[i] == '\\') {
            ++i;
        } else if (text[i] == quote || text[i] == '\n') {
            return i;
        }
    }
    return text.size();
}

/// Position of the closing quote of the raw string whose opening quote is at `at`.
std::size_t raw_end(std::string_view text, std::size_t at) {
    const std::size_t open = std::min(text.find('(', at), text.size() - 1);
    const std::string close = ")" + std::string(text.substr(at + 1, open - at - 1)) + "\"";
    const std::size_t end = text.find(close, open);
    return end == std::string_view::npos ? text.size() : end + close.size() - 1;
}

}  // namespace

std::string fault(const File& file, std::size_t line, std::string_view what) {
    return file.path + ":" + std::to_string(line) + ": " + std::string(what);
}

std::vector<File> read_tree(const std::filesystem::path& root) {
    std::vector<File> files;
    for (auto at = std::filesystem::recursive_directory_iterator(root);
         at != std::filesystem::recursive_directory_iterator(); ++at) {
        if (at->is_directory() && is_foreign(at->path())) at.disable_recursion_pending();
        if (!at->is_regular_file()) continue;
        std::ifstream in(at->path(), std::ios::binary);
        std::string text{std::istreambuf_iterator<char>(in), {}};
        if (text.find('\0') != std::string::npos) continue;  // not text
        files.push_back({std::filesystem::relative(at->path(), root).generic_string(), text});
    }
    std::sort(files.begin(), files.end(),
              [](const File& a, const File& b) { return a.path < b.path; });
    return files;
}

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        lines.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

std::string code_of(std::string_view text) {
    std::string code(text);
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::string_view rest = text.substr(i);
        if (rest.starts_with("#include")) {
            i = std::min(text.find('\n', i), text.size());
        } else if (rest.starts_with("//")) {
            const std::size_t end = std::min(text.find('\n', i), text.size());
            blank(code, i, end);
            i = end;
        } else if (rest.starts_with("/*")) {
            const std::size_t end = std::min(text.find("*/", i + 2), text.size());
            blank(code, i, end + 2);
            i = end + 1;
        } else if (text[i] == '"' || (text[i] == '\'' && (i == 0 || !is_word(text[i - 1])))) {
            const bool raw = text[i] == '"' && i > 0 && text[i - 1] == 'R';
            const std::size_t end = raw ? raw_end(text, i) : literal_end(text, i);
            blank(code, i + 1, end);
            i = end;
        }
    }
    return code;
}

std::vector<Literal> literals_of(std::string_view text) {
    std::vector<Literal> literals;
    const std::string code = code_of(text);
    char before = ' ';
    std::size_t line = 1;
    bool joins = false;  // nothing but white space since the last one
    for (std::size_t at = 0; at < code.size(); ++at) {
        if (code[at] == '"') {
            const std::size_t end = std::min(code.find('"', at + 1), code.size() - 1);
            if (!joins) literals.push_back({.line = line, .text = {}, .before = before});
            literals.back().text += text.substr(at + 1, end - at - 1);
            line += static_cast<std::size_t>(std::count(
                code.begin() + static_cast<long>(at), code.begin() + static_cast<long>(end), '\n'));
            at = end;
            joins = true;
            before = '"';
        } else if (code[at] == '\n') {
            ++line;
        } else if (code[at] != ' ') {
            if (joins) literals.back().after = code[at];
            joins = false;
            before = code[at];
        }
    }
    return literals;
}

namespace {

std::vector<std::string> named_after(std::string_view text, std::string_view opens) {
    std::vector<std::string> names;
    for (auto at = text.find(opens); at != std::string_view::npos; at = text.find(opens, at)) {
        at += opens.size();
        const auto closes = text.find('}', at);
        if (closes != std::string_view::npos) names.emplace_back(text.substr(at, closes - at));
    }
    return names;
}

}  // namespace

std::vector<std::string> named_actions(std::string_view text) {
    return named_after(text, "{do:");
}

std::vector<std::string> named_inputs(std::string_view text) {
    return named_after(text, "{in:");
}

bool matches(std::string_view path, std::string_view pattern) {
    return ::fnmatch(std::string(pattern).c_str(), std::string(path).c_str(), 0) == 0;
}

}  // namespace dossier::tidy
