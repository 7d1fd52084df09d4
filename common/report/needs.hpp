// RP-19, what customers need and what is to be sold: open needs and demand plans, by age, value and
// quarter. As they stand now. Source: domain 5 RP-19, R-061, R-201, R-237.
#pragma once

#include <array>

#include "common/catalog/customer.hpp"
#include "common/catalog/satellite.hpp"
#include "common/report/report.hpp"

namespace dossier::report {

/// Sections: needs, plans, quarters. Errors: none.
std::vector<Rows> fold_needs(const Report& report,
                             std::span<const Fact> facts,
                             const Question& question);

namespace needs {

using access::Role;

inline constexpr std::array<std::string_view, 4> kOfNeed{"kind", "state", "assignee_id",
                                                         "created_at"};
inline constexpr std::array<std::string_view, 3> kOfPlan{"investment_fen", "planned_on",
                                                         "created_at"};
inline constexpr std::array<std::string_view, 2> kOpenNeeds{"open", "in_progress"};
inline constexpr std::array<std::string_view, 1> kOpenPlans{"open"};
inline constexpr std::array kSources{
    Source{.over = &catalog::kCustomerNeed,
           .tells = kOfNeed,
           .only_field = "state",
           .only_codes = kOpenNeeds},
    Source{.over = &catalog::kDemandPlan,
           .tells = kOfPlan,
           .only_field = "state",
           .only_codes = kOpenPlans},
};

inline constexpr std::array kNeedColumns{
    Column{"subject", {"内容", "What"}, Unit::Record},
    Column{"customer", {"客户", "Customer"}, Unit::Record},
    Column{"kind", {"类型", "Sort"}, Unit::Words},
    Column{"state", {"状态", "State"}, Unit::Words},
    Column{"person", {"跟进人", "Assignee"}, Unit::Person},
    Column{"days", {"天数", "Days"}, Unit::Days},
};
inline constexpr std::array kPlanColumns{
    Column{"subject", {"需求", "Need"}, Unit::Record},
    Column{"customer", {"客户", "Customer"}, Unit::Record},
    Column{"amount", {"投资规模（元）", "Investment (yuan)"}, Unit::Money},
    Column{"planned", {"计划时间", "Planned on"}, Unit::Words},
    Column{"days", {"天数", "Days"}, Unit::Days},
};
inline constexpr std::array kQuarterColumns{
    Column{"quarter", {"季度", "Quarter"}, Unit::Words},
    Column{"count", {"计划数", "Plans"}, Unit::Count},
    Column{"amount", {"投资规模（元）", "Investment (yuan)"}, Unit::Money},
};
inline constexpr std::array kSections{
    Section{"needs", {"未解决的需求与问题", "Open needs and problems"}, kNeedColumns},
    Section{"plans", {"进行中的需求计划", "Open demand plans"}, kPlanColumns},
    Section{"quarters", {"按季度", "By quarter"}, kQuarterColumns},
};

/// Not in the matrix of domain 3.3: who sells and serves sees his own, managers theirs.
inline constexpr std::array kReaders{
    Reader{Role::Salesperson, Whose::Subordinates}, Reader{Role::ServiceStaff, Whose::Subordinates},
    Reader{Role::DeptManager, Whose::Department},   Reader{Role::RegionalManager, Whose::Region},
    Reader{Role::MarketManager, Whose::All},        Reader{Role::MarketingDirector, Whose::All},
    Reader{Role::ServiceManager, Whose::All},       Reader{Role::PlanningAnalyst, Whose::All},
    Reader{Role::GeneralManager, Whose::All},
};

}  // namespace needs

inline constexpr Report kNeeds{.code = "RP-19",
                               .label = {"需求与商机", "Needs and opportunities"},
                               .help = {"各客户未解决的需求、问题和进行中的需求计划",
                                        "open needs, problems and demand plans of the customers"},
                               .usual = Grain::Monthly,
                               .sources = needs::kSources,
                               .sections = needs::kSections,
                               .readers = needs::kReaders,
                               .schedule = {.every = Grain::Monthly, .day = 3},
                               .fold = fold_needs};

}  // namespace dossier::report
