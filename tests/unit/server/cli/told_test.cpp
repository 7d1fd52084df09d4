// What this program says of its own actions: in its texts, on its manual page, to a shell.
#include <sstream>

#include <doctest/doctest.h>

#include "common/cli/completion.hpp"
#include "common/cli/manual.hpp"

#include "server/cli/parse.hpp"
#include "server/web/console.hpp"
#include "tests/support/named_actions.hpp"
#include "tests/support/told_program.hpp"
#include "tests/unit/server/cli/counter.hpp"

namespace dossier::server {
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

TEST_SUITE("server/cli/told") {
    TEST_CASE("every action that a text names stands in the table, and none as a command") {
        const auto words = all_words();
        for (const auto* folder : {"common", "protocol", "server"}) {
            for (const auto& each : test::misnamed(folder, words)) FAIL_CHECK(each);
        }
    }

    TEST_CASE("a remedy names its action as a command, and by its name to a program") {
        test::Counter counter;
        const auto said = counter.type("user show nobody --as luop");
        CHECK(said.complains("see dossierd user list"));
        const auto json = cli::Json::parse(counter.type("user show nobody --as luop --json").err);
        CHECK(json["next"] == "user.list");
        CHECK(json["message"].get<std::string>().find("dossierd user list") != std::string::npos);
        const auto without = cli::Json::parse(counter.type("status --no --json").err);
        CHECK_FALSE(without.contains("next"));
    }

    TEST_CASE("what is told names actions and inputs in a page's own words, no word typed") {
        test::check_page_words("server", office_routes());
    }

    TEST_CASE("every action of the table is on the manual page and in the completion") {
        test::check_manual("dossierd", described(), all_words());
        test::check_completion("dossierd", described(), all_words());
    }

    TEST_CASE("manual and completion are printed without an office") {
        for (const std::vector<std::string>& words :
             {std::vector<std::string>{"manual"}, std::vector<std::string>{"completion", "bash"}}) {
            auto line = words;
            line.insert(line.end(), {"--dir", "/nowhere", "--lang", "zh-CN"});
            std::ostringstream out;
            std::ostringstream err;
            CHECK(run_line(line, "/", out, err) == 0);
            CHECK(err.str().empty());
            CHECK(out.str() == (words.size() == 1 ? cli::manual(described(), Lang::Zh)
                                                  : cli::bash_completion(described(), Lang::Zh)));
        }
    }
}

}  // namespace
}  // namespace dossier::server
