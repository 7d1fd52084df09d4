// The code lists of activities and of the organisation. A code is on wire and disk for ever;
// labels may change. Source: domain 2.3.1, 2.3.2, 2.5.3, 2.5.6, 3.1.
#pragma once

#include <array>

#include "common/catalog/field.hpp"

namespace dossier::catalog::choices {

inline constexpr std::array kCommunicationKind{
    Choice{"visit", {"拜访", "visit"}},
    Choice{"phone", {"电话", "phone"}},
    Choice{"email", {"邮件", "email"}},
    Choice{"chat", {"聊天", "chat"}},
    Choice{"meeting", {"会议", "meeting"}},
    Choice{"fax", {"传真", "fax"}},
    Choice{"letter", {"信函", "letter"}},
    Choice{"callback", {"回访", "call-back"}},
    Choice{"admission_interview", {"认定面谈", "admission interview"}},
    Choice{"technical_meeting", {"技术交流", "technical meeting"}}};
inline constexpr std::array kCommunicationResult{
    Choice{"progress", {"有进展", "progress"}}, Choice{"no_change", {"无变化", "no change"}},
    Choice{"order", {"下单", "order"}}, Choice{"refusal", {"拒绝", "refusal"}},
    Choice{"follow_up", {"待跟进", "follow up"}}};
inline constexpr std::array kWorkLogState{
    Choice{"open", {"未提交", "open"}}, Choice{"submitted", {"已提交", "submitted"}},
    Choice{"reviewed", {"已审阅", "reviewed"}}, Choice{"late", {"逾期", "late"}}};
inline constexpr std::array kWorkKind{
    Choice{"visit", {"拜访", "visit"}},
    Choice{"phone", {"电话", "phone"}},
    Choice{"quote", {"报价", "quotation"}},
    Choice{"complaint_help", {"协助投诉", "complaint help"}},
    Choice{"file_update", {"更新档案", "file update"}},
    Choice{"integrity_check", {"完整性检查", "integrity check"}},
    Choice{"filing", {"归档", "filing"}},
    Choice{"numbering", {"编号", "numbering"}},
    Choice{"backup", {"备份", "backup"}},
    Choice{"intake", {"接收资料", "intake"}},
    Choice{"classify", {"分类", "classification"}},
    Choice{"dedup_merge", {"查重合并", "duplicate merge"}},
    Choice{"indexing", {"编目", "indexing"}},
    Choice{"chase_missing", {"催补缺件", "chasing missing papers"}},
    Choice{"destruction_handover", {"销毁移交", "destruction handover"}},
    Choice{"staff_help", {"协助同事", "staff help"}},
    Choice{"training", {"培训", "training"}},
    Choice{"other", {"其他", "other"}}};

inline constexpr std::array kRank{
    Choice{"staff", {"员工", "staff"}}, Choice{"supervisor", {"主管", "supervisor"}},
    Choice{"manager", {"经理", "manager"}}, Choice{"director", {"总监", "director"}},
    Choice{"gm", {"总经理", "general manager"}}};
inline constexpr std::array kRole{
    Choice{"salesperson", {"业务员", "salesperson"}},
    Choice{"service_staff", {"客户服务人员", "service staff"}},
    Choice{"technician", {"技术人员", "technician"}},
    Choice{"project_leader", {"项目负责人", "project leader"}},
    Choice{"info_clerk", {"信息员", "information clerk"}},
    Choice{"archive_keeper", {"档案管理员", "archive keeper"}},
    Choice{"market_inspector", {"市场监察人员", "market inspector"}},
    Choice{"service_supervisor", {"客务主管", "service supervisor"}},
    Choice{"dept_manager", {"部门经理", "department manager"}},
    Choice{"regional_manager", {"区域经理", "regional manager"}},
    Choice{"market_manager", {"市场部经理", "market manager"}},
    Choice{"marketing_director", {"营销总监", "marketing director"}},
    Choice{"service_manager", {"客户服务部经理", "service manager"}},
    Choice{"planning_analyst", {"企划部", "planning analyst"}},
    Choice{"materials_head", {"资材部长", "materials head"}},
    Choice{"survey_reviewer", {"实地考察评审人", "survey reviewer"}},
    Choice{"general_manager", {"总经理", "general manager"}},
    Choice{"credit_officer", {"信用专员", "credit officer"}},
    Choice{"complaint_investigator", {"调查人员", "complaint investigator"}},
    Choice{"auditor", {"审计", "auditor"}},
    Choice{"system_admin", {"系统管理员", "system administrator"}},
    Choice{"external_agency", {"外部机构", "external agency"}}};
inline constexpr std::array kAssignmentScope{
    Choice{"own", {"本人", "own"}}, Choice{"region", {"区域", "region"}},
    Choice{"dept", {"部门", "department"}}, Choice{"all", {"全部", "all"}}};
/// How many of a region's new files are inspected. Source: D-02.
inline constexpr std::array kInspection{Choice{"all", {"全部核实", "all"}},
                                        Choice{"sampled", {"抽查", "a share of them"}},
                                        Choice{"off", {"不核实", "none"}}};
inline constexpr std::array kDepartmentKind{
    Choice{"department", {"部门", "department"}},
    Choice{"member_company", {"成员企业", "member company"}}};
inline constexpr std::array kDeviceState{Choice{"pending", {"待批准", "waits for approval"}},
                                         Choice{"active", {"在用", "active"}},
                                         Choice{"suspended", {"停用", "suspended"}},
                                         Choice{"revoked", {"已吊销", "revoked"}},
                                         Choice{"wipe_pending", {"待清除", "wipe pending"}},
                                         Choice{"wiped", {"已清除", "wiped"}},
                                         Choice{"lost", {"遗失", "lost"}}};
inline constexpr std::array kGrantScope{Choice{"customer", {"客户", "customer"}},
                                        Choice{"region", {"区域", "region"}},
                                        Choice{"set", {"一组客户", "set of customers"}}};
/// `edit` is not in domain 2.5.3, but a grant may also open plain edits (common/access/decide.hpp).
inline constexpr std::array kGrantOps{
    Choice{"view", {"查阅", "view"}}, Choice{"edit", {"编辑", "edit"}},
    Choice{"print", {"打印", "print"}}, Choice{"export", {"导出", "export"}},
    Choice{"offline", {"离线", "offline"}}};

}  // namespace dossier::catalog::choices
