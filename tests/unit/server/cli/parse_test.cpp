#include "server/cli/parse.hpp"

#include <doctest/doctest.h>

#include "common/cli/input_words.hpp"

#include "tests/unit/server/cli/counter.hpp"

namespace dossier::server {
namespace {

TEST_SUITE("server/cli/parse") {
    TEST_CASE("every command teaches with an example in both languages") {
        for (const Action* command : actions()) {
            std::vector<std::string> words;
            std::string_view rest = command->words;
            for (auto space = rest.find(' '); space != std::string_view::npos;
                 space = rest.find(' ')) {
                words.emplace_back(rest.substr(0, space));
                rest.remove_prefix(space + 1);
            }
            words.emplace_back(rest);
            for (const auto* lang : {"zh-CN", "en"}) {
                auto asked = words;
                asked.insert(asked.end(), {"--help", "--lang", lang});
                const auto parsed = parse(asked);
                REQUIRE(parsed);
                CHECK(parsed->action == nullptr);
                CHECK(parsed->help.find(": dossierd " + std::string(command->words)) !=
                      std::string::npos);
                CHECK(parsed->help.find(command->example) != std::string::npos);
                CHECK(parsed->help.find(cli::as_typed(command->help, "dossierd",
                                                      *lang_from(lang))) != std::string::npos);
            }
        }
    }

    TEST_CASE("every example is a command this program understands") {
        for (const Action* command : actions()) {
            std::vector<std::string> words;
            std::string word;
            for (const char c : std::string(command->example) + " ") {
                if (c != ' ') {
                    word += c;
                    continue;
                }
                words.push_back(std::exchange(word, {}));
            }
            REQUIRE(words.front() == "dossierd");
            words.erase(words.begin());
            const auto parsed = parse(words);
            CAPTURE(command->example);
            REQUIRE(parsed);
            CHECK(parsed->action == command);
        }
    }

    TEST_CASE("wrong words are a usage error, exit code 2, in either form") {
        test::Counter counter;
        for (const char* line :
             {"nonsense", "user", "user add", "user add x --name", "status --no",
              "customer list --limit few --as hanm", "case rule one --as hanm"}) {
            CAPTURE(line);
            const auto said = counter.type(line);
            CHECK(said.code == 2);
            const bool is_number = std::string_view(line).find("--as") != std::string_view::npos;
            CHECK(said.complains(is_number ? "(cli.wrong_number)" : "(cli.usage)"));
            CHECK(said.out.empty());
            const auto json = counter.type(std::string(line) + " --json");
            const auto last = cli::Json::parse(json.err);
            CHECK(last["message_type"] == "exit_error");
            CHECK(last["code"] == 2);
        }
    }

    TEST_CASE("options of every command may stand before or after it") {
        for (const std::vector<std::string>& words :
             {std::vector<std::string>{"--json", "--as", "hanm", "status"},
              std::vector<std::string>{"status", "--as", "hanm", "--json"}}) {
            const auto parsed = parse(words);
            REQUIRE(parsed);
            CHECK(parsed->globals.json);
            CHECK(parsed->globals.as == "hanm");
        }
    }
}

}  // namespace
}  // namespace dossier::server
