// The rules decisions name, and their wording for `access explain`.
#pragma once

#include <span>
#include <string>

#include "common/access/decide.hpp"
#include "common/base/result.hpp"
#include "common/base/text.hpp"

namespace dossier::access {

/// Characters a stated purpose has at least. Source: R-149.
inline constexpr std::size_t kPurposeMin = 4;
/// Whether this counts as a purpose: at least `kPurposeMin` characters.
bool states_purpose(std::string_view purpose);

struct Rule {
    std::string_view id;  ///< "3.2-4 scope": section and word of the domain
    Text text;
};

inline constexpr Rule kInactive{"3.2-1 inactive", {"用户已停用", "the user is not active"}};
inline constexpr Rule kAgreement{"3.2-1 agreement",
                                 {"保密协议未签", "the confidentiality agreement is not signed"}};
inline constexpr Rule kSuspended{
    "3.2-1 suspended", {"终端、会话或用户被暂停", "device, session or user is suspended"}};
inline constexpr Rule kNoContent{
    "3.1 no content", {"所任角色不接触客户内容", "none of the roles held reads customer content"}};
inline constexpr Rule kUnknown{"3.2-2 unknown", {"不认识的记录类型", "unknown kind of record"}};
inline constexpr Rule kGone{
    "3.2-2 destroyed",
    {"档案已销毁，仅留目录备查", "the file was destroyed; only its directory entry remains"}};
inline constexpr Rule kUnposted{
    "3.2-2 draft",
    {"未入库或作废的档案只对建档人、其上级、信息员、市场监察和客户服务部经理开放",
     "a draft or void file is open to its creator, his superiors, clerk, inspector and service "
     "manager"}};
inline constexpr Rule kScope{"3.2-4 scope",
                             {"按归属与职责范围", "by ownership and the reach of the role"}};
inline constexpr Rule kGranted{"3.2-4 grant", {"按有效授权", "by a grant in force"}};
inline constexpr Rule kLevel{"3.2-5 level",
                             {"密级高于涉密等级", "the level exceeds the clearance"}};
inline constexpr Rule kOwnLevel{
    "3.2-5 own",
    {"本人客户的机密资料，联网并说明目的可阅", "L2 of an own customer, online and with a purpose"}};
inline constexpr Rule kCircle{
    "3.2-5 circle",
    {"绝密资料只对知悉范围内人员开放", "L3 is open to the members of its circle only"}};
inline constexpr Rule kHandling{
    "3.3 handling",
    {"档案管理员只在经手时接触机密内容", "the keeper sees L2 content only while handling it"}};
inline constexpr Rule kMasked{"3.2-6 mask", {"字段遮盖显示", "shown with its middle hidden"}};
inline constexpr Rule kDirectory{"3.3 directory", {"目录查询", "directory lookup"}};
inline constexpr Rule kMatrix{"3.3 matrix", {"按操作权限表", "by the table of operations"}};
inline constexpr Rule kVerifyFirst{
    "WF-17 proposal", {"受控字段或非本职修改，须经核实后生效", "takes effect once verified"}};
inline constexpr Rule kClosedFile{
    "C-15 closed file",
    {"归档、作废或待销毁档案的修改作为提议", "changes of a closed file are proposals"}};
inline constexpr Rule kAppendOnly{
    "3.3 append",
    {"非本人客户只可追加沟通记录，并提示负责人",
     "on another's customer communications are only added, and shown to the owner"}};
inline constexpr Rule kServerField{"2.1 server field",
                                   {"该字段由中心端或流程设定", "only the office sets this field"}};
inline constexpr Rule kLetters{"2.1 writers",
                               {"该字段不由此角色填写", "this role does not write this field"}};
inline constexpr Rule kOwnDraft{"WF-01 draft",
                                {"未入库前由建档人直接填写", "its creator fills it in freely"}};
inline constexpr Rule kOrganisation{"3.4 organisation",
                                    {"组织资料人人可查", "everybody may read it"}};
inline constexpr Rule kSelf{"3.3 self", {"本人资料", "the person's own"}};
inline constexpr Rule kSuperior{"3.1 superior", {"直接上级", "a superior"}};
inline constexpr Rule kAsked{"2.5.3 asked", {"记录要求本人办理", "the record asks it of him"}};
inline constexpr Rule kAdministration{"3.3 administration",
                                      {"系统管理职责", "the administrator's work"}};
inline constexpr Rule kAudit{"3.3 audit", {"审计查询", "audit query"}};
inline constexpr Rule kOffline{"3.4 offline",
                               {"不在离线范围内", "not among what a laptop may hold"}};
inline constexpr Rule kOwnCard{
    "WF-07 own card",
    {"本人客户的单页卡片，内部和秘密级，须说明目的",
     "the one-page card of a customer of one's own, level 0 and 1, with a purpose"}};
inline constexpr Rule kCarried{"3.4 carried", {"在离线范围内", "among what a laptop may hold"}};

/// Every rule a Decision may name.
std::span<const Rule* const> rules();

/// "允许，须说明目的：按归属与职责范围（3.2-4 scope）" in the asked language, one line.
std::string explain(const Decision& decision, Lang lang);

/// Whether the caller may go on: Allow, Mask or Propose, with a purpose of at least 4 characters
/// where one is needed. Errors: the faults of faults.hpp.
Status permit(const Decision& decision, std::string_view purpose);

}  // namespace dossier::access
