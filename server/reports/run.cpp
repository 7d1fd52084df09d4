#include "server/reports/run.hpp"

#include <algorithm>

#include "common/access/faults.hpp"
#include "common/report/reports.hpp"

#include "server/reports/facts.hpp"

namespace dossier::server {
namespace {

report::Question question_of(Office& office, const ReportAsked& asked) {
    const Instant now = office.now();
    const Instant at = asked.as_of ? std::min(report::last_moment(*asked.as_of), now) : now;
    const auto usual = report::period_around(report::day_of(at), asked.report.usual);
    return {asked.period.value_or(usual), at};
}

/// A line for each kind that was counted.
void note(Office& office,
          const Asker& asker,
          const ReportAsked& asked,
          const report::Question& question,
          bool allowed) {
    const std::string what = std::string(asked.report.code) + " " + to_text(question.period) + " " +
                             office_date(question.at);
    std::vector<const catalog::Kind*> kinds;
    const auto note_once = [&](const catalog::Kind* over) {
        if (std::ranges::find(kinds, over) != kinds.end()) return;
        kinds.push_back(over);
        note_report(office, asker, *over, what, allowed);
    };
    for (const auto& measure : asked.report.measures) note_once(measure.over);
    for (const auto& source : asked.report.sources) note_once(source.over);
}

}  // namespace

std::vector<const report::Report*> reports_for(Office& office, const Asker& asker) {
    std::vector<const report::Report*> his;
    for (const auto* each : report::reports()) {
        if (ReportRows(office, asker, *each).may_run()) his.push_back(each);
    }
    return his;
}

Result<ReportMade> run_report(Office& office,
                              const Asker& asker,
                              const ReportAsked& asked,
                              const std::function<void()>& give_way) {
    const auto question = question_of(office, asked);
    ReportRows rows(office, asker, asked.report);
    const bool may = rows.may_run() && (asked.person.is_none() || rows.are_of(asked.person));
    note(office, asker, asked, question, may);
    if (!may) return fail(access::kFaultDenied);
    const auto facts =
        gather_facts({office, asker, asked.report, question, rows, asked.person, give_way});
    return ReportMade{question, asked.report.fold(asked.report, facts, question)};
}

}  // namespace dossier::server
