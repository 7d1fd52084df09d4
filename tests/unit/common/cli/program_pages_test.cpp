#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>

#include <doctest/doctest.h>

#include "common/catalog/customer.hpp"
#include "common/cli/completion.hpp"
#include "common/cli/console.hpp"
#include "common/cli/exit_codes.hpp"
#include "common/cli/manual.hpp"

#include "tests/support/bash_words.hpp"

namespace dossier::cli {
namespace {

using action::Action;
using action::Give;
using action::Input;

constexpr std::array kShapes{
    Input{"NAME", "", {"名称，见 {do:ship.list}", "its name, see {do:ship.list}"}, Give::Required},
    Input{"note", "TEXT", {".开头的 'x' \\ 备注", "a note: .x 'y' \\ z"}},
    Input{"form", "md|json", {"格式", "form"}},
    Input{"all", "", {"全部", "all"}, Give::Flag},
    Input{"city-kind", "KIND", {"种类", "kind"}, Give::Required, 'k'},
};
constexpr Action kAdd{"ship add", {"加一艘船", "add a ship"}, "fleet ship add ~/x", kShapes};
constexpr Action kList{"ship list", {"列出船", "list ships"}, "fleet ship list", {}};
constexpr Action kSink{"sink", {"沉没", "sink"}, "fleet sink", {}};
constexpr std::array<const Action*, 3> kActions{&kAdd, &kSink, &kList};

Program fleet() {
    static bool quiet = false;
    return {.name = "fleet",
            .about = {"船队", "a fleet"},
            .actions = kActions,
            .group_help =
                [](std::string_view) {
                    return Text{"船", "ships"};
                },
            .folder_help = {"目录", "folder"},
            .folder_environment = "FLEET_DIR",
            .key_help = {"密钥文件", "key file"},
            .own = {{.name = "-q,--quiet",
                     .value = "",
                     .help = {"不显示进度", "no progress"},
                     .flag = &quiet}}};
}

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

std::vector<std::string> offers(std::vector<std::string> words, Lang lang = Lang::Zh) {
    words.insert(words.begin(), "fleet");
    auto found = test::bash_offers(bash_completion(fleet(), lang), words);
    std::ranges::sort(found);
    return found;
}

using Words = std::vector<std::string>;

TEST_SUITE("common/cli/manual") {
    TEST_CASE("the page has each action under its group with what it is told, in both languages") {
        for (const Lang lang : {Lang::Zh, Lang::En}) {
            const auto page = manual(fleet(), lang);
            for (const Action* action : kActions) {
                CHECK(has(page, "\\fBfleet " + std::string(action->words) + "\\fR"));
                CHECK(has(page, action->help.in(lang)));
            }
            CHECK(has(page, lang == Lang::Zh ? ".SS \"ship：船\"" : ".SS \"ship: ships\""));
            CHECK(has(page, "FLEET_DIR"));
        }
        const auto page = manual(fleet(), Lang::En);
        CHECK(has(page,
                  "\\fBfleet ship add\\fR \\fINAME\\fR \\fB\\-k,\\-\\-city\\-kind\\fR "
                  "\\fIKIND\\fR [\\fIoptions\\fR]\n"));
        CHECK(has(page, "[\\fB\\-\\-all\\fR]\n"));
        CHECK(has(page, "its name, see fleet ship list\n"));
        CHECK(page.find("sink") < page.find(".SS \"ship"));
    }

    TEST_CASE("no text of a table is taken for a request of the formatter") {
        for (const Lang lang : {Lang::Zh, Lang::En}) {
            std::istringstream lines(manual(fleet(), lang));
            std::string line;
            std::getline(lines, line);
            CHECK(line == "'\\\" -*- coding: UTF-8 -*-");
            const std::set<std::string> known{".TH", ".SH", ".SS", ".TP", ".IP", ".RS", ".RE"};
            while (std::getline(lines, line)) {
                CAPTURE(line);
                CHECK_FALSE(line.empty());
                CHECK_FALSE(line.starts_with('\''));
                if (line.starts_with('.')) CHECK(known.contains(line.substr(0, 3)));
            }
        }
        CHECK(has(manual(fleet(), Lang::Zh), "\\&.开头的 \\(aqx\\(aq \\e 备注\n"));
        CHECK(has(manual(fleet(), Lang::Zh), "\\fBfleet ship add \\(ti/x\\fR"));
    }

    TEST_CASE("every exit code is told, as the README tells it") {
        std::ifstream in(std::filesystem::path(DOSSIER_SOURCE) / "README.md");
        const std::string readme{std::istreambuf_iterator<char>(in), {}};
        REQUIRE_FALSE(readme.empty());
        std::set<int> told;
        for (const ExitCode& each : exit_codes()) {
            told.insert(each.code);
            CHECK(has(readme, "| " + std::to_string(each.code) + " | " +
                                  std::string(each.meaning.en) + " |"));
            for (const Lang lang : {Lang::Zh, Lang::En})
                CHECK(has(manual(fleet(), lang),
                          "\n" + std::to_string(each.code) + "\n" +
                              std::string(each.meaning.in(lang)).substr(0, 6)));
        }
        CHECK(told.contains(0));
        CHECK(told.contains(kInterrupted));
        for (int code = 0; code <= static_cast<int>(ErrorCode::NoSpace); ++code)
            CHECK(told.contains(exit_code(static_cast<ErrorCode>(code))));
    }
}

TEST_SUITE("common/cli/completion") {
    TEST_CASE("bash takes the script, and offers groups, actions and options from the table") {
        CHECK(test::bash_accepts(bash_completion(fleet(), Lang::Zh)));
        CHECK(offers({""}) == Words{"ship", "sink"});
        CHECK(offers({"shi"}) == Words{"ship"});
        CHECK(offers({"ship", ""}) == Words{"add", "list"});
        CHECK(offers({"ship", "add", "--"}) == Words{"--all", "--city-kind", "--dir", "--form",
                                                     "--help", "--json", "--key-file", "--lang",
                                                     "--note", "--quiet"});
        CHECK(offers({"ship", "list", "--a"}).empty());
        CHECK(offers({"-"}) ==
              Words{"--dir", "--help", "--json", "--key-file", "--lang", "--quiet", "-h", "-q"});
    }

    TEST_CASE("an option of every command and its value stand between the words of a command") {
        CHECK(offers({"--dir", "ship", "-q", "ship", "l"}) == Words{"list"});
        CHECK(offers({"--dir", "sh"}).empty());
        CHECK(offers({"-q", "sh"}) == Words{"ship"});
    }

    TEST_CASE("values are offered where the table has them, names of files elsewhere") {
        CHECK(offers({"ship", "add", "--form", ""}) == Words{"json", "md"});
        CHECK(offers({"ship", "add", "--form", "j"}) == Words{"json"});
        CHECK(offers({"ship", "add", "--all", "-"}).size() == 13);
        CHECK(offers({"ship", "add", "--note", ""}).empty());
        CHECK(offers({"ship", "add", ""}).empty());
        CHECK(has(bash_completion(fleet(), Lang::Zh), "complete -o default -F _fleet fleet\n"));
    }
}

}  // namespace
}  // namespace dossier::cli
