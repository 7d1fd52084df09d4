#include "common/access/role.hpp"

#include <array>

#include "common/base/check.hpp"

namespace dossier::access {
namespace {

using namespace dossier::catalog;  // the writer letters

// Technicians, investigators and reviewers of an admission see what an assignment opens to them:
// a grant. Service supervisor and service manager do the clerk's work in his place (domain 3.3).
// One row is one role, in the order of domain 3.1. Columns: reach, clearance, rank, letters.
// clang-format off
constexpr std::array kRoles{
    RoleFacts{Role::Salesperson, "salesperson", {"业务员", "salesperson"}, Reach::Own, 1, 30, kOwner, "业务人员|销售代表|销售人员|市场人员|营销人员"},
    RoleFacts{Role::ServiceStaff, "service_staff", {"客户服务人员", "service staff"}, Reach::Own, 1, 30, kOwner | kService, "客服人员|内勤"},
    RoleFacts{Role::Technician, "technician", {"技术人员", "technician"}, Reach::None, 1, 30, kTechnician, "售后"},
    RoleFacts{Role::ProjectLeader, "project_leader", {"项目负责人", "project leader"}, Reach::Own, 1, 30, kOwner | kProject},
    RoleFacts{Role::InfoClerk, "info_clerk", {"信息员", "information clerk"}, Reach::All, 2, 50, kClerk, "客户档案员|信息管理人员|信息反馈管理人员"},
    RoleFacts{Role::ArchiveKeeper, "archive_keeper", {"档案管理员", "archive keeper"}, Reach::All, 2, 50, kKeeper, "档案管理人|专人"},
    RoleFacts{Role::MarketInspector, "market_inspector", {"市场监察人员", "market inspector"}, Reach::Region, 1, 50, kInspector},
    RoleFacts{Role::ServiceSupervisor, "service_supervisor", {"客务主管", "service supervisor"}, Reach::All, 2, 55, kSupervisor | kService | kClerk, "客户信息主管"},
    RoleFacts{Role::DeptManager, "dept_manager", {"部门经理", "department manager"}, Reach::Department, 2, 55, 0, "各部门经理"},
    RoleFacts{Role::RegionalManager, "regional_manager", {"区域经理", "regional manager"}, Reach::Region, 2, 60, kRegional},
    RoleFacts{Role::MarketManager, "market_manager", {"市场部经理", "market manager"}, Reach::All, 2, 70, kMarket, "市场主管|市场拓展部经理|仪器销售部经理"},
    RoleFacts{Role::MarketingDirector, "marketing_director", {"营销总监", "marketing director"}, Reach::All, 3, 80, kDirector},
    RoleFacts{Role::ServiceManager, "service_manager", {"客户服务部经理", "service manager"}, Reach::All, 3, 70, kServiceManager | kService | kClerk, "客服部经理|客务部经理|内勤部经理"},
    RoleFacts{Role::PlanningAnalyst, "planning_analyst", {"企划部", "planning analyst"}, Reach::All, 2, 30, kPlanning},
    RoleFacts{Role::MaterialsHead, "materials_head", {"资材部长", "materials head"}, Reach::None, 2, 30, 0},
    RoleFacts{Role::SurveyReviewer, "survey_reviewer", {"实地考察评审人", "survey reviewer"}, Reach::None, 1, 30, 0},
    RoleFacts{Role::GeneralManager, "general_manager", {"总经理", "general manager"}, Reach::All, 3, 90, kGeneral},
    RoleFacts{Role::CreditOfficer, "credit_officer", {"信用专员", "credit officer"}, Reach::None, 2, 30, 0},
    RoleFacts{Role::ComplaintInvestigator, "complaint_investigator", {"调查人员", "complaint investigator"}, Reach::None, 1, 30, 0},
    RoleFacts{Role::Auditor, "auditor", {"审计", "auditor"}, Reach::All, 1, 10, 0},
    RoleFacts{Role::SystemAdmin, "system_admin", {"系统管理员", "system administrator"}, Reach::None, -1, 10, kAdmin, "系统管理|信息部"},
    RoleFacts{Role::ExternalAgency, "external_agency", {"外部机构", "external agency"}, Reach::None, -1, 10, 0, "专业调查机构|销毁机构"},
};
// clang-format on

bool among(std::string_view list, std::string_view word) {
    while (!list.empty()) {
        const auto end = std::min(list.find('|'), list.size());
        if (list.substr(0, end) == word) return true;
        list.remove_prefix(std::min(end + 1, list.size()));
    }
    return false;
}

}  // namespace

const RoleFacts& facts(Role role) {
    const auto at = static_cast<std::size_t>(role);
    DOSSIER_CHECK(at < kRoles.size() && kRoles[at].role == role);
    return kRoles[at];
}

std::span<const RoleFacts> all_roles() {
    return kRoles;
}

std::optional<Role> role_from(std::string_view word) {
    for (const auto& row : kRoles) {
        if (row.code == word || row.label.zh == word || row.label.en == word ||
            among(row.aliases, word)) {
            return row.role;
        }
    }
    return std::nullopt;
}

}  // namespace dossier::access
