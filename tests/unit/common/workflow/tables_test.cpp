// The tables of the workflows read back: against themselves, against the catalog, and against a
// line by line copy of the domain page's tables in the CSV files beside this one.
#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include <doctest/doctest.h>

#include "common/access/role.hpp"
#include "common/catalog/catalog.hpp"
#include "common/workflow/chains.hpp"
#include "common/workflow/machines.hpp"
#include "common/workflow/step.hpp"

using namespace dossier;
using namespace dossier::workflow;

namespace {

std::string trimmed(std::string text) {
    const auto start = text.find_first_not_of(' ');
    if (start == std::string::npos) return {};
    return text.substr(start, text.find_last_not_of(' ') - start + 1);
}

std::vector<std::string> split(const std::string& text, char separator) {
    std::vector<std::string> words;
    std::istringstream in(text);
    for (std::string word; std::getline(in, word, separator);) words.push_back(trimmed(word));
    if (words.empty()) words.emplace_back();
    return words;
}

/// What the page says of one machine.
struct Page {
    std::set<std::string> here;     ///< lines that must be in the table
    std::set<std::string> not_yet;  ///< "from event to" of those that must not
    std::set<std::string> absent;   ///< codes of the field no state of the machine stands for
    bool is_read = false;
};

Page page_of(const Machine& machine) {
    Page page;
    std::ifstream in(std::string(DOSSIER_WORKFLOWS) + "/" + std::string(machine.name) + ".csv");
    page.is_read = in.good();
    for (std::string line; std::getline(in, line);) {
        if (line.empty() || line.front() == '#') continue;
        const auto words = split(line, ',');
        if (words.front() == "absent") {
            page.absent.insert(words.at(1));
            continue;
        }
        REQUIRE(words.size() == 7);
        for (const auto& from : split(words[0], '|')) {
            const std::string where = from + " " + words[1] + " " + words[2];
            if (words[6].starts_with("no "))
                page.not_yet.insert(where);
            else
                page.here.insert(where + ", " + words[3] + ", " + words[4] + ", " + words[5]);
        }
    }
    return page;
}

std::string word_of(access::Operation operation) {
    switch (operation) {
        case access::Operation::Verify:
            return "verify";
        case access::Operation::Rule:
            return "rule";
        case access::Operation::Transfer:
            return "transfer";
        case access::Operation::ManageAccess:
            return "manage_access";
        case access::Operation::MergeFiles:
            return "merge";
        default:
            return "?";
    }
}

std::string word_of(const Right& right) {
    std::string roles;
    for (const auto role : right.roles) roles += " " + std::string(access::facts(role).code);
    switch (right.by) {
        case Authority::Operation:
            return word_of(right.operation) + roles;
        case Authority::Author:
            return "author";
        case Authority::Superior:
            return "superior";
        case Authority::Role:
            return "role" + roles;
        case Authority::Grant:
            return "grant";
        case Authority::Matter:
            return "matter " + word_of(right.operation);
        case Authority::Files:
            return "files " + word_of(right.operation) + roles;
        case Authority::Assignee:
            return "assignee";
        case Authority::Asked:
            return "asked";
        case Authority::Signer:
            return "signer";
        case Authority::Office:
            break;
    }
    return "office";
}

template <class List, class Word>
std::string joined(const List& list, Word word) {
    std::string all;
    for (const auto& each : list) all += (all.empty() ? "" : "|") + std::string(word(each));
    return all;
}

/// The rows of the table in the words of the page, one for each state they lead on from.
std::set<std::string> rows_of(const Machine& machine) {
    std::set<std::string> rows;
    for (const Step& step : machine.steps) {
        std::vector<std::string_view> from(step.from.begin(), step.from.end());
        if (from.empty()) from.emplace_back("-");
        for (const auto state : from)
            rows.insert(std::string(state) + " " + std::string(step.event) + " " +
                        std::string(step.to) + ", " +
                        joined(step.who, [](const Right& right) { return word_of(right); }) + ", " +
                        std::to_string(step.due.days) + ", " +
                        joined(step.differs_from, [](std::string_view name) { return name; }));
    }
    return rows;
}

/// States that steps of the table lead to from those records begin in.
std::set<std::string_view> reached(const Machine& machine) {
    std::set<std::string_view> states;
    for (const State& state : machine.states) {
        if (state.is_first || !state.led_by.empty()) states.insert(state.code);
    }
    for (std::size_t before = 0; before != states.size();) {
        before = states.size();
        for (const Step& step : machine.steps) {
            const bool on = std::ranges::any_of(
                step.from, [&](std::string_view from) { return states.count(from) != 0; });
            if (on && !step.to.empty()) states.insert(step.to);
        }
    }
    return states;
}

bool is_state(const Machine& machine, std::string_view code) {
    return std::ranges::find(machine.states, code, &State::code) != machine.states.end();
}

}  // namespace

