// Why the office's door did not apply what people do with secrets: marks, requests to read,
// disclosure, incidents, policies. Source: domain WF-05, WF-08, R-128 to R-156.
#pragma once

#include "common/base/result.hpp"

namespace dossier::merge {

inline constexpr Fault kMarkTerm{
    "marking.term",
    ErrorCode::Conflict,
    {"“{}”须晚于定密日", "\"{}\" must lie after the day of the marking"},
    {"写明尚未到期的保密期限", "give a term that is not over yet"}};
inline constexpr Fault kMarkCircle{
    "marking.circle",
    ErrorCode::Conflict,
    {"绝密须写明“{}”，其他密级不写", "level 3 needs \"{}\", no other level has one"},
    {"补填或去掉知悉范围", "name who may know, or leave it out"}};
inline constexpr Fault kNotForCircle{
    "marking.member",
    ErrorCode::Denied,
    {"{} 在职情况、角色或涉密等级不符，不能列入知悉范围",
     "{} may not be in the circle: not active, in no such role, or not cleared"},
    {"从知悉范围中去掉", "take the person off the circle"}};
inline constexpr Fault kMarkTarget{
    "marking.target",
    ErrorCode::Conflict,
    {"这条记录不属于该客户档案，或已删除", "this record is not of that file, or was removed"},
    {"选择该档案中的记录", "choose a record of that file"}};
inline constexpr Fault kMarkHeld{
    "marking.held",
    ErrorCode::Conflict,
    {"该档案有法律保留，不解密", "it is under a legal hold and stays as it is marked"},
    {"先解除法律保留", "end the legal hold first"}};
inline constexpr Fault kTermRuns{
    "marking.term_runs",
    ErrorCode::Conflict,
    {"保密期限未到", "the term of the mark is not over"},
    {"等到期，或说明理由提前解密", "wait for its end, or declassify early with a reason"}};
inline constexpr Fault kRequestTerm{
    "request.term",
    ErrorCode::Conflict,
    {"查阅期限最长 {} 天", "access is given for {} days at most"},
    {"缩短期限，到期再申请", "ask for less, and again when it ends"}};
inline constexpr Fault kRequestPurpose{
    "request.purpose",
    ErrorCode::Malformed,
    {"须写明用途（至少四个字）", "say what it is for, in 4 characters at least"},
    {"写明查阅用途", "say what the file is needed for"}};
inline constexpr Fault kDisclosureBasis{
    "disclosure.basis",
    ErrorCode::Conflict,
    {"须有客户对外提供的有效授权，或写明法定依据",
     "it needs a consent to disclosure in force, or a basis in law"},
    {"取得客户授权后选择它，或填写法定依据", "ask the customer and name the consent, or the law"}};
inline constexpr Fault kDisclosureField{
    "disclosure.field",
    ErrorCode::Conflict,
    {"不能对外提供“{}”：没有这个字段，或没有值",
     "\"{}\" cannot be given: no such field, or it has no value"},
    {"核对要提供的字段", "look at the fields to be given"}};
inline constexpr Fault kUnknownLaptop{
    "incident.device",
    ErrorCode::Conflict,
    {"遗失终端须写明是哪一台", "of a lost laptop it must be said which"},
    {"选择遗失的终端", "choose the laptop"}};
inline constexpr Fault kLiability{
    "incident.liability",
    ErrorCode::Conflict,
    {"须判定直接上级有无领导责任并说明", "the direct superior's liability must be judged, and why"},
    {"填写“{}”和“{}”", "give \"{}\" and \"{}\""}};
inline constexpr Fault kVersionThere{"policy.version",
                                     ErrorCode::Conflict,
                                     {"制度 {} 已有版本 {}", "policy {} has a version {} already"},
                                     {"换一个版本号", "give another version"}};
inline constexpr Fault kNotInEffect{
    "policy.not_in_effect",
    ErrorCode::Conflict,
    {"这份制度没有施行或已被取代", "this policy is not in effect, or was replaced"},
    {"签收现行的版本", "acknowledge the version that is in effect"}};

}  // namespace dossier::merge
