// The code lists of customers and contacts. A code is on wire and disk for ever; labels may change.
// Source: domain 2.2, 9.
#pragma once

#include <array>

#include "common/catalog/field.hpp"

namespace dossier::catalog::choices {

/// 密级, domain 0.4; the codes are the stored numbers.
inline constexpr std::array kLevel{
    Choice{"0", {"内部", "internal"}}, Choice{"1", {"秘密", "confidential"}},
    Choice{"2", {"机密", "secret"}}, Choice{"3", {"绝密", "top secret"}}};
inline constexpr std::array kPartyKind{Choice{"enterprise", {"企业", "enterprise"}},
                                       Choice{"person", {"个人", "person"}}};
inline constexpr std::array kPartyRole{
    Choice{"buyer", {"采购方", "buyer"}}, Choice{"supplier", {"供货方", "supplier"}},
    Choice{"dealer", {"经销商", "dealer"}}, Choice{"end_user", {"终端", "end user"}}};
inline constexpr std::array kIdKind{
    Choice{"resident",
           {"居民身份证", "resident identity card"},
           "身份证|中国居民身份证|第二代居民身份证|二代居民身份证|二代身份证|第二代身份证|二代证|"
           "id card|"
           "identity card"},
    Choice{"passport", {"护照", "passport"}, "中国护照|外国护照|因私护照|普通护照"},
    Choice{"hk_macao_permit",
           {"港澳居民来往内地通行证", "permit of Hong Kong and Macao residents"},
           "港澳通行证|港澳居民通行证|回乡证"},
    Choice{"taiwan_permit",
           {"台湾居民来往大陆通行证", "permit of Taiwan residents"},
           "台湾居民通行证|台胞证"},
    Choice{"residence_permit",
           {"港澳台居民居住证", "residence permit of Hong Kong and Macao and Taiwan residents"},
           "港澳居民居住证|台湾居民居住证|港澳台居住证"},
    Choice{"foreigner_permit",
           {"外国人永久居留身份证", "permanent residence card of foreigners"},
           "外国人永久居留证|外国人居留证|永久居留身份证"},
    Choice{"other", {"其他证件", "another document"}, "其他|其它|其它证件"}};
inline constexpr std::array kEnterpriseNature{
    Choice{"state", {"国有", "state-owned"}},
    Choice{"private", {"民营", "private"}},
    Choice{"foreign", {"外资", "foreign"}},
    Choice{"joint", {"合资", "joint venture"}},
    Choice{"collective", {"集体", "collective"}},
    Choice{"public_inst", {"事业单位", "public institution"}},
    Choice{"other", {"其他", "other"}}};
inline constexpr std::array kCoopIntention{
    Choice{"strong", {"强", "strong"}}, Choice{"medium", {"中", "medium"}},
    Choice{"weak", {"弱", "weak"}}, Choice{"none", {"无", "none"}},
    Choice{"unknown", {"未知", "unknown"}}};
inline constexpr std::array kMarket{Choice{"domestic", {"国内", "domestic"}},
                                    Choice{"international", {"国际", "international"}}};
inline constexpr std::array kDirectness{Choice{"direct", {"直接", "direct"}},
                                        Choice{"indirect", {"间接", "indirect"}}};
inline constexpr std::array kSource{Choice{"visit", {"拜访", "visit"}},
                                    Choice{"field_visit", {"实地拜访", "field visit"}},
                                    Choice{"special_survey", {"专项调查", "special survey"}},
                                    Choice{"customer_form", {"客户填表", "customer form"}},
                                    Choice{"agency", {"专业机构", "agency"}},
                                    Choice{"media", {"媒体", "media"}},
                                    Choice{"event", {"展会沙龙会议", "event"}},
                                    Choice{"referral", {"客户介绍", "referral"}},
                                    Choice{"interview", {"面谈", "interview"}},
                                    Choice{"questionnaire", {"问卷", "questionnaire"}},
                                    Choice{"online", {"在线注册", "online"}},
                                    Choice{"phone", {"电话", "phone"}},
                                    Choice{"feedback", {"客户反馈", "feedback"}},
                                    Choice{"third_party", {"第三方", "third party"}},
                                    Choice{"other", {"其他", "other"}}};
inline constexpr std::array kFileState{Choice{"draft", {"草稿", "draft"}},
                                       Choice{"superior_review", {"上级审核", "superior review"}},
                                       Choice{"inspection", {"核实", "inspection"}},
                                       Choice{"clerk_posting", {"待入库", "clerk posting"}},
                                       Choice{"returned", {"退回", "returned"}},
                                       Choice{"active", {"正式", "active"}},
                                       Choice{"archived", {"归档", "archived"}},
                                       Choice{"void", {"作废", "void"}},
                                       Choice{"destroy_pending", {"待销毁", "destruction pending"}},
                                       Choice{"destroyed", {"已销毁", "destroyed"}}};
inline constexpr std::array kRelationStatus{Choice{"cooperating", {"已合作", "cooperating"}},
                                            Choice{"followed", {"已跟进未合作", "followed up"}},
                                            Choice{"potential", {"潜在", "potential"}},
                                            Choice{"lost", {"流失", "lost"}}};
inline constexpr std::array kGrade{Choice{"A", {"A", "A"}}, Choice{"B", {"B", "B"}},
                                   Choice{"C", {"C", "C"}}, Choice{"N", {"未评", "not graded"}}};
inline constexpr std::array kCreditClass{
    Choice{"1", {"一类", "class 1"}}, Choice{"2", {"二类", "class 2"}},
    Choice{"3", {"三类", "class 3"}}, Choice{"4", {"四类", "class 4"}},
    Choice{"0", {"未评", "not rated"}}};
inline constexpr std::array kSecretReason{
    Choice{"deal_detail", {"交易细节", "deal detail"}},
    Choice{"marketing_strategy", {"营销策略", "marketing strategy"}},
    Choice{"key_customer_info", {"重点客户信息", "key customer information"}}};
inline constexpr std::array kLeadValidity{Choice{"unconfirmed", {"未确认", "unconfirmed"}},
                                          Choice{"valid", {"有效", "valid"}},
                                          Choice{"invalid", {"无效", "invalid"}}};
inline constexpr std::array kConfirmedMethod{
    Choice{"phone", {"电话", "phone"}}, Choice{"fax", {"传真", "fax"}},
    Choice{"email", {"邮件", "email"}}, Choice{"visit", {"拜访", "visit"}}};
inline constexpr std::array kPaymentMethod{
    Choice{"cash", {"现款", "cash"}}, Choice{"monthly", {"月结", "monthly"}},
    Choice{"acceptance", {"承兑", "acceptance"}}, Choice{"instalment", {"分期", "instalments"}},
    Choice{"prepay", {"预付", "prepaid"}}};
inline constexpr std::array kStrength{Choice{"strong", {"强", "strong"}},
                                      Choice{"medium", {"中", "medium"}},
                                      Choice{"weak", {"弱", "weak"}}};
inline constexpr std::array kPotential{Choice{"high", {"高", "high"}},
                                       Choice{"medium", {"中", "medium"}},
                                       Choice{"low", {"低", "low"}}};
inline constexpr std::array kSpendLevel{Choice{"high", {"高", "high"}},
                                        Choice{"mid", {"中", "mid"}}, Choice{"low", {"低", "low"}}};
inline constexpr std::array kDemandState{
    Choice{"open", {"进行中", "open"}}, Choice{"won", {"成交", "won"}},
    Choice{"lost", {"失单", "lost"}}, Choice{"dropped", {"放弃", "dropped"}}};

inline constexpr std::array kGender{Choice{"f", {"女", "female"}}, Choice{"m", {"男", "male"}},
                                    Choice{"unknown", {"未知", "unknown"}}};
inline constexpr std::array kContactRole{Choice{"contact", {"联系人", "contact"}},
                                         Choice{"decider", {"决策者", "decider"}},
                                         Choice{"influencer", {"影响者", "influencer"}},
                                         Choice{"buyer", {"采购", "buyer"}},
                                         Choice{"user", {"使用者", "user"}},
                                         Choice{"finance", {"财务", "finance"}},
                                         Choice{"technical", {"技术负责人", "technical lead"}},
                                         Choice{"legal_rep", {"法人", "legal representative"}},
                                         Choice{"manager", {"管理者", "manager"}}};
inline constexpr std::array kPhoneKind{Choice{"mobile", {"手机", "mobile"}},
                                       Choice{"office", {"办公", "office"}},
                                       Choice{"home", {"住宅", "home"}}};
inline constexpr std::array kAttitude{
    Choice{"positive", {"积极", "positive"}}, Choice{"neutral", {"中立", "neutral"}},
    Choice{"negative", {"消极", "negative"}}, Choice{"unknown", {"未知", "unknown"}}};

}  // namespace dossier::catalog::choices
