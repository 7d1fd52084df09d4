#include "common/report/timeliness.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "common/base/check.hpp"
#include "common/report/whole.hpp"

namespace dossier::report {
namespace {

constexpr Text kWaits{"未办", "not done"};
constexpr Text kDoneLate{"迟办", "done late"};
constexpr Text kCarriedOver{"往期未办", "not done, of an earlier period"};
constexpr Text kTotal{"合计", "all"};

struct Count {
    std::int64_t due = 0;
    std::int64_t in_time = 0;
};
/// Of each measure.
using Counts = std::vector<Count>;

/// A fact as it stood at the time asked about.
struct Judged {
    const Fact* fact;
    std::optional<Instant> done;
    std::int64_t days_late = 0;  ///< 0 = in time, or not late yet
    bool is_counted = false;

    [[nodiscard]] bool is_due() const { return is_counted && (done || days_late > 0); }
};

/// Days that began since the limit passed: 1 on the day behind it.
std::int64_t days_late(Instant limit, Instant until) {
    constexpr std::int64_t kDay = std::chrono::milliseconds(std::chrono::hours(24)).count();
    return until <= limit ? 0 : (until.ms - limit.ms + kDay - 1) / kDay;
}

Judged judge(const Fact& fact, const Question& question) {
    Judged judged{.fact = &fact, .done = {}};
    if (fact.done && *fact.done <= question.at) judged.done = fact.done;
    judged.days_late = days_late(fact.limit, judged.done.value_or(question.at));
    judged.is_counted = question.period.holds(day_of(fact.limit));
    return judged;
}

/// Late in this period, or still waiting since an earlier one.
bool is_listed(const Judged& judged, const Question& question) {
    if (judged.days_late == 0) return false;
    return judged.is_counted ||
           (!judged.done && day_of(judged.fact->limit) < question.period.first);
}

Row total_row(Cell whose, const Report& report, const Counts& counts) {
    Count all;
    std::vector<Part> parts;
    for (std::size_t at = 0; at < counts.size(); ++at) {
        all.due += counts[at].due;
        all.in_time += counts[at].in_time;
        if (report.measures[at].weight > 0)
            parts.push_back({report.measures[at].weight, counts[at].in_time, counts[at].due});
    }
    const auto score = score_tenths(parts);
    return {std::move(whose), all.due, all.in_time, all.due - all.in_time,
            score ? Cell(*score) : Cell()};
}

/// A row for each person, and one for all where they are several.
Rows people_rows(const Report& report, const std::map<UserId, Counts>& people) {
    Rows rows;
    Counts all(report.measures.size());
    for (const auto& [person, counts] : people) {
        rows.push_back(total_row(person, report, counts));
        for (std::size_t at = 0; at < counts.size(); ++at) {
            all[at].due += counts[at].due;
            all[at].in_time += counts[at].in_time;
        }
    }
    if (people.size() > 1) rows.push_back(total_row(kTotal, report, all));
    return rows;
}

Rows event_rows(const Report& report, const std::map<UserId, Counts>& people) {
    Rows rows;
    for (const auto& [person, counts] : people) {
        for (std::size_t at = 0; at < counts.size(); ++at) {
            const auto share = ratio(counts[at].in_time, counts[at].due);
            if (share)
                rows.push_back({person, report.measures[at].label, counts[at].due,
                                counts[at].in_time, *share});
        }
    }
    return rows;
}

Row late_row(const Report& report, const Judged& late) {
    const Fact& fact = *late.fact;
    const Text state = late.done ? kDoneLate : late.is_counted ? kWaits : kCarriedOver;
    return {fact.subject,   fact.person, report.measures[fact.measure].label,
            fact.started,   fact.limit,  late.done ? Cell(*late.done) : Cell(),
            late.days_late, state};
}

/// The longest late first. What who asks may not know of stands at the end as a number.
Rows late_rows(const Report& report, std::vector<Judged> late) {
    std::ranges::sort(late, [](const Judged& a, const Judged& b) {
        return std::tuple(-a.days_late, a.fact->limit, a.fact->subject) <
               std::tuple(-b.days_late, b.fact->limit, b.fact->subject);
    });
    Rows rows;
    std::map<std::pair<UserId, std::uint8_t>, std::int64_t> others;
    for (const Judged& each : late) {
        if (each.fact->is_named) rows.push_back(late_row(report, each));
        if (!each.fact->is_named) ++others[{each.fact->person, each.fact->measure}];
    }
    for (const auto& [of, count] : others) {
        Row row(timeliness::kLate.size());
        row[0] = Others{count};
        row[1] = of.first;
        row[2] = report.measures[of.second].label;
        rows.push_back(std::move(row));
    }
    return rows;
}

}  // namespace

std::vector<Rows> fold_timeliness(const Report& report,
                                  std::span<const Fact> facts,
                                  const Question& question) {
    std::map<UserId, Counts> people;
    std::vector<Judged> late;
    for (const Fact& fact : facts) {
        DOSSIER_CHECK(fact.measure < report.measures.size());
        const Judged judged = judge(fact, question);
        if (judged.is_due()) {
            auto& counts = people.try_emplace(fact.person, report.measures.size()).first->second;
            ++counts[fact.measure].due;
            counts[fact.measure].in_time += judged.days_late == 0 ? 1 : 0;
        }
        if (is_listed(judged, question)) late.push_back(judged);
    }
    return {people_rows(report, people), event_rows(report, people),
            late_rows(report, std::move(late))};
}

}  // namespace dossier::report
