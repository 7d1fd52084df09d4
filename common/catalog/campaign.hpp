// A special survey of a region's industrial zones, by our own people or an agency: survey_campaign
// (专项调查). The files it brought name it. Source: domain 2.3.6, R-050, R-051.
#pragma once

#include "common/catalog/table.hpp"

namespace dossier::catalog {
namespace table {

// One row is one field, as in the tables of the domain.
// clang-format off
inline constexpr std::array kCampaignFields{
    row(16, "name",        {"调查名称", "Name of the survey"}, text(80),   k0, M|D, SV, kOn, {.required = true, .aliases = "名称"}),
    row(17, "region_id",   {"区域", "Region"}, ref("region"),             k0, M|D, SV, kOn, {.required = true}),
    row(18, "zones",       {"工业区", "Industrial zones"}, list(40),      k0, M|D, SV, kOn),
    row(19, "organiser",   {"组织者", "Organiser"}, text(60),             k0, M|D, SV, kOn),
    row(20, "agency_name", {"委托机构", "Agency"}, text(120),             k0, M|D, SV, kOn),
    row(21, "from_on",     {"开始日期", "From"}, date(),                  k0, M|D, SV, kOn, {.group = "term", .preset = "today"}),
    row(22, "to_on",       {"结束日期", "Until"}, date(),                 k0, M|D, SV, kOn, {.group = "term"}),
    row(23, "targets",     {"调查对象", "Who is surveyed"}, text(1000),   k0, M|D, SV, kOn),
};
// clang-format on

}  // namespace table

inline constexpr Kind kSurveyCampaign{
    .tag = 12,
    .name = "survey_campaign",
    .label = {"专项调查", "Survey campaign"},
    .fields = table::kCampaignFields,
    .level = Level::L0,
    .belongs = Belongs::Organisation,
    .list_columns = "from_on|to_on|name|region_id|zones|organiser|agency_name",
    .list_order = "from_on",
    .made_by = MadeBy::Administration};

}  // namespace dossier::catalog
