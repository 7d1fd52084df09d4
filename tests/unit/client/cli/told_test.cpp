// What this program says of its own actions: in its texts, on its manual page, to a shell.
#include <doctest/doctest.h>

#include "common/cli/completion.hpp"
#include "common/cli/manual.hpp"

#include "client/cli/parse.hpp"
#include "tests/support/named_actions.hpp"
#include "tests/support/told_program.hpp"
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
        CHECK(script.out == cli::bash_completion(described(), Lang::Zh));
        CHECK(desk.run({"manual", "--json"}).json()["text"] == page.out);
    }
}

}  // namespace
}  // namespace dossier::client
