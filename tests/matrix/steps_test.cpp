// Every step of a file's workflows, by every role, as the author, as a superior or neither, in
// every state of the file: on the command line and in a browser. What one may not know of is
// answered like what does not exist. The expectations are in cells/steps.csv and cells/duties.csv.
#include "common/action/steps.hpp"

#include <algorithm>
#include <array>
#include <iostream>

#include <doctest/doctest.h>

#include "common/action/derive.hpp"
#include "common/catalog/field_check.hpp"
#include "common/catalog/task.hpp"
#include "common/workflow/machines.hpp"

#include "tests/matrix/pages.hpp"

namespace dossier::test {
namespace {

using workflow::Machine;

constexpr std::string_view kUnknownId = "01900000-0000-7000-8000-000000000001";

/// How the record stands to who acts, and in which state it is.
const std::vector<std::string> kTies{"other", "own", "below"};
const std::vector<std::string> kLives{"draft",    "superior_review", "inspection", "clerk_posting",
                                      "returned", "active",          "archived",   "void"};

bool is_for_people(const workflow::Step& step) {
    return std::ranges::any_of(step.who, [](const workflow::Right& right) {
        return right.by != workflow::Authority::Office;
    });
}

/// The words of all steps people take of a machine, each once.
std::vector<std::string> words_of(const Machine& machine) {
    std::vector<std::string> words;
    for (const auto& step : machine.steps) {
        const auto word = action::word_of(machine.named()) + " " + std::string(step.event);
        if (is_for_people(step) && std::ranges::find(words, word) == words.end())
            words.push_back(word);
    }
    return words;
}

/// Those of the machines about files themselves, and of those about people's duties.
std::vector<std::string> steps_of(std::initializer_list<const catalog::Kind*> kinds) {
    std::vector<std::string> words;
    for (const Machine* machine : workflow::machines()) {
        const bool wanted = std::ranges::find(kinds, &machine->named()) != kinds.end();
        if (!wanted || machine->own_actions) continue;
        for (auto& word : words_of(*machine)) words.push_back(std::move(word));
    }
    return words;
}

Table file_steps() {
    return {DOSSIER_MATRIX_CELLS "/steps.csv",
            {{"step", steps_of({&catalog::kCustomer})},
             {"actor", actors()},
             {"tie", kTies},
             {"life", kLives}}};
}

Table duty_steps() {
    return {DOSSIER_MATRIX_CELLS "/duties.csv",
            {{"step", steps_of({&catalog::kTask, &catalog::kApproval, &catalog::kNotification})},
             {"actor", actors()},
             {"tie", kTies},
             {"life", {"open", "step", "over"}}}};
}

/// By the words of the step: what is typed after them, of this record.
Typed typed_for(const action::Action& step, const std::string& record, const std::string& twin) {
    Typed typed;
    for (const auto& input : step.inputs) {
        const auto name = input.stands() ? std::string(input.name) : "--" + std::string(input.name);
        if (input.stands() && typed.empty()) typed[name] = {record};
        if (input.field != nullptr && input.field->name == "duplicate_of_id") typed[name] = {twin};
        if (input.name == "reason") typed[name] = {"核对过"};
        if (input.name == "to") typed[name] = {"cai"};
        if (input.name == "level") typed[name] = {"2"};
    }
    return typed;
}

/// Files of the person, of somebody below, and of others, one in each state; and their duties.
class Lives {
  public:
    Lives() {
        below_ = office().user("dan", office().east, "salesperson");
        superior(office().ann, office().cai);
        superior(world.person, office().cai);
        superior(below_, world.person);
        twin = to_text(office().customer(office().ann, "宁波港机器材有限公司"));
        for (const auto& tie : kTies) {
            for (const auto& life : kLives) files[{tie, life}] = make_file(tie, life);
        }
        hidden = make_file("other", "active");
        set(kCustomer, hidden, "secrecy_level", std::int64_t{3});
        world.becomes("market_inspector");
        for (const auto& tie : kTies) check(files[{tie, "inspection"}]);
        world.becomes("salesperson");
        for (const auto& tie : kTies) make_duties(tie);
    }

    World world{std::vector<File>{}};
    std::map<std::pair<std::string, std::string>, RecordId> files;
    /// By the word of the kind, tie and state.
    std::map<std::array<std::string, 3>, RecordId> duties;
    RecordId hidden;
    std::string twin;

