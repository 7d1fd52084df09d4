// Every command of both programs has its line in the tables; every role is answered accordingly,
// and what one may not know of is answered like what does not exist.
#include "tests/matrix/commands.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <iostream>

#include <doctest/doctest.h>

#include "client/actions/action.hpp"
#include "tests/matrix/pages.hpp"

namespace dossier::test {
namespace {

/// Of the actions every kind has those of the customer stand here, beside what else can be done
/// with one; all of them are tried in tests/unit/server/reading.
bool is_in_table(const server::Action& command) {
    static constexpr std::array kCustomers{"customer show", "customer list", "customer edit",
                                           "customer history"};
    return command.about == nullptr ||
           std::ranges::find(kCustomers, command.words) != kCustomers.end();
}

std::vector<std::string> words_of_dossierd() {
    std::vector<std::string> words;
    for (const auto* command : server::actions()) {
        if (is_in_table(*command)) words.emplace_back(command->words);
    }
    return words;
}

Table commands_table() {
    auto who = actors();
    who.emplace_back("nobody");
    return {DOSSIER_MATRIX_CELLS "/commands.csv",
            {{"command", words_of_dossierd()}, {"actor", std::move(who)}}};
}

void check_whole(const Table& table) {
    for (const auto& fault : table.faults()) MESSAGE(fault);
    CHECK(table.faults().empty());
}

void tidy_up(const std::string& folder) {
    for (const auto* name : {"/backup", "/content", "/out.csv"})
        std::filesystem::remove_all(folder + name);
}

std::string outcome(const Spoken& said) {
    constexpr int kPartial = 3;
    return said.code == kPartial ? "partial" : said.fate();
}

/// What opens no store shows nothing of it.
std::string when_locked(const client::Action& command) {
    const bool runs =
        command.needs == client::Needs::Nothing || command.when_locked == client::WhenLocked::Runs;
    if (runs) return "runs";
    return command.when_locked == client::WhenLocked::Records ? "records" : "refused";
}

/// The same in a browser, where who may not act any more is not signed in either.
std::string over_http(const std::string& expected) {
    return expected == "access.inactive" ? "session.over" : expected;
}

std::string replaced(std::string text, const std::string& what, const std::string& by) {
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at))
        text.replace(at, what.size(), by), at += by.size();
    return text;
}

/// The command with another id or number in its first place; empty when it speaks of none.
std::pair<Typed, std::string> about_nothing(const Matters& hidden, const Typed& typed) {
    const std::string id = "01900000-0000-7000-8000-000000000001";
    for (const auto& [name, values] : typed) {
        const auto& value = values.front();
        const bool is_id = value == hidden.customer || value == hidden.attachment ||
                           value == hidden.removed || value == hidden.grant ||
                           value == hidden.unposted || value == hidden.twin;
        const bool is_number = name == "NUMBER" && value != hidden.session && value != hidden.held;
        if (!is_id && !is_number) continue;
        Typed other = typed;
        other[name] = {is_id ? id : "987654"};
        return {other, value};
    }
    return {};
}

}  // namespace