TEST_SUITE("common/workflow/tables") {
    TEST_CASE(
        "every transition of the domain page that is built is in the table, and none beyond") {
        for (const Machine* machine : machines()) {
            CAPTURE(machine->name);
            const Page page = page_of(*machine);
            REQUIRE(page.is_read);
            const auto rows = rows_of(*machine);
            for (const auto& row : rows) CHECK_MESSAGE(page.here.count(row) == 1, "beyond: ", row);
            for (const auto& line : page.here)
                CHECK_MESSAGE(rows.count(line) == 1, "lacks: ", line);
            for (const auto& row : rows)
                CHECK_MESSAGE(page.not_yet.count(row.substr(0, row.find(','))) == 0, row);
        }
    }
    TEST_CASE("every state is reached from the first, by a step or by a workflow that is named") {
        for (const Machine* machine : machines()) {
            CAPTURE(machine->name);
            const auto states = reached(*machine);
            for (const State& state : machine->states)
                CHECK_MESSAGE(states.count(state.code) == 1, state.code);
            // A workflow that leads here is another one: else a step of the table would.
            for (const State& state : machine->states) CHECK(state.led_by != machine->source);
        }
    }
    TEST_CASE("no step leads on from a final state, and one does from every other") {
        for (const Machine* machine : machines()) {
            CAPTURE(machine->name);
            for (const State& state : machine->states) {
                CAPTURE(state.code);
                CHECK(steps_from(*machine, state.code).empty() == state.is_final);
            }
        }
    }
    TEST_CASE("states are the codes of their field, and codes without a state are told") {
        for (const Machine* machine : machines()) {
            CAPTURE(machine->name);
            const auto* field = catalog::find_field(*machine->kind, machine->state_field);
            REQUIRE(field != nullptr);
            const Page page = page_of(*machine);
            for (const State& state : machine->states) {
                const bool is_code =
                    std::ranges::find(field->choices, state.code, &catalog::Choice::code) !=
                    field->choices.end();
                CHECK_MESSAGE((is_code || field->choices.empty()), state.code);
                const Text label = label_of(*machine, state);
                CHECK((!label.zh.empty() && !label.en.empty() && label.zh != state.code));
            }
            for (const auto& choice : field->choices)
                CHECK_MESSAGE(is_state(*machine, choice.code) !=
                                  (page.absent.count(std::string(choice.code)) == 1),
                              choice.code);
        }
    }
    TEST_CASE("every step has a right, a label in both languages, and speaks of fields there are") {
        for (const Machine* machine : machines()) {
            CAPTURE(machine->name);
            CHECK((!machine->label.zh.empty() && !machine->label.en.empty()));
            for (const Step& step : machine->steps) {
                CAPTURE(step.event);
                CHECK(!step.who.empty());
                CHECK((!step.label.zh.empty() && !step.label.en.empty()));
                for (const auto from : step.from) CHECK(is_state(*machine, from));
                CHECK((step.to.empty() || is_state(*machine, step.to)));
                std::vector<std::string_view> fields{step.signed_by, step.signed_at, step.because,
                                                     step.chosen_by, step.due.since, step.due.on,
                                                     step.on_day};
                fields.insert(fields.end(), step.differs_from.begin(), step.differs_from.end());
                for (const Input& input : step.inputs) fields.push_back(input.field);
                for (const auto name : fields)
                    CHECK((name.empty() || catalog::find_field(*machine->kind, name) != nullptr));
            }
        }
    }
    TEST_CASE(
        "what a state waits for is a chain of roles, and both its ends are steps of the office") {
        for (const Machine* machine : machines()) {
            for (const State& state : machine->states) {
                if (state.awaits.approval.empty()) continue;
                CAPTURE(machine->name);
                CAPTURE(state.code);
                const auto* chain = chain_of(state.awaits.approval);
                REQUIRE(chain != nullptr);
                CHECK(!chain->roles.empty());
                for (const auto event : {state.awaits.when_signed, state.awaits.otherwise}) {
                    const auto rows = steps_of(*machine, event);
                    REQUIRE(rows.size() == 1);
                    CHECK(rows.front()->who.front().by == Authority::Office);
                    CHECK(std::ranges::find(rows.front()->from, state.code) !=
                          rows.front()->from.end());
                }
            }
        }
    }
    TEST_CASE("above every role that signs stand others, up to the general manager") {
        for (const auto& chain : chains::kAll) {
            for (std::optional<access::Role> role = chain.roles.front(); role;) {
                const auto above = role_above(*role);
                if (!above) CHECK(*role == access::Role::GeneralManager);
                role = above;
            }
        }
    }
    TEST_CASE("an event of a record in one state is one row: no two claim it") {
        std::set<std::string> events;
        for (const Machine* machine : machines()) {
            std::set<std::string> own;
            std::map<std::string, std::set<std::string>> told_apart;
            std::map<std::string, std::size_t> count;
            for (const Step& step : machine->steps) {
                own.insert(std::string(machine->named().name) + " " + std::string(step.event));
                for (const auto from : step.from) {
                    const std::string key = std::string(from) + " " + std::string(step.event);
                    ++count[key];
                    told_apart[key].insert(step.chosen_by.empty()
                                               ? std::to_string(static_cast<int>(step.when))
                                               : std::string(step.to));
                }
            }
            for (const auto& [key, rows] : count)
                CHECK_MESSAGE(told_apart[key].size() == rows, machine->name, ": ", key);
            for (const auto& event : own) CHECK_MESSAGE(events.insert(event).second, event);
        }
    }
    TEST_CASE("whoever signs is kept where the next signer is compared with him") {
        // A row that asks for another person names a field some row or the record's making fills:
        // with who asked, or with whom it is about.
        const std::set<std::string_view> kMade{"created_by",          "proposed_by",
                                               "requested_by",        "signers",
                                               "responsible_user_id", "superior_user_id"};
        for (const Machine* machine : machines()) {
            for (const Step& step : machine->steps) {
                for (const auto name : step.differs_from) {
                    const bool kept = kMade.count(name) == 1 ||
                                      std::ranges::any_of(machine->steps, [&](const Step& other) {
                                          return other.signed_by == name;
                                      });
                    CHECK_MESSAGE(kept, machine->name, " ", step.event, " ", name);
                }
            }
        }
    }
}