  private:
    PeopledOffice& office() { return world.office; }
    UserId person_of(const std::string& tie) {
        return tie == "own" ? world.person : tie == "below" ? below_ : office().ann;
    }
    void set(const catalog::Kind& kind, const RecordId& id, std::string_view name, Value to) {
        REQUIRE(office().set({}, kind, id, name, std::move(to)).has_value());
    }
    void superior(const UserId& of, const UserId& to) {
        set(catalog::kUser, of.as<RecordTag>(), "superior_user_id", to.as<RecordTag>());
    }
    RecordId make_as(const UserId& by, const catalog::Kind& kind, const FieldValues& values) {
        server::Unit unit(*office().store);
        office().office.people().forget();
        const auto id = office().office.ids().make<RecordId>();
        const merge::Op op{
            .kind = merge::OpKind::Create, .record_kind = kind.tag, .record = id, .fields = values};
        const auto made = office().office.change(by, {.source = "cli", .ops = {op}});
        REQUIRE(made.has_value());
        unit.commit();
        return id;
    }
    RecordId make_file(const std::string& tie, const std::string& life) {
        const auto id = make_as(person_of(tie), kCustomer,
                                values_of(kCustomer, {{"name", words("张" + tie + life)},
                                                      {"party_kind", words("person")},
                                                      {"phone_main", words("0571-88001122")},
                                                      {"business_need", words("天平")},
                                                      {"source", words("visit")},
                                                      {"street_address", words("文三路 1 号")}}));
        set(kCustomer, id, "file_state", words(life));
        return id;
    }
    void check(const RecordId& file) {
        make_as(world.person, catalog::kFieldCheck,
                values_of(
                    catalog::kFieldCheck,
                    {{"customer_id", file}, {"part", words("phone")}, {"method", words("phone")}}));
    }
    /// A task, one that waits for a step, a notification and an approval of this person, open and
    /// over.
    void make_duties(const std::string& tie) {
        const Value whose = person_of(tie).as<RecordTag>();
        const auto task = [&](const std::string& life, std::string_view state, Value step) {
            auto values = values_of(catalog::kTask, {{"kind", words("step")},
                                                     {"text", words("回访")},
                                                     {"assignee_id", whose},
                                                     {"state", words(state)}});
            if (!is_empty(step))
                assign(values, catalog::find_field(catalog::kTask, "step")->tag, step);
            duties[{"task", tie, life}] = office().make(catalog::kTask, values);
        };
        task("open", "open", {});
        task("step", "open", words("submit"));
        task("over", "done", {});
        const auto now = office().clock.now().ms;
        for (const std::string life : {"open", "step", "over"}) {
            auto note = values_of(catalog::kNotification, {{"to_user_id", whose},
                                                           {"kind", words("step")},
                                                           {"text", words("已入库")},
                                                           {"sent_at", now}});
            const auto read = catalog::find_field(catalog::kNotification, "read_at")->tag;
            if (life == "over") assign(note, read, now);
            duties[{"notification", tie, life}] = office().make(catalog::kNotification, note);
            duties[{"approval", tie, life}] =
                office().make(catalog::kApproval,
                              values_of(catalog::kApproval,
                                        {{"kind", words(catalog::choices::kApprovalKind[0].code)},
                                         {"requested_by", whose},
                                         {"requested_at", now},
                                         {"reason", words("出差")},
                                         {"chain", words(R"(["service_manager"])")},
                                         {"next_role", words("service_manager")},
                                         {"state", words(life == "over" ? "withdrawn" : "open")}}));
        }
    }

