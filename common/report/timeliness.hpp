// RP-14, whether people do in time what they must: of each kind of event how many were due in the
// period, how many were in time, a score by weights, and the list of what is or was late. It is the
// part T of the staff assessment (RP-13), so it is read by whom scores are. Source: domain 5 RP-14,
// AS-02.
//
// An event falls into the period its last day lies in. One that is done late counts late for ever;
// one that waits beyond its limit counts late and stands in the list until it is done, also behind
// its period. Nothing that may still be done in time is counted.
//
// Not here: event 2 (nothing keeps when a change was learned of) and 3 to 7, whose records are not
// measured yet: each is one more row of the measures.
#pragma once

#include <array>

#include "common/catalog/customer.hpp"
#include "common/catalog/states.hpp"
#include "common/report/report.hpp"

namespace dossier::report {

/// Errors: none. Sections: people, events, late.
std::vector<Rows> fold_timeliness(const Report& report,
                                  std::span<const Fact> facts,
                                  const Question& question);

namespace timeliness {

using access::Role;

inline constexpr std::array kMeasures{
    Measure{.key = "file_submitted",
            .label = {"提交档案", "file submitted"},
            .weight = 25,
            .over = &catalog::kCustomer,
            .person = "created_by",
            .started = "first_contact_at",
            .done = "submitted_at",
            .step = "submit",
            .waits_field = "file_state",
            .waits_code = catalog::FileState::kDraft,
            .limit = {.days = 7, .setting = "est.deadline_days"}},
};

inline constexpr std::array kPeople{
    Column{"person", {"人员", "Person"}, Unit::Person},
    Column{"due", {"应办", "Due"}, Unit::Count},
    Column{"in_time", {"按时", "In time"}, Unit::Count},
    Column{"late", {"逾期", "Late"}, Unit::Count},
    Column{"score", {"及时分", "Score"}, Unit::Tenths},
};
inline constexpr std::array kEvents{
    Column{"person", {"人员", "Person"}, Unit::Person},
    Column{"event", {"事项", "Event"}, Unit::Words},
    Column{"due", {"应办", "Due"}, Unit::Count},
    Column{"in_time", {"按时", "In time"}, Unit::Count},
    Column{"share", {"按时率", "Share in time"}, Unit::Share},
};
inline constexpr std::array kLate{
    Column{"subject", {"对象", "Subject"}, Unit::Record},
    Column{"person", {"人员", "Person"}, Unit::Person},
    Column{"event", {"事项", "Event"}, Unit::Words},
    Column{"started", {"开始", "Began"}, Unit::Date},
    Column{"limit", {"期限", "Last day"}, Unit::Date},
    Column{"done", {"办理", "Done"}, Unit::Date},
    Column{"days_late", {"逾期天数", "Days late"}, Unit::Days},
    Column{"state", {"情况", "How it stands"}, Unit::Words},
};
inline constexpr std::array kSections{
    Section{"people", {"各人及时分", "Scores"}, kPeople},
    Section{"events", {"各事项", "By event"}, kEvents},
    Section{"late", {"逾期清单", "What is or was late"}, kLate},
};

/// The row "assessment scores" of domain 3.3. "Own" are one's own and those of one's people: a
/// superior answers for what they have not handed in (AS-02).
inline constexpr std::array kReaders{
    Reader{Role::Salesperson, Whose::Subordinates},
    Reader{Role::ServiceStaff, Whose::Subordinates},
    Reader{Role::Technician, Whose::Subordinates},
    Reader{Role::ProjectLeader, Whose::Subordinates},
    Reader{Role::InfoClerk, Whose::Subordinates},
    Reader{Role::ArchiveKeeper, Whose::Subordinates},
    Reader{Role::MarketInspector, Whose::Subordinates},
    Reader{Role::ServiceSupervisor, Whose::All},
    Reader{Role::DeptManager, Whose::Department},
    Reader{Role::RegionalManager, Whose::Region},
    Reader{Role::MarketManager, Whose::All},
    Reader{Role::MarketingDirector, Whose::All},
    Reader{Role::ServiceManager, Whose::All},
    Reader{Role::PlanningAnalyst, Whose::All},
    Reader{Role::GeneralManager, Whose::All},
};

}  // namespace timeliness

inline constexpr Report kTimeliness{
    .code = "RP-14",
    .label = {"及时性", "Timeliness"},
    .help = {"各人应办事项是否按时，逾期的逐项列出",
             "whether people did in time what they must, with what is or was late"},
    .usual = Grain::Quarterly,
    .measures = timeliness::kMeasures,
    .sections = timeliness::kSections,
    .readers = timeliness::kReaders,
    .schedule = {.every = Grain::Quarterly, .day = 1},
    .fold = fold_timeliness};

}  // namespace dossier::report
