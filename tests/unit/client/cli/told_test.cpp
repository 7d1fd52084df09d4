// What this program says of its own actions: in its texts, on its manual page, to a shell.
#include "common/base/told.hpp"

#include <algorithm>

#include <doctest/doctest.h>

#include "common/action/derive.hpp"
#include "common/cli/completion.hpp"
#include "common/cli/manual.hpp"

#include "client/cli/parse.hpp"
#include "client/web/page.hpp"
#include "tests/support/named_actions.hpp"
#include "tests/support/told_program.hpp"
#include "tests/support/unsaid.hpp"
#include "tests/unit/client/cli/desk.hpp"

namespace dossier::client {
namespace {

std::vector<std::string> all_words() {
    std::vector<std::string> words;
    for (const Action* action : actions()) words.emplace_back(action->words);
    return words;
}

cli::Program described() {
    static Globals globals;
    return program(globals);
}

TEST_SUITE("client/cli/told") {
    TEST_CASE("every action that a text names stands in the table, and none as a command") {
        const auto words = all_words();
        for (const auto* folder : {"common", "protocol", "client"}) {
            for (const auto& each : test::misnamed(folder, words)) FAIL_CHECK(each);
        }
    }

    TEST_CASE("a remedy names its action as a command, and by its name to a program") {
        test::Desk desk;
        const auto said = desk.type("visit show ffffffff");
        CHECK(said.complains("标识见 dossier visit list 最后一列"));
        const auto json = cli::Json::parse(desk.type("visit show ffffffff --json").err);
        CHECK(json["next"] == "visit.list");
        CHECK(json["message"].get<std::string>().find("dossier visit list") != std::string::npos);
        const auto without = cli::Json::parse(desk.type("customer list --limit few --json").err);
        CHECK_FALSE(without.contains("next"));
    }

    TEST_CASE("what is told names actions and inputs in a page's own words, no word typed") {
        test::check_page_words("client", laptop_routes());
    }

    TEST_CASE("an input is named as it is typed by the command line, by its label on a page") {
        CHECK(cli::in_commands(told("{in:invite_file}", {}), "dossier") == "--invite-file");
        CHECK(cli::in_commands(told("{in:DATE} x", {}), "dossier") == "DATE x");
        const auto routes = laptop_routes();
        const auto update = *std::ranges::find(action::import_inputs(), "update", &Input::name);
        CHECK(routes.words("in:update", Lang::Zh) == action::called(update, Lang::Zh));
        const auto* add = find_action("visit.add");
        CHECK(routes.words("in:purpose", Lang::Zh, add) == "“目的”");
        CHECK(routes.words("in:purpose", Lang::En) == "the purpose");
        const Error wrong{&action::kWrongNumber, {named_input("limit"), "few"}};
        CHECK(action::refusal_of(wrong, Lang::Zh).field == "limit");
    }

    TEST_CASE("every action of the table is on the manual page and in the completion") {
        test::check_manual("dossier", described(), all_words());
        test::check_completion("dossier", described(), all_words());
    }

    TEST_CASE("manual and completion are printed without a store") {
        test::Desk desk;
        const auto nowhere = desk.place("nowhere");
        const auto page = desk.run({"manual", "--dir", nowhere});
        CHECK(page.code == 0);
        CHECK(page.says(".TH \"DOSSIER\" 1"));
        CHECK(desk.run({"manual", "--lang", "en"}).says("EXIT STATUS"));
        const auto script = desk.run({"completion", "bash", "--dir", nowhere});
        CHECK(script.code == 0);
        for (const char* line : {"--help", "backup restore --help", "import --help --lang en"})
            CHECK_FALSE(test::leaves_unsaid(desk.type(line).out));
        CHECK(script.out == cli::bash_completion(described(), Lang::Zh));
        CHECK(desk.run({"manual", "--json"}).json()["text"] == page.out);
    }
}

}  // namespace
}  // namespace dossier::client
