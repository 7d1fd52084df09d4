// RP-14: what is in time, what is late, and what a score is made of. Source: domain 5 RP-14, AS-02.
#include "common/report/timeliness.hpp"

#include <algorithm>

#include <doctest/doctest.h>

#include "tests/support/law.hpp"

using namespace dossier;
using namespace dossier::report;

namespace {

/// The page's weights of events 1, 3 and 5, which need no records of theirs to be folded.
constexpr std::array kThree{
    Measure{.key = "file", .label = {"档案", "file"}, .weight = 25, .limit = {.days = 7}},
    Measure{.key = "quarterly", .label = {"核定", "review"}, .weight = 25, .limit = {.days = 1}},
    Measure{.key = "log", .label = {"日志", "log"}, .weight = 5, .limit = {.days = 1}},
};
constexpr Report kOfThree{
    .code = "T", .measures = kThree, .sections = timeliness::kSections, .fold = fold_timeliness};

UserId person(std::uint8_t number) {
    UserId made;
    made.bytes[15] = number;
    return made;
}
RecordId file(std::uint8_t number) {
    RecordId made;
    made.bytes[15] = number;
    return made;
}
Instant at(std::string_view text) {
    const auto instant = instant_from(text);
    REQUIRE(instant.has_value());
    return *instant;
}
/// A file first met on that day, to be handed in within the week.
Fact met(std::string_view day, std::optional<Instant> done = {}, std::uint8_t who = 1) {
    const Instant started = at(std::string(day) + " 10:10");
    return {.measure = 0,
            .person = person(who),
            .subject = file(who),
            .started = started,
            .limit = last_moment(day_of(started) + std::chrono::days(7)),
            .done = done};
}
Fact of_measure(std::uint8_t measure, bool in_time) {
    Fact fact = met("2026-03-02", in_time ? at("2026-03-03 09:00") : at("2026-03-20 09:00"));
    fact.measure = measure;
    return fact;
}

struct Answer {
    Rows people;
    Rows events;
    Rows late;

    [[nodiscard]] std::int64_t number(std::size_t row, std::size_t column) const {
        return std::get<std::int64_t>(people.at(row).at(column));
    }
    [[nodiscard]] std::int64_t due() const { return people.empty() ? 0 : number(0, 1); }
    [[nodiscard]] std::int64_t in_time() const { return people.empty() ? 0 : number(0, 2); }
    [[nodiscard]] std::int64_t days_late() const {
        return std::get<std::int64_t>(late.at(0).at(6));
    }
    [[nodiscard]] Text state() const { return std::get<Text>(late.at(0).at(7)); }
};
Answer ask(std::vector<Fact> facts,
           std::string_view when,
           std::string_view period = "2026Q1",
           const Report& report = kOfThree) {
    auto tables = report.fold(report, facts, {*period_from(period), at(when)});
    REQUIRE(tables.size() == 3);
    return {std::move(tables[0]), std::move(tables[1]), std::move(tables[2])};
}
std::optional<std::int64_t> score(const std::vector<Fact>& facts) {
    const auto answer = ask(facts, "2026-03-31 12:00");
    if (answer.people.empty()) return std::nullopt;
    return answer.number(0, 4);
}

}  // namespace

