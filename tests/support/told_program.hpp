// The laws of what a program says of itself, the same for both: its manual page, its completion,
// its words on a page.
#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "common/api/catalog_document.hpp"
#include "common/cli/completion.hpp"
#include "common/cli/manual.hpp"

#include "tests/support/bash_words.hpp"
#include "tests/support/named_actions.hpp"
#include "tests/support/unsaid.hpp"

namespace dossier::test {

/// Every action, given by its words, stands on the manual page in both languages.
inline void check_manual(std::string_view name,
                         const cli::Program& program,
                         const std::vector<std::string>& actions) {
    for (const Lang lang : {Lang::Zh, Lang::En}) {
        const auto page = cli::manual(program, lang);
        CHECK_FALSE(leaves_unsaid(page));
        for (const std::string& action : actions) {
            CAPTURE(action);
            std::string command = std::string(name) + " " + action;
            for (auto at = command.find('-'); at != std::string::npos;
                 at = command.find('-', at + 2))
                command.insert(at, 1, '\\');
            CHECK(page.find("\\fB" + command + "\\fR") != std::string::npos);
        }
    }
}

/// A shell offers every action by its words, and the values of choices.
inline void check_completion(const std::string& name,
                             const cli::Program& program,
                             const std::vector<std::string>& actions) {
    const auto script = cli::bash_completion(program, Lang::Zh);
    CHECK(bash_accepts(script));
    for (const char* group : {"", "customer", "contact", "attach", "completion"}) {
        std::vector<std::string> words{name};
        if (*group != '\0') words.emplace_back(group);
        words.emplace_back();
        const auto offers = bash_offers(script, words);
        for (const std::string& action : actions) {
            CAPTURE(action);
            const auto space = action.find(' ');
            const bool inside = space != std::string::npos;
            const auto first = action.substr(0, space);
            if (*group != '\0' && (!inside || first != group)) continue;
            const auto word = *group == '\0' ? first : action.substr(space + 1);
            CHECK(std::ranges::find(offers, word) != offers.end());
        }
    }
    CHECK(bash_offers(script, {name, "customer", "edit", "x", "--market", "d"}) ==
          std::vector<std::string>{"domestic"});
    CHECK(bash_offers(script, {name, "status", "--lang", "e"}) == std::vector<std::string>{"en"});
}

/// No text of the program's folders, `side` being its own, nor of what a page gets of its actions
/// says a word to be typed.
inline void check_page_words(std::string_view side, const api::Routes& routes) {
    const std::array<std::string_view, 3> folders{"common", "protocol", side};
    for (const auto& each : left_for_a_page(folders, routes)) FAIL_CHECK(each);
    for (const Lang lang : {Lang::Zh, Lang::En}) {
        const auto shown =
            api::actions_document(routes, lang, [](const auto&) { return true; }).dump();
        CHECK(shown.find("--") == std::string::npos);
        CHECK_FALSE(leaves_unsaid(shown));
    }
}

}  // namespace dossier::test