    UserId below_;
};

const server::Action& action_of(std::string_view words) {
    const auto& all = server::actions();
    const auto at = std::ranges::find(all, words, &server::Action::words);
    REQUIRE_MESSAGE(at != all.end(), words);
    return **at;
}

/// Where an answer differs from the table: a line each, and how many there are.
class Compared {
  public:
    void compare(std::string_view expected, const std::string& said, const std::string& where) {
        ++cells;
        if (expected == said) return;
        ++found;
        MESSAGE(where << ": expected " << std::string(expected) << ", is " << said);
    }
    std::size_t cells = 0;
    std::size_t found = 0;
};

/// In a browser who may not act any more is not signed in either.
std::string over_http(std::string_view expected) {
    return std::string(expected == "access.inactive" ? "session.over" : expected);
}

/// Each cell of the table, spoken at the desk and asked of the pages.
template <class RecordOf>
void compare_all(Lives& lives, const Table& table, RecordOf record_of) {
    Desk desk(lives.world);
    Pages pages(lives.world);
    Compared typed;
    Compared asked;
    for (const auto& actor : actors()) {
        lives.world.becomes(actor);
        pages.sign_in();
        for (const auto& step : table.values("step")) {
            const auto& action = action_of(step);
            const auto& routes = pages.routes().all();
            const auto route = std::ranges::find(routes, &action, &api::Route::action);
            REQUIRE_MESSAGE(route != routes.end(), step);
            for (const auto& tie : kTies) {
                for (const auto& life : table.values("life")) {
                    const auto expected = table.expected({step, actor, tie, life});
                    const auto given =
                        typed_for(action, to_text(record_of(step, tie, life)), lives.twin);
                    const auto where = step + ", " + actor + ", " + tie + ", " + life;
                    typed.compare(expected, desk.say(step, given, "x", kPurpose).fate(), where);
                    asked.compare(over_http(expected), pages.ask(*route, given, kPurpose),
                                  "over HTTP: " + where);
                }
            }
        }
    }
    std::cout << "steps: " << typed.cells << " cells, " << typed.found << " and " << asked.found
              << " surprises\n";
    CHECK(typed.cells == table.cells());
    CHECK(typed.found == 0);
    CHECK(asked.found == 0);
}

}  // namespace

TEST_SUITE("matrix/steps") {
    TEST_CASE("every step of every workflow has exactly one expectation for each cell") {
        for (const Table& table : {file_steps(), duty_steps()}) {
            for (const auto& fault : table.faults()) MESSAGE(fault);
            CHECK(table.faults().empty());
        }
        // Those with actions of their own stand in commands.csv, which misses none of the actions.
        const auto files = steps_of({&catalog::kCustomer});
        const auto duties =
            steps_of({&catalog::kTask, &catalog::kApproval, &catalog::kNotification});
        for (const Machine* machine : workflow::machines()) {
            if (machine->own_actions) continue;
            for (const auto& word : words_of(*machine)) {
                CAPTURE(word);
                CHECK((std::ranges::find(files, word) != files.end() ||
                       std::ranges::find(duties, word) != duties.end()));
            }
        }
    }

    TEST_CASE("each role takes the steps of a file that the table says, wherever it asks") {
        Lives lives;
        compare_all(lives, file_steps(),
                    [&](const std::string&, const std::string& tie, const std::string& life) {
                        return lives.files.at({tie, life});
                    });
    }

    TEST_CASE("each role ends the duties that the table says, wherever it asks") {
        Lives lives;
        compare_all(lives, duty_steps(),
                    [&](const std::string& step, const std::string& tie, const std::string& life) {
                        return lives.duties.at({step.substr(0, step.find(' ')), tie, life});
                    });
    }

    TEST_CASE("a step of a file one may not know of is answered like one of none") {
        Lives lives;
        Desk desk(lives.world);
        const auto hidden = to_text(lives.hidden);
        std::size_t compared = 0;
        for (const auto& actor : actors()) {
            lives.world.becomes(actor);
            const auto look = desk.say("customer show", {{"CUSTOMER", {hidden}}}, "x", kPurpose);
            if (look.code == 0) continue;
            for (const auto& step : file_steps().values("step")) {
                const auto& action = action_of(step);
                CAPTURE(actor);
                CAPTURE(step);
                const auto one =
                    desk.say(step, typed_for(action, hidden, lives.twin), "x", kPurpose);
                const auto other = desk.say(
                    step, typed_for(action, std::string(kUnknownId), lives.twin), "x", kPurpose);
                auto said = other.out + other.err;
                for (auto at = said.find(kUnknownId); at != std::string::npos;
                     at = said.find(kUnknownId, at + 1))
                    said.replace(at, kUnknownId.size(), hidden);
                CHECK(one.code == other.code);
                CHECK(one.out + one.err == said);
                ++compared;
            }
        }
        std::cout << "steps of the unknown: " << compared << '\n';
        CHECK(compared > 200);
    }
}

}  // namespace dossier::test
