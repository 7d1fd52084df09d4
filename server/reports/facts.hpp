// The facts a report is folded from, made from the office's records by the rows of its measures.
#pragma once

#include "server/reading/report_rows.hpp"

namespace dossier::server {

/// What is asked of the facts: those of these people that the question can count.
struct Gathering {
    Office& office;
    const Asker& asker;
    const report::Report& report;
    const report::Question& question;
    ReportRows& rows;
    UserId person;  ///< of him alone; none = of everybody whose rows they are
    const std::function<void()>& give_way;
};
std::vector<report::Fact> gather_facts(const Gathering& gathering);

}  // namespace dossier::server
