// Running a report for somebody: its facts through `reading`, its fold over them, a line in the
// audit. Every report runs this way; which there are and what they count is data (common/report).
#pragma once

#include <functional>

#include "common/report/report.hpp"

#include "server/reading/asker.hpp"

namespace dossier::server {

/// Those the asker may run, in the order of their codes.
std::vector<const report::Report*> reports_for(Office& office, const Asker& asker);

struct ReportAsked {
    const report::Report& report;
    std::optional<report::Period> period = {};  ///< none = the usual one that runs now
    std::optional<report::Day> as_of = {};      ///< as things stood at its end; none = now
    UserId person = {};                         ///< of him alone; none = everybody he sees
};
struct ReportMade {
    report::Question question;
    std::vector<report::Rows> tables;  ///< of the report's sections
};
/// Noted as "report" with what was asked, a refused one too. Errors: access.denied where he may not
/// run it, or sees no rows of this person.
Result<ReportMade> run_report(Office& office,
                              const Asker& asker,
                              const ReportAsked& asked,
                              const std::function<void()>& give_way);

}  // namespace dossier::server
