#include "common/access/matrix.hpp"

#include <array>

#include "common/base/check.hpp"

namespace dossier::access {
namespace {

struct Row {
    Role role;
    Cell create, plain, controlled, record, remove, verify, rule, transfer, manage, copy, unite;
};

// Words of the table below.
// NOLINTBEGIN(readability-identifier-naming)
constexpr Cell no = Cell::No;
constexpr Cell own = Cell::Own;
constexpr Cell yes = Cell::Yes;
constexpr Cell add = Cell::Append;
constexpr Cell prop = Cell::Propose;
constexpr Cell ask = Cell::Ask;
// NOLINTEND(readability-identifier-naming)

// A request in the domain's table (transfer, archive, void, delete) is a proposal here. Roles the
// table does not list do nothing to customer files but through a grant. To suggest a merge takes no
// right: the check itself does.
// clang-format off
constexpr std::array kCells{
    //                                create plain  contr. record remove verify rule  transf. access copy  merge
    Row{Role::Salesperson,            own,   yes,   prop,  add,   prop,  no,    no,   prop,   no,    ask, no},
    Row{Role::ServiceStaff,           own,   yes,   prop,  add,   prop,  no,    no,   prop,   no,    ask, no},
    Row{Role::Technician,             no,    no,    no,    own,   no,    no,    no,   no,     no,    ask, no},
    Row{Role::ProjectLeader,          own,   yes,   prop,  own,   no,    no,    no,   no,     no,    ask, no},
    Row{Role::InfoClerk,              yes,   yes,   yes,   yes,   prop,  yes,   yes,  no,     no,    ask, yes},
    Row{Role::ArchiveKeeper,          no,    no,    no,    own,   prop,  no,    no,   no,     no,    ask, no},
    Row{Role::MarketInspector,        own,   prop,  prop,  yes,   no,    prop,  no,   no,     no,    no, no},
    Row{Role::ServiceSupervisor,      yes,   yes,   yes,   yes,   prop,  yes,   yes,  no,     no,    ask, yes},
    Row{Role::DeptManager,            own,   prop,  prop,  yes,   no,    no,    no,   yes,    no,    ask, no},
    Row{Role::RegionalManager,        yes,   prop,  prop,  yes,   prop,  no,    yes,  yes,    yes,   ask, yes},
    Row{Role::MarketManager,          yes,   prop,  prop,  yes,   no,    no,    no,   yes,    no,    ask, no},
    Row{Role::MarketingDirector,      no,    no,    no,    yes,   no,    no,    no,   yes,    yes,   ask, no},
    Row{Role::ServiceManager,         yes,   yes,   yes,   yes,   yes,   yes,   yes,  no,     yes,   yes, yes},
    Row{Role::PlanningAnalyst,        no,    no,    no,    own,   no,    no,    no,   no,     no,    ask, no},
    Row{Role::MaterialsHead,          no,    no,    no,    own,   no,    no,    no,   no,     no,    no, no},
    Row{Role::SurveyReviewer,         no,    no,    no,    own,   no,    no,    no,   no,     no,    no, no},
    Row{Role::GeneralManager,         no,    no,    no,    no,    no,    no,    no,   yes,    yes,   ask, no},
    Row{Role::CreditOfficer,          no,    no,    no,    own,   no,    no,    no,   no,     no,    no, no},
    Row{Role::ComplaintInvestigator,  no,    no,    no,    own,   no,    no,    no,   no,     no,    no, no},
    Row{Role::Auditor,                no,    no,    no,    no,    no,    no,    no,   no,     no,    no, no},
    Row{Role::SystemAdmin,            no,    no,    no,    no,    no,    no,    no,   no,     no,    no, no},
    Row{Role::ExternalAgency,         no,    no,    no,    no,    no,    no,    no,   no,     no,    no, no},
};
// clang-format on

}  // namespace

Cell cell_of(Role role, Operation operation) {
    const auto at = static_cast<std::size_t>(role);
    DOSSIER_CHECK(at < kCells.size() && kCells[at].role == role);
    const auto& row = kCells[at];
    switch (operation) {
        case Operation::Create:
            return row.create;
        case Operation::EditPlain:
            return row.plain;
        case Operation::EditControlled:
            return row.controlled;
        case Operation::Record:
            return row.record;
        case Operation::Remove:
            return row.remove;
        case Operation::Verify:
            return row.verify;
        case Operation::Rule:
            return row.rule;
        case Operation::Transfer:
            return row.transfer;
        case Operation::ManageAccess:
            return row.manage;
        case Operation::Export:
            return row.copy;
        case Operation::MergeFiles:
            return row.unite;
        case Operation::Erase:  // the two who sign last for a destruction
            return role == Role::ServiceManager || role == Role::GeneralManager ? Cell::Yes
                                                                                : Cell::No;
        default:
            return Cell::No;
    }
}

}  // namespace dossier::access
