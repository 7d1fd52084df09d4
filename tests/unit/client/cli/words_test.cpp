#include <set>

#include <doctest/doctest.h>

#include "common/cli/input_words.hpp"

#include "client/app/agent_commands.hpp"
#include "client/cli/here.hpp"
#include "tests/unit/client/cli/desk.hpp"

namespace dossier::client {
namespace {

TEST_SUITE("client/cli/parse") {
    TEST_CASE("every command teaches with an example in both languages") {
        for (const Action* action : actions()) {
            CAPTURE(action->words);
            for (const auto* lang : {"zh-CN", "en"}) {
                auto asked = test::split(action->words);
                asked.insert(asked.end(), {"--help", "--lang", lang});
                const auto parsed = parse(asked);
                REQUIRE(parsed);
                CHECK(parsed->help.find("dossier " + std::string(action->words)) !=
                      std::string::npos);
                CHECK(parsed->help.find(action->example) != std::string::npos);
                CHECK(parsed->help.find(cli::as_typed(action->help, "dossier", *lang_from(lang))) !=
                      std::string::npos);
            }
        }
    }

    TEST_CASE("every example is its command, understood") {
        for (const Action* action : actions()) {
            CAPTURE(action->example);
            auto words = test::split(action->example);
            REQUIRE(words.front() == "dossier");
            words.erase(words.begin());
            const auto parsed = parse(words);
            REQUIRE(parsed);
            CHECK(parsed->action == action);
        }
    }

    TEST_CASE("every group and every input says what it is, in both languages") {
        for (const Action* action : actions()) {
            CAPTURE(action->words);
            const auto words = test::split(action->words);
            if (words.size() > 1) CHECK_FALSE(group_help(words.front()).zh.empty());
            for (const Input& input : action->inputs) {
                CAPTURE(input.name);
                CHECK_FALSE(input.help.zh.empty());
                CHECK_FALSE(input.help.en.empty());
            }
        }
    }

    TEST_CASE("no two inputs of an action have one key, and each action is found by its name") {
        for (const Action* action : actions()) {
            CAPTURE(action->words);
            std::set<std::string> keys;
            for (const Input& input : action->inputs) CHECK(keys.insert(input.key()).second);
            CHECK(find_action(action::name_of(*action)) == action);
        }
        CHECK(find_action("customer.bogus") == nullptr);
    }

    TEST_CASE("what has no function is what the shell does itself, and nothing else") {
        for (const Action* action : actions()) {
            CAPTURE(action->words);
            const bool has_function = action->run != nullptr;
            CHECK((is_done_here(*action) || is_about_agent(*action)) != has_function);
            if (action->needs == Needs::Nothing) CHECK_FALSE(has_function);
        }
    }

    TEST_CASE("no words at all are answered by the help") {
        const auto parsed = parse({});
        REQUIRE(parsed);
        CHECK(parsed->help.find("customer") != std::string::npos);
    }

    TEST_CASE("a word that is a command's name elsewhere stays a word") {
        const auto parsed = parse({"search", "sync"});
        REQUIRE(parsed);
        CHECK(parsed->action->words == "search");
        CHECK(parsed->inputs.all("text") == std::vector<std::string>{"sync"});
    }

    TEST_CASE("a group alone is its list, where the list needs no word") {
        for (const char* group : {"tray", "visit", "customer", "case"}) {
            CAPTURE(group);
            const auto parsed = parse({group});
            REQUIRE(parsed);
            REQUIRE(parsed->action != nullptr);
            CHECK(parsed->action->words == std::string(group) + " list");
        }
        CHECK(parse({"tray", "read", "3"})->action->words == "tray read");
        CHECK_FALSE(parse({"contact"}));
    }

    TEST_CASE("an option takes one word; what follows it is text") {
        const auto parsed =
            parse({"visit", "add", "-c", "hzmr", "谈妥", "--purpose", "报价", "等合同"});
        REQUIRE(parsed);
        CHECK(parsed->inputs.all("customer") == std::vector<std::string>{"hzmr"});
        CHECK(parsed->inputs.all("text") == std::vector<std::string>{"谈妥", "等合同"});
    }

    TEST_CASE("a usage error names the word, exit code 2, in the asked language, text and JSON") {
        test::Desk desk;
        struct Wrong {
            const char* line;
            const char* zh;
            const char* en;
        };
        for (const Wrong& wrong :
             {Wrong{"bogus", "没有命令“bogus”", "no command \"bogus\""},
              Wrong{"customer bogus", "可用：add、edit", "there are add, edit"},
              Wrong{"contact", "“contact”之后要写命令", "\"contact\" needs a command"},
              Wrong{"tray reed", "可用：list、read", "there are list, read"},
              Wrong{"status --bogus", "没有选项“--bogus”", "no option \"--bogus\""},
              Wrong{"visit add hello", "缺少 -c,--customer", "-c,--customer"},
              Wrong{"contact add 王海燕", "缺少 -c,--customer", "-c,--customer"},
              Wrong{"enroll", "缺少 --invite", "--invite"},
              Wrong{"customer show", "缺少 CUSTOMER", "CUSTOMER"},
              Wrong{"customer show a b", "多出的词“b”", "too many: \"b\""},
              Wrong{"customer list --limit few", "--limit few", "--limit few"},
              Wrong{"customer list --limit", "--limit", "--limit takes one value"}}) {
            CAPTURE(wrong.line);
            const auto zh = desk.type(wrong.line);
            CHECK(zh.code == 2);
            CHECK(zh.out.empty());
            CHECK(zh.complains(wrong.zh));
            CHECK(zh.complains("错误："));
            CHECK(desk.type("--lang en " + std::string(wrong.line)).complains(wrong.en));
            const auto json = cli::Json::parse(desk.type("--json " + std::string(wrong.line)).err);
            CHECK(json["message_type"] == "exit_error");
            CHECK(json["code"] == 2);
            CHECK(json["id"] == "cli.usage");
        }
    }
}

}  // namespace
}  // namespace dossier::client
