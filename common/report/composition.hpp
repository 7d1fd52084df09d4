// RP-06, how many customers there are of each sort, and what share that is, by every way they are
// classed: fields of their files and the company's own schemes. As the files stand now; of files
// that are in force. Source: domain 5 RP-06, R-080, R-236.
#pragma once

#include <array>

#include "common/catalog/classification.hpp"
#include "common/catalog/customer.hpp"
#include "common/report/report.hpp"

namespace dossier::report {

/// Sections: one for each field of the first source, then those of the others. Errors: none.
std::vector<Rows> fold_composition(const Report& report,
                                   std::span<const Fact> facts,
                                   const Question& question);

namespace composition {

using access::Role;

inline constexpr std::array<std::string_view, 9> kOfCustomer{
    "industry_code", "enterprise_nature", "region_id", "relation_status", "market", "directness",
    "grade",         "party_kind",        "party_role"};
inline constexpr std::array<std::string_view, 1> kOfFeature{"spend_level"};
inline constexpr std::array<std::string_view, 2> kOfClass{"scheme_id", "class"};
inline constexpr std::array kSources{
    Source{.over = &catalog::kCustomer, .tells = kOfCustomer},
    Source{.over = &catalog::kCustomerFeature, .tells = kOfFeature},
    Source{.over = &catalog::kCustomerClassification, .tells = kOfClass},
};

inline constexpr std::array kBySort{
    Column{"class", {"类别", "Class"}, Unit::Words},
    Column{"count", {"客户数", "Customers"}, Unit::Count},
    Column{"share", {"占比", "Share"}, Unit::Share},
};
inline constexpr std::array kByScheme{
    Column{"scheme", {"分类标准", "Scheme"}, Unit::Record},
    Column{"class", {"类别", "Class"}, Unit::Words},
    Column{"count", {"客户数", "Customers"}, Unit::Count},
    Column{"share", {"占比", "Share"}, Unit::Share},
};
inline constexpr std::array kSections{
    Section{"industry_code", {"按行业", "By industry"}, kBySort},
    Section{"enterprise_nature", {"按企业性质", "By nature"}, kBySort},
    Section{"region_id", {"按区域", "By region"}, kBySort},
    Section{"relation_status", {"按客户状态", "By status"}, kBySort},
    Section{"market", {"按市场", "By market"}, kBySort},
    Section{"directness", {"直接与间接", "Direct and indirect"}, kBySort},
    Section{"grade", {"按等级", "By grade"}, kBySort},
    Section{"party_kind", {"企业与个人", "Enterprises and persons"}, kBySort},
    Section{"party_role", {"按往来角色", "By role"}, kBySort},
    Section{"spend_level", {"按消费等级", "By spending level"}, kBySort},
    Section{"class", {"按分类标准", "By scheme"}, kByScheme},
};

/// The row "run/publish RP-01…09" of domain 3.3.
inline constexpr std::array kReaders{
    Reader{Role::ServiceSupervisor, Whose::All},  Reader{Role::DeptManager, Whose::Department},
    Reader{Role::RegionalManager, Whose::Region}, Reader{Role::MarketManager, Whose::All},
    Reader{Role::MarketingDirector, Whose::All},  Reader{Role::ServiceManager, Whose::All},
    Reader{Role::PlanningAnalyst, Whose::All},    Reader{Role::GeneralManager, Whose::All},
};

}  // namespace composition

inline constexpr Report kComposition{
    .code = "RP-06",
    .label = {"客户构成", "Customer composition"},
    .help = {"现有正式和归档客户按行业、区域、状态、等级等的户数与占比",
             "how many customers there are now by industry, region, status, grade and the like"},
    .usual = Grain::Monthly,
    .sources = composition::kSources,
    .sections = composition::kSections,
    .readers = composition::kReaders,
    .schedule = {.every = Grain::Monthly, .day = 3},
    .fold = fold_composition};

}  // namespace dossier::report