TEST_SUITE("common/report/timeliness") {
    TEST_CASE("the last day belongs to the time given, until 24:00 at the office (AS-01)") {
        const Instant midnight = at("2026-03-10 00:00");
        for (const Instant done : {at("2026-03-09 20:00"), Instant{midnight.ms - 1}}) {
            const auto in_time = ask({met("2026-03-02", done)}, "2026-03-31 12:00");
            CHECK(in_time.in_time() == 1);
            CHECK(in_time.late.empty());
        }
        const auto late = ask({met("2026-03-02", midnight)}, "2026-03-31 12:00");
        CHECK(late.due() == 1);
        CHECK(late.in_time() == 0);
        CHECK(late.days_late() == 1);
    }

    TEST_CASE("a draft past its limit stands in the list from the next day on (AS-02)") {
        const std::vector draft{met("2026-03-02")};
        CHECK(ask(draft, "2026-03-09 23:59").late.empty());
        const auto tenth = ask(draft, "2026-03-10 00:00");
        REQUIRE(tenth.late.size() == 1);
        CHECK(std::get<RecordId>(tenth.late[0][0]) == file(1));
        CHECK(std::get<UserId>(tenth.late[0][1]) == person(1));
        CHECK(std::get<Instant>(tenth.late[0][4]) == draft[0].limit);
        CHECK(std::holds_alternative<std::monostate>(tenth.late[0][5]));
        CHECK(tenth.days_late() == 1);
        CHECK(tenth.state().en == "not done");
        CHECK(tenth.due() == 1);
        CHECK(ask(draft, "2026-03-12 08:00").days_late() == 3);
    }

    TEST_CASE("handed in late stays late for ever, and in the list with its days (AS-02)") {
        const std::vector late{met("2026-03-02", at("2026-03-12 09:30"))};
        for (const auto* when : {"2026-03-12 09:30", "2026-03-31 23:00", "2027-01-01 00:00"}) {
            const auto answer = ask(late, when);
            CHECK(answer.due() == 1);
            CHECK(answer.in_time() == 0);
            CHECK(answer.days_late() == 3);
            CHECK(answer.state().en == "done late");
        }
    }

    TEST_CASE("what was done later was not done as things stood then") {
        const std::vector late{met("2026-03-02", at("2026-03-12 09:30"))};
        const auto before = ask(late, "2026-03-12 09:29");
        CHECK(before.state().en == "not done");
        CHECK(std::holds_alternative<std::monostate>(before.late[0][5]));
        CHECK(ask(late, "2026-03-09 12:00").people.empty());
    }

    TEST_CASE("what may still be done in time is not counted") {
        CHECK(ask({met("2026-03-05")}, "2026-03-12 12:00").people.empty());
        CHECK(ask({met("2026-03-05", at("2026-03-06 12:00"))}, "2026-03-07 12:00").due() == 1);
    }

    TEST_CASE("an event is of the period its last day lies in") {
        const std::vector done{met("2026-03-25", at("2026-04-01 12:00"))};
        CHECK(ask(done, "2026-06-01 12:00", "2026Q1").people.empty());
        CHECK(ask(done, "2026-06-01 12:00", "2026Q2").due() == 1);
        CHECK(ask({met("2026-03-24")}, "2026-06-01 12:00", "2026Q1").due() == 1);
    }

    TEST_CASE(
        "what still waits from an earlier period stands in the list and counts no second time") {
        const std::vector waiting{met("2026-03-02")};
        const auto next = ask(waiting, "2026-04-02 12:00", "2026Q2");
        CHECK(next.people.empty());
        REQUIRE(next.late.size() == 1);
        CHECK(next.state().en == "not done, of an earlier period");
        // Done meanwhile, or of a period to come: no longer, and not yet.
        CHECK(ask({met("2026-03-02", at("2026-03-12 09:30"))}, "2026-04-02 12:00", "2026Q2")
                  .late.empty());
        CHECK(ask(waiting, "2026-04-02 12:00", "2025Q4").late.empty());
    }

    TEST_CASE("a kind of event without any drops out of the weights") {
        const auto file_late = of_measure(0, false);
        const auto file_done = of_measure(0, true);
        const auto review_done = of_measure(1, true);
        const auto log_late = of_measure(2, false);
        CHECK(score({file_done}) == 1000);
        CHECK(score({file_done, file_late}) == 500);
        CHECK(score({file_done, file_late, review_done}) == 750);
        // (25 · 1/2 + 25 · 1 + 5 · 0) / 55 = 68.18…
        CHECK(score({file_done, file_late, review_done, log_late}) == 682);
        CHECK(score({log_late}) == 0);
        CHECK_FALSE(score({}).has_value());
        CHECK(ask({file_done, review_done}, "2026-03-31 12:00").events.size() == 2);
    }

    TEST_CASE("each person has a score of his own, and all together one of all events") {
        const auto answer = ask({met("2026-03-02", at("2026-03-03 09:00"), 1),
                                 met("2026-03-02", at("2026-03-30 09:00"), 2),
                                 met("2026-03-03", at("2026-03-31 09:00"), 2)},
                                "2026-03-31 12:00");
        REQUIRE(answer.people.size() == 3);
        CHECK(answer.number(0, 4) == 1000);
        CHECK(answer.number(1, 4) == 0);
        CHECK(answer.number(1, 3) == 2);
        CHECK(std::get<Text>(answer.people[2][0]).en == "all");
        CHECK(answer.number(2, 1) == 3);
        CHECK(answer.number(2, 4) == 333);
        // The longest late first.
        REQUIRE(answer.late.size() == 2);
        CHECK(answer.days_late() == 21);
    }

    TEST_CASE("what the reader may not know of is counted and told as a number, without a name") {
        std::vector facts{met("2026-03-02"), met("2026-03-03"), met("2026-03-04")};
        facts[0].is_named = facts[2].is_named = false;
        const auto answer = ask(facts, "2026-03-31 12:00");
        CHECK(answer.due() == 3);
        REQUIRE(answer.late.size() == 2);
        CHECK(std::get<RecordId>(answer.late[0][0]) == facts[1].subject);
        CHECK(std::get<Others>(answer.late[1][0]).count == 2);
        for (std::size_t column = 3; column < answer.late[1].size(); ++column)
            CHECK(std::holds_alternative<std::monostate>(answer.late[1][column]));
    }

    TEST_CASE("the order in which facts come changes nothing") {
        test::holds(
            [](test::Draw& draw) {
                std::vector<Fact> facts;
                for (std::uint8_t number = 1; number < 40; ++number) {
                    Fact fact = met("2026-03-02", {}, draw.between<std::uint8_t>(1, 5));
                    fact.subject = file(number);
                    fact.measure = draw.between<std::uint8_t>(0, 3);
                    fact.is_named = !draw.once_in(3);
                    if (draw.coin())
                        fact.done = fact.started.plus(std::chrono::hours(draw.between(1, 300)));
                    facts.push_back(fact);
                }
                const auto once = ask(facts, "2026-03-31 12:00");
                std::ranges::reverse(facts);
                const auto again = ask(facts, "2026-03-31 12:00");
                RC_ASSERT(once.people == again.people);
                RC_ASSERT(once.events == again.events);
                RC_ASSERT(once.late == again.late);
            },
            200);
    }

    TEST_CASE("the file that is to be handed in is measured as the page says") {
        const Measure& file = timeliness::kMeasures.front();
        CHECK(file.weight == 25);
        CHECK(file.limit.days == 7);
        CHECK(file.over == &catalog::kCustomer);
    }
}
