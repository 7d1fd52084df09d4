#include "common/cli/console.hpp"

#include <sstream>

#include <doctest/doctest.h>

#include "common/cli/render.hpp"

namespace dossier::cli {
namespace {

constexpr Fault kMissing{"test.missing",
                         ErrorCode::NoStore,
                         {"没有 {}", "there is no {}"},
                         {"先创建", "create it first"}};

TEST_SUITE("common/cli/console") {
    TEST_CASE("an error is one line with its remedy, and its exit code comes back") {
        std::ostringstream out;
        std::ostringstream err;
        Console console{out, err, "dossier", Lang::En};
        CHECK(console.fail(Error{&kMissing, {"vault"}}) == 10);
        CHECK(out.str().empty());
        CHECK(err.str() == "error: there is no vault (test.missing). Remedy: create it first\n");
    }

    TEST_CASE("under --json an error is one JSON object on the last line") {
        std::ostringstream out;
        std::ostringstream err;
        Console console{out, err, "dossier", Lang::Zh, true};
        console.note({"读取 {}", "reading {}"}, {"x"});
        console.fail(Error{&kMissing, {"保险库"}});
        const auto last = err.str().substr(err.str().find('\n') + 1);
        const auto message = Json::parse(last);
        CHECK(message["message_type"] == "exit_error");
        CHECK(message["code"] == 10);
        CHECK(message["id"] == "test.missing");
        CHECK(message["message"] == "没有 保险库（test.missing）。处理：先创建");
    }

    TEST_CASE("a result is text or a document, never both") {
        for (const bool json : {false, true}) {
            std::ostringstream out;
            std::ostringstream err;
            Console console{out, err, "dossier", Lang::Zh, json};
            console.line({"已创建 {}", "created {}"}, {"N01"});
            console.document({{"code", "N01"}});
            if (json) {
                CHECK(Json::parse(out.str()) == Json{{"code", "N01"}});
            } else {
                CHECK(out.str() == "已创建 N01\n");
            }
        }
    }

    TEST_CASE("an action that is named is the program's command, in every part of an answer") {
        constexpr Fault kLost{"test.lost",
                              ErrorCode::NotFound,
                              {"没有", "it is lost"},
                              {"见 {do:case.list}", "see {do:case.list}"}};
        const Text kSee{"见 {do:tray.list}", "see {do:tray.list}"};
        for (const bool json : {false, true}) {
            std::ostringstream out;
            std::ostringstream err;
            Console console{out, err, "dossier", Lang::En, json};
            action::Outcome outcome{.answer = action::Answer(Lang::En)};
            outcome.answer.line(kSee);
            outcome.answer.note({"{}", "note: {}"}, {fill(kSee.en, {})});
            outcome.answer.facts({{"What", fill(kSee.en, {})}});
            outcome.answer.table({{"Where"}, {{fill(kSee.en, {})}}});
            outcome.answer.document({{"list", {{{"why", fill(kSee.en, {})}}}}, {"name", "{do:x}"}});
            action::refuse(outcome, Error{&kLost, {}});
            render(console, *action::outcome_from(action::to_json(outcome), Lang::En));
            if (json) {
                const auto document = Json::parse(out.str());
                CHECK(document["list"][0]["why"] == "see dossier tray list");
                CHECK(document["name"] == "{do:x}");
                const auto end = Json::parse(err.str().substr(err.str().find('\n') + 1));
                CHECK(end["next"] == "case.list");
                CHECK(end["message"] == "it is lost (test.lost). Remedy: see dossier case list");
            } else {
                CHECK(out.str() ==
                      "see dossier tray list\nWhat  see dossier tray list\nWhere\n"
                      "see dossier tray list\n");
                CHECK(err.str() ==
                      "note: see dossier tray list\n"
                      "error: it is lost (test.lost). Remedy: see dossier case list\n");
            }
        }
    }

    TEST_CASE("no stored text can steer a terminal") {
        CHECK(one_line("a\x1b[2Jb\nc\td\x7f") == "a[2Jb c d");
    }

    TEST_CASE("whatever a command says, no word in it steers the terminal or forges a line") {
        const std::string hostile = "a\x1b[2J\xC2\x9B\xE2\x80\xAE\rb";
        for (const bool json : {false, true}) {
            std::ostringstream out;
            std::ostringstream err;
            Console console{out, err, "dossier", Lang::Zh, json};
            console.line({"已创建 {}", "created {}"}, {hostile + "\n已批准"});
            console.plain(hostile);
            console.note({"注意 {}", "note {}"}, {hostile + "\n已批准"});
            console.document({{"name", hostile}});
            console.fail(Error{&kWrongUsage, {hostile + "\n已批准"}});
            const auto said = out.str() + err.str();
            for (const auto* each : {"\x1b", "\xC2\x9B", "\xE2\x80\xAE", "\r", "\n已批准"})
                CHECK(said.find(each) == std::string::npos);
            if (json) CHECK(Json::parse(out.str()) == Json{{"name", hostile}});
        }
    }

    TEST_CASE("the language is that of the word given") {
        CHECK(*pick_lang("en") == Lang::En);
        CHECK(*pick_lang("zh-CN") == Lang::Zh);
        CHECK(pick_lang("fr").error().code() == ErrorCode::Usage);
    }

    TEST_CASE("how a list goes on is told behind it") {
        std::ostringstream both;
        Console console{both, both, "dossier", Lang::En, false};
        action::Outcome outcome{.answer = action::Answer(Lang::En)};
        outcome.answer.table({{"Where"}, {{"here"}}});
        outcome.answer.next = "KEY";
        render(console, outcome);
        CHECK(both.str() == "Where\nhere\nthere are more: --page KEY\n");
    }
}

}  // namespace
}  // namespace dossier::cli
