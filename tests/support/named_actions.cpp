#include "tests/support/named_actions.hpp"

#include <algorithm>

#include "common/base/told.hpp"

#include "tests/tidy/source.hpp"

namespace dossier::test {
namespace {

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
}

/// Whether `text` says `words` as words of their own.
bool says(std::string_view text, std::string_view words) {
    for (auto at = text.find(words); at != std::string_view::npos; at = text.find(words, at + 1)) {
        const auto end = at + words.size();
        if ((at == 0 || !is_letter(text[at - 1])) && (end == text.size() || !is_letter(text[end])))
            return true;
    }
    return false;
}

/// No mark is left, no option, no key: a page names an input by its label.
bool is_for_a_page(std::string_view said) {
    return said.find("--") == std::string_view::npos && said.find('{') == std::string_view::npos &&
           said.find(kActionBegins) == std::string_view::npos;
}

/// The words of an action by themselves are its row; an example begins with the program.
bool is_row(std::string_view text, std::string_view words) {
    return text == words || text.starts_with("dossier");
}

}  // namespace

std::vector<std::string> misnamed(std::string_view folder, std::span<const std::string> actions) {
    std::vector<std::string> wrong;
    const std::filesystem::path root = DOSSIER_SOURCE;
    for (const tidy::File& file : tidy::read_tree(root / folder)) {
        if (!file.is_source()) continue;
        const auto place = [&](const tidy::Literal& at) {
            return std::string(folder) + "/" + file.path + ":" + std::to_string(at.line) + ": ";
        };
        for (const tidy::Literal& literal : tidy::literals_of(file.text)) {
            for (std::string name : tidy::named_actions(literal.text)) {
                std::ranges::replace(name, '.', ' ');
                if (std::ranges::find(actions, name) == actions.end())
                    wrong.push_back(place(literal) + "there is no action " + name);
            }
            for (const std::string& words : actions) {
                const bool two = words.find(' ') != std::string::npos;
                if (two && says(literal.text, words) && !is_row(literal.text, words))
                    wrong.push_back(place(literal) + words + ": name the action, {do:…}");
            }
        }
    }
    return wrong;
}

std::vector<std::string> left_for_a_page(std::span<const std::string_view> folders,
                                         const api::Routes& routes) {
    std::vector<std::string> left;
    const std::filesystem::path root = DOSSIER_SOURCE;
    for (const std::string_view folder : folders) {
        for (const tidy::File& file : tidy::read_tree(root / folder)) {
            if (!file.is_source()) continue;
            for (const tidy::Literal& each : tidy::literals_of(file.text)) {
                const bool names_any = !tidy::named_actions(each.text).empty() ||
                                       !tidy::named_inputs(each.text).empty();
                if (!names_any) continue;
                const auto place =
                    std::string(folder) + "/" + file.path + ":" + std::to_string(each.line) + ": ";
                for (const std::string& key : tidy::named_inputs(each.text)) {
                    if (routes.words("in:" + key, Lang::Zh) == key)
                        left.push_back(place + "no action has the input " + key);
                }
                for (const Lang lang : {Lang::Zh, Lang::En}) {
                    const auto said = say_actions(fill(each.text, {}), [&](std::string_view name) {
                        return routes.words(name, lang);
                    });
                    if (!is_for_a_page(said)) left.push_back(place + said);
                }
            }
        }
    }
    return left;
}

}  // namespace dossier::test
