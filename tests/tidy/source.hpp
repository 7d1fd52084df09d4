// The source tree as values: files, their lines, and their code without comments and literals.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace dossier::tidy {

/// One text file; `path` is relative to the root, with '/'.
struct File {
    std::string path;
    std::string text;

    [[nodiscard]] bool ends_with(std::string_view ending) const { return path.ends_with(ending); }
    [[nodiscard]] bool is_header() const { return ends_with(".hpp"); }
    [[nodiscard]] bool is_source() const { return is_header() || ends_with(".cpp"); }
    /// Part of the programs: everything but tests.
    [[nodiscard]] bool is_product() const { return is_source() && !path.starts_with("tests/"); }
};

/// One broken rule, "path:line: what", as compilers write it.
std::string fault(const File& file, std::size_t line, std::string_view what);

/// Every text file below `root` but build folders, packages of npm and the history of git.
std::vector<File> read_tree(const std::filesystem::path& root);

/// Lines without their ends.
std::vector<std::string_view> lines_of(std::string_view text);

/// C++ code with comments blanked and the insides of string and character literals emptied; lines
/// stay where they are. "#include" lines keep their names.
std::string code_of(std::string_view text);

/// A string literal as it is written between its quotes; those that stand next to each other are
/// one. Raw ones keep their delimiters.
struct Literal {
    std::size_t line = 0;
    std::string text;
    char before = ' ';  ///< the last character of code before it that is no white space
    char after = ' ';   ///< the next one after it
};
std::vector<Literal> literals_of(std::string_view text);

/// The actions a text names: each "case.list" of "{do:case.list}", in their order.
std::vector<std::string> named_actions(std::string_view text);
/// The inputs, likewise: each "update" of "{in:update}".
std::vector<std::string> named_inputs(std::string_view text);

/// True when `path` matches the shell pattern; '*' also crosses '/'.
bool matches(std::string_view path, std::string_view pattern);

}  // namespace dossier::tidy
