// The customer file itself and what is kept once per customer: customer, customer_feature,
// procurement_profile, demand_plan. Source: domain 2.2.1, 2.2.4, 2.2.5.
#pragma once

#include "common/catalog/choices.hpp"
#include "common/catalog/choices_industry.hpp"
#include "common/catalog/table.hpp"

namespace dossier::catalog {
namespace table {

// References to lists that are no kind of the catalog (zone, retention class) are codes.
// The postcode merges with the rest of the address under its policy (HA, not LW): half an address
// of one author and half of another would be a third, false one.
// One row is one field, as in the tables of the domain.
// clang-format off
inline constexpr std::array kCustomerFields{
    row(16, "customer_no",      {"客户编号", "Customer number"}, text(24),          k0, Y, SV, kOn, {.unique = true, .directory = true, .aliases = "档案编号|编号|customerID|Customer No", .outline = true, .instead = "provisional_no"}),
    row(17, "provisional_no",   {"临时编号", "Provisional number"}, text(20),       k0, Y, IM, kOn, {.directory = true, .outline = true}),
    row(18, "party_kind",       {"客户类别", "Party kind"}, one_of(choices::kPartyKind), k0, O|I, HA, kOn, {.required = true, .directory = true, .preset = "enterprise"}),
    row(19, "is_institution",   {"机构客户", "Institution"}, kYesNo,                k0, O|I, HA, kOn),
    row(20, "party_role",       {"往来角色", "Party role"}, set_of(choices::kPartyRole), k0, O|I, UN, kOn),
    row(21, "name",             {"客户名称", "Customer name"}, text(120),           k0, O|I, NR, kOn, {.required = true, .directory = true, .aliases = "名称|公司名称|公司全称|企业名称|单位名称|客户全称|companyName|Company", .outline = true}),
    row(22, "former_names",     {"曾用名", "Former names"}, list(120),              k0, O|I, UN, kOn),
    row(23, "short_name",       {"简称", "Short name"}, text(40),                   k0, O|I, LW, kOn, {.directory = true, .aliases = "客户简称|公司简称", .blanks = true}),
    row(24, "name_pinyin",      {"拼音", "Pinyin"}, text(240),                      k0, Y, CP, kOn, {.directory = true, .outline = true}),
    row(25, "unified_code",     {"统一社会信用代码", "Unified credit code"}, text(18, Check::UnifiedCode), kSame, O|I, NR, kOn, {.unique = true, .aliases = "信用代码|社会信用代码|USCC", .identifies = true}),
    row(26, "tax_no",           {"税务登记号", "Tax number"}, text(20),             kSame, O|I, NR, kOn, {.aliases = "税号|纳税人识别号", .blanks = true, .identifies = true}),
    row(27, "id_no",            {"身份证件号", "Identity number"}, text(18, Check::IdNumber), k2, O|I, NR, kMask, {.aliases = "身份证号|证件号", .identifies = true}),
    row(28, "legal_rep",        {"法人代表", "Legal representative"}, text(60),     kSame, O|I, HA, kOn, {.aliases = "法定代表人|法人|所有者"}),
    row(29, "owners",           {"所有者构成", "Owners"}, json(2000, Check::Shares), k2, O|I, NR, kGrant, {.aliases = "股东"}),
    row(30, "founded_on",       {"成立时间", "Founded on"}, date(Check::NotFuture), kSame, O|I, HA, kOn, {.aliases = "成立日期"}),
    row(31, "enterprise_nature", {"企业性质", "Enterprise nature"}, one_of(choices::kEnterpriseNature), k0, O|I, HA, kOn),
    row(32, "registration_info", {"注册资料", "Registration"}, text(500),           kSame, O|I, HA, kOn),
    row(33, "registered_capital_fen", {"注册资本", "Registered capital"}, kMoney,   kSame, O|I, HA, kOn),
    row(34, "assets_fen",       {"资产", "Assets"}, kMoney,                         kSame, O|I, HA, kOn),
    row(35, "industry_code",    {"所属行业", "Industry"}, usually(40, choices::kIndustry, Check::Industry), k0, O|I, HA, kOn, {.aliases = "行业"}),
    row(36, "business_scope",   {"经营范围", "Business scope"}, text(500),          k0, O|I, LW, kOn),
    row(37, "key_business",     {"关键业务", "Key business"}, text(300),            kSame, O|I, LW, kOn, {.aliases = "主营业务"}),
    row(38, "business_need",    {"业务需求", "Business need"}, text(500),           kSame, O|S|I, LW, kOn, {.aliases = "需求"}),
    row(39, "coop_intention",   {"合作意向", "Cooperation intention"}, one_of(choices::kCoopIntention), kSame, O, LW, kOn),
    row(40, "market",           {"市场", "Market"}, one_of(choices::kMarket),       k0, O|I, HA, kOn, {.required = true, .preset = "domestic"}),
    row(41, "directness",       {"直接/间接", "Directness"}, one_of(choices::kDirectness), k0, O|I, HA, kOn, {.required = true, .preset = "direct"}),
    row(42, "country",          {"国家", "Country"}, text(2, Check::Country),       k0, O|I, HA, kOn, {.preset = "CN", .aliases = "国别"}),
    row(43, "province",         {"省", "Province"}, text(6, Check::Province),       k0, O|I, HA, kOn, {.group = "address", .aliases = "省份"}),
    row(44, "city",             {"市", "City"}, text(6, Check::City),               k0, O|I, HA, kOn, {.group = "address", .aliases = "城市"}),
    row(45, "district",         {"区", "District"}, text(6, Check::District),       k0, O|I, HA, kOn, {.group = "address", .aliases = "区县"}),
    row(46, "street_address",   {"街道门牌", "Street address"}, text(200),          kSame, O|I, HA, kOn, {.group = "address", .aliases = "地址|详细地址|注册地址|通讯地址|Address"}),
    row(47, "postcode",         {"邮编", "Postcode"}, text(10),                     k0, O|I, HA, kOn, {.group = "address", .aliases = "邮政编码|postalCode|Zip", .blanks = true}),
    row(48, "geo",              {"坐标", "Coordinates"}, text(24, Check::Geo),      kSame, O, LW, kOn),
    row(49, "industrial_zone",  {"工业区", "Industrial zone"}, text(40),            k0, O|I, LW, kOn),
    row(50, "phone_main",       {"总机", "Main phone"}, text(30, Check::Phone),     kSame, O|S|I, LW, kOn, {.aliases = "电话|联系电话|公司电话|Phone"}),
    row(51, "fax",              {"传真", "Fax"}, text(30, Check::Phone),            kSame, O|S|I, LW, kOn, {.aliases = "传真号码"}),
    row(52, "email_main",       {"邮箱", "Email"}, text(120, Check::Email),         kSame, O|S|I, LW, kOn, {.aliases = "电子邮箱|电子邮件|E-mail"}),
    row(53, "website",          {"网站", "Website"}, text(200),                     k0, O|I, LW, kOn, {.aliases = "网址|公司网址|主页", .blanks = true}),
    row(54, "org_structure_note", {"组织架构与管理体系", "Organisation structure"}, text(2000), kSame, O|I, LW, kOn, {.aliases = "组织架构"}),
    row(55, "qualifications_note", {"资质", "Qualifications"}, text(1000),          kSame, O|I, LW, kOn),
    row(56, "first_contact_at", {"首次接触时间", "First contact at"}, time(Check::NotFuture), k0, O|S, IM, kOn, {.required = true, .preset = "now"}),
    row(57, "first_trade_on",   {"与本公司交易时间", "First trade on"}, date(Check::NotFuture), kSame, Y|I, CP, kOn, {.aliases = "首次交易时间"}),
    row(58, "source",           {"资料来源", "Source"}, one_of(choices::kSource),   k0, O|S|I, IM, kOn, {.required = true, .preset = "visit", .aliases = "来源"}),
    row(59, "source_detail",    {"来源说明", "Source detail"}, text(200),           k0, O|S|I, LW, kOn),
    row(60, "referrer_customer_id", {"介绍客户", "Referring customer"}, ref("customer"), kSame, O, LW, kOn),
    row(61, "collector_user_id", {"收集人", "Collector"}, ref("user"),              k0, Y, IM, kOn, {.preset = kAuthor}),
    row(62, "owner_user_id",    {"负责业务员", "Owner"}, ref("user"),               k0, W, SV, kOn, {.directory = true, .preset = kAuthor, .aliases = "业务员|直接责任人", .outline = true}),
    row(63, "service_user_id",  {"负责客服", "Service staff"}, ref("user"),         k0, C|W, SV, kOn, {.directory = true, .aliases = "客服"}),
    row(64, "custodian_user_id", {"专责维护人", "Custodian"}, ref("user"),          k0, C|W, SV, kOn),
    row(65, "region_id",        {"区域", "Region"}, ref("region"),                  k0, W, SV, kOn, {.directory = true, .preset = kAuthorRegion}),
    row(66, "department_id",    {"归口部门", "Department"}, ref("department"),      k0, W, SV, kOn, {.directory = true, .preset = kAuthorDepartment}),
    row(67, "file_state",       {"档案状态", "File state"}, one_of(choices::kFileState), k0, W, SV, kOn, {.directory = true, .preset = "draft"}),
    row(68, "relation_status",  {"客户状态", "Relation status"}, one_of(choices::kRelationStatus), k0, Y|W, SV, kOn, {.directory = true}),
    row(69, "status_override",  {"人工状态", "Status set by hand"}, one_of(choices::kRelationStatus), kSame, W, SV, kOn, {.group = "status_override"}),
    row(70, "status_override_until", {"人工状态至", "Status by hand until"}, date(), kSame, W, SV, kOn, {.group = "status_override"}),
    row(71, "lost_on",          {"流失日期", "Lost on"}, date(Check::NotFuture),    kSame, O|W, NR, kOn, {.group = "loss"}),
    row(72, "loss_reason",      {"流失原因", "Reason of loss"}, text(500),          kSame, O|W, NR, kOn, {.group = "loss"}),
    row(73, "grade",            {"客户等级", "Grade"}, one_of(choices::kGrade),     kSame, Y|W, SV, kOn, {.aliases = "等级"}),
    row(74, "grade_override_until", {"等级人工调整至", "Grade by hand until"}, date(), kSame, W, SV, kOn),
    row(75, "credit_class",     {"信用类别", "Credit class"}, one_of(choices::kCreditClass), k2, W, SV, kMask),
    row(76, "is_key",           {"重点客户", "Key customer"}, kYesNo,               kSame, Y|C, SV, kOn),
    row(77, "strategic_flag",   {"直接影响公司权益", "Strategic"}, kYesNo,          k2, W, SV, kOff),
    row(78, "secret_reason",    {"涉密事由", "Reason of secrecy"}, set_of(choices::kSecretReason), k2, W, SV, kOff),
    row(79, "marketing_strategy_note", {"特殊营销策略", "Marketing strategy"}, text(4000), k2, M|D|C, NR, kOff),
    row(80, "lead_validity",    {"有效性", "Validity"}, one_of(choices::kLeadValidity), k0, O|S|I, HA, kOn, {.required = true, .preset = "unconfirmed"}),
    row(81, "confirmed_at",     {"确认时间", "Confirmed at"}, time(Check::NotFuture), k0, O|S|I, LW, kOn, {.group = "confirmation"}),
    row(82, "confirmed_method", {"确认方式", "Confirmed by"}, one_of(choices::kConfirmedMethod), k0, O|S|I, LW, kOn, {.group = "confirmation"}),
    row(83, "payment_method",   {"付款方式", "Payment method"}, one_of(choices::kPaymentMethod), kSame, W, SV, kOn),
    row(84, "completeness_bp",  {"完整度", "Completeness"}, kPercent,               k0, Y, CP, kOn),
    row(85, "last_verified_at", {"最近核定", "Last verified at"}, time(),           k0, W, SV, kOn),
    row(86, "next_review_on",   {"下次核定", "Next review on"}, date(),             k0, Y, CP, kOn),
    row(87, "retention_class",  {"保管期限类", "Retention class"}, text(24),        k0, Y|C, SV, kOff),
    row(88, "remark",           {"备注", "Remark"}, text(2000),                     kSame, O|S|I, LW, kOn, {.aliases = "说明|Notes"}),
    row(89, "alias_numbers",    {"并入编号", "Numbers merged into it"}, list(24),   k0, W, SV, kOn, {.directory = true}),
    row(90, "place_text",       {"地区（原文）", "Place as written"}, text(120),    k0, O|I, HA, kOn, {.group = "address"}),
    row(91, "phones_other",     {"其他电话", "Other phones"}, list(30, Check::Phone), kSame, O|S|I, UN, kOn, {.aliases = "电话2|其它电话"}),
    row(92, "id_kind",          {"证件类型", "Kind of identity document"}, one_of(choices::kIdKind), kSame, O|I, HA, kOn, {.aliases = "证件种类|身份证件类型"}),
    row(93, "submitted_at",     {"提交时间", "Submitted at"}, time(),               k0, W, SV, kOn),
    // Decided as it is submitted, by what its region inspects, and by lot (D-02).
    row(94, "inspection_waived", {"免核实", "Inspection waived"}, kYesNo,           k0, W, SV, kOn),
    row(95, "duplicate_of_id",  {"与之重复", "Duplicate of"}, ref("customer"),      k0, W, SV, kOff),
    // When the office took the superior's signature: what is checked is checked after it.
    row(96, "reviewed_at",      {"上级审核时间", "Reviewed at"}, time(),            k0, W, SV, kOn),
    // Drawn once; inspected where it lies below the share its region inspects.
    row(97, "inspection_lot",   {"抽查位次", "Place in the sample"}, kPercent,      k0, W, SV, kOn),
    row(98, "campaign_id",      {"专项调查", "Survey campaign"}, ref("survey_campaign"), k0, O|S|I, LW, kOn),
    // Set as an import makes the file, and never after: the batch is what is signed.
    row(99, "import_batch_id",  {"导入批次", "Import batch"}, ref("import_batch"),  k0, W, SV, kOff),
};

inline constexpr std::array kCustomerFeatureFields{
    row(16, "customer_id",           {"客户", "Customer"}, ref("customer"),          k0, O, IM, kOn, {.required = true, .unique = true}),
    row(17, "service_area",          {"服务区域", "Service area"}, text(300),        kSame, O, LW, kOn),
    row(18, "selling_capacity",      {"销售能力", "Selling capacity"}, one_of(choices::kStrength), kSame, O, LW, kOn, {.group = "selling_capacity"}),
    row(19, "selling_capacity_note", {"销售能力说明", "Selling capacity note"}, text(300), kSame, O, LW, kOn, {.group = "selling_capacity"}),
    row(20, "growth_potential",      {"发展潜力", "Growth potential"}, one_of(choices::kPotential), kSame, O, LW, kOn, {.group = "growth_potential"}),
    row(21, "growth_potential_note", {"发展潜力说明", "Growth potential note"}, text(300), kSame, O, LW, kOn, {.group = "growth_potential"}),
    row(22, "culture",               {"公司文化", "Company culture"}, text(500),     kSame, O, LW, kOn),
    row(23, "business_policy",       {"经营方针与政策", "Business policy"}, text(1000), kSame, O, LW, kOn),
    row(24, "employee_count",        {"员工人数", "Employees"}, whole(0, 100'000'000), kSame, O|I, HA, kOn),
    row(25, "annual_sales_fen",      {"销售额", "Annual sales"}, kMoney,             kSame, O|I, HA, kOn, {.group = "annual_sales", .aliases = "营业额|年销售额"}),
    row(26, "annual_sales_year",     {"销售额年度", "Year of annual sales"}, whole(1900, 2999), kSame, O|I, HA, kOn, {.group = "annual_sales"}),
    row(27, "management_traits",     {"经营管理特点", "Management traits"}, text(500), kSame, O, LW, kOn),
    row(28, "business_trend",        {"业务发展趋势", "Business trend"}, text(500),  kSame, O, LW, kOn),
    row(29, "buying_habits",         {"消费习惯", "Buying habits"}, text(500),       kSame, O|S, LW, kOn),
    row(30, "spend_level",           {"消费等级", "Spending level"}, one_of(choices::kSpendLevel), kSame, O|S, LW, kOn),
};

inline constexpr std::array kProcurementProfileFields{
    row(16, "customer_id",        {"客户", "Customer"}, ref("customer"),             k0, O, IM, kOn, {.required = true, .unique = true}),
    row(17, "purchase_procedure", {"购买程序", "Purchase procedure"}, text(1500),    kSame, O, LW, kOn),
    row(18, "decision_traits",    {"采购决策特征", "Decision traits"}, text(800),    kSame, O, LW, kOn),
    row(19, "deciders",           {"决策人", "Deciders"}, refs("contact"),           k1, O, UN, kOn),
    row(20, "budget_cycle",       {"预算周期", "Budget cycle"}, text(60),            kSame, O, LW, kOn),
};

inline constexpr std::array kDemandPlanFields{
    row(16, "customer_id",    {"客户", "Customer"}, ref("customer"),                 k0, O, IM, kOn, {.required = true}),
    row(17, "need",           {"需求", "Need"}, text(300),                           kSame, O|S, LW, kOn, {.required = true}),
    row(18, "investment_fen", {"投资规模", "Investment"}, kMoney,                    kSame, O, HA, kOn),
    row(19, "planned_on",     {"计划时间", "Planned on"}, date(),                    kSame, O, LW, kOn),
    row(20, "state",          {"计划状态", "Plan state"}, one_of(choices::kDemandState), kSame, O, LW, kOn, {.preset = "open", .aliases = "状态"}),
};
// clang-format on

}  // namespace table

/// Files that lack what their stage asks are the service manager's to work through.
inline constexpr std::array kCustomerScenes{
    Scene{{"资料不全", "Incomplete"}, "completeness_bp<100"},
};
inline constexpr Kind kCustomer{.tag = 16,
                                .name = "customer",
                                .label = {"客户", "Customer"},
                                .fields = table::kCustomerFields,
                                .level = Level::L1,
                                .belongs = Belongs::Customer,
                                .list_columns =
                                    "customer_no|name|owner_user_id|region_id|"
                                    "file_state|relation_status",
                                .list_order = "name_pinyin",
                                .scenes = kCustomerScenes,
                                .list_filters =
                                    "city|grade|file_state|relation_status|region_id|"
                                    "party_kind|province",
                                .known_by = "customer_no|provisional_no|name|short_name",
                                .person_when = "party_kind=person"};
inline constexpr Kind kCustomerFeature{
    .tag = 19,
    .name = "customer_feature",
    .label = {"客户特征", "Customer feature"},
    .fields = table::kCustomerFeatureFields,
    .level = Level::L1,
    .belongs = Belongs::Customer,
    .parent = "customer_id",
    .title = "service_area",
    .list_columns = "customer_id|service_area|employee_count|spend_level"};
inline constexpr Kind kProcurementProfile{
    .tag = 20,
    .name = "procurement_profile",
    .label = {"采购特征", "Procurement profile"},
    .fields = table::kProcurementProfileFields,
    .level = Level::L1,
    .belongs = Belongs::Customer,
    .parent = "customer_id",
    .title = "purchase_procedure",
    .list_columns = "customer_id|purchase_procedure|budget_cycle"};
inline constexpr Kind kDemandPlan{
    .tag = 21,
    .name = "demand_plan",
    .label = {"需求计划", "Demand plan"},
    .fields = table::kDemandPlanFields,
    .level = Level::L1,
    .belongs = Belongs::Customer,
    .parent = "customer_id",
    .title = "need",
    .list_columns = "customer_id|need|investment_fen|planned_on|state",
    .list_order = "planned_on"};

}  // namespace dossier::catalog