TEST_SUITE("matrix/commands") {
    TEST_CASE("every command has exactly one expectation for each role, and none is of yesterday") {
        check_whole(commands_table());
        std::vector<std::string> words;
        for (const auto* command : client::actions()) {
            if (command->about == nullptr) words.emplace_back(command->words);
        }
        const Table laptop{DOSSIER_MATRIX_CELLS "/laptop.csv", {{"command", words}}};
        check_whole(laptop);
        for (const auto* command : client::actions()) {
            if (command->about != nullptr) continue;
            CAPTURE(command->words);
            CHECK(std::string(laptop.expected({command->words})) == when_locked(*command));
        }
    }

    TEST_CASE("each role may run the commands the table says, and is told so alike") {
        const Table table = commands_table();
        World world(few_files());
        Desk desk(world);
        const auto matters = make_matters(world, file_at(world, "1", "own", "other", "live"),
                                          file_at(world, "1", "own", "other", "review"));
        const auto typed = typed_commands(matters, desk.folder);
        std::size_t compared = 0;
        for (const auto& actor : table.values("actor")) {
            world.becomes(actor);
            for (const auto* command : server::actions()) {
                if (!is_in_table(*command)) continue;
                const auto expected = table.expected({command->words, actor});
                ++compared;
                if (command->runs == server::Runs::Here) {
                    CHECK_MESSAGE(expected == "here", command->words);
                    continue;
                }
                const auto how = typed.find(command->words);
                REQUIRE_MESSAGE(how != typed.end(), command->words);
                tidy_up(desk.folder);
                const auto said =
                    desk.say(command->words, how->second, actor == "nobody" ? "" : "x", kPurpose);
                CHECK_MESSAGE(outcome(said) == expected, actor << ": " << command->words << "\n"
                                                               << said.err);
            }
        }
        std::cout << "commands: " << compared << " cells\n";
        CHECK(compared == table.cells());
    }

    TEST_CASE("what a browser is allowed is what the command line is, and is in its menu") {
        const Table table = commands_table();
        World world(few_files());
        const auto matters = make_matters(world, file_at(world, "1", "own", "other", "live"),
                                          file_at(world, "1", "own", "other", "review"));
        Desk desk(world);
        Pages pages(world);
        const auto typed = typed_commands(matters, desk.folder);
        std::size_t compared = 0;
        for (const auto& actor : actors()) {
            world.becomes(actor);
            pages.sign_in();
            const auto offered = pages.offered();
            for (const auto& route : pages.routes().all()) {
                const auto& command = static_cast<const server::Action&>(*route.action);
                if (!is_in_table(command)) continue;
                const std::string expected(table.expected({command.words, actor}));
                const auto said = pages.ask(route, typed.find(command.words)->second, kPurpose);
                CHECK_MESSAGE(said == over_http(expected), actor << ": " << command.words);
                // An import of rows that are refused one by one is nothing to be offered.
                const bool works = said == "ok" || (said == "partial" && command.words != "import");
                CHECK_MESSAGE((!works || actor == "none" || offered.at(std::string(command.words))),
                              actor << " is not offered " << command.words);
                ++compared;
            }
        }
        std::cout << "over HTTP: " << compared << " cells\n";
        CHECK(compared > 1'500);
    }

    TEST_CASE("what one may not know of is answered byte by byte like what does not exist") {
        World world(few_files());
        Desk desk(world);
        const auto hidden = make_matters(world, file_at(world, "1", "own", "other", "live"),
                                         file_at(world, "1", "own", "other", "review"));
        hide(world, hidden);
        std::size_t compared = 0;
        for (const auto& actor : actors()) {
            world.becomes(actor);
            const auto look =
                desk.say("customer show", {{"CUSTOMER", {hidden.customer}}}, "x", kPurpose);
            if (look.code == 0) continue;
            for (const auto& [command, typed] : typed_commands(hidden, desk.folder)) {
                const auto [nothing, id] = about_nothing(hidden, typed);
                // Which grants there are, the administrator knows.
                if (id.empty() || (actor == "system_admin" && id == hidden.grant)) continue;
                const auto one = desk.say(command, typed, "x", kPurpose);
                const auto other = desk.say(command, nothing, "x", kPurpose);
                const auto& stands =
                    id.size() == 36 ? "01900000-0000-7000-8000-000000000001" : "987654";
                CAPTURE(actor);
                CAPTURE(command);
                CHECK(one.code == other.code);
                CHECK(one.out == replaced(other.out, stands, id));
                CHECK(one.err == replaced(other.err, stands, id));
                ++compared;
            }
        }
        std::cout << "unknown and invisible: " << compared << " commands\n";
        CHECK(compared > 250);
    }
}

}  // namespace dossier::test
