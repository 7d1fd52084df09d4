// The columns every record has; tags 1-15. The door sets them: no person writes one directly, so
// none is `required` of a new record. id, time and version are not fields: the stores keep them.
// Source: domain 2.1.
#pragma once

#include "common/catalog/choices.hpp"
#include "common/catalog/table.hpp"

namespace dossier::catalog::table {

// One row is one field, as in the tables of the domain.
// clang-format off
inline constexpr std::array kCommonFields{
    row(kCreatedAt,     "created_at",     {"建立时间", "Created at"}, time(),          k0, Y, IM, kOn),
    row(kCreatedBy,     "created_by",     {"建立人", "Created by"}, ref("user"),       k0, Y, IM, kOn),
    row(kCreatedDevice, "created_device", {"建立终端", "Created on"}, ref("device"),   k0, Y, IM, kOn),
    row(kSecrecyLevel,  "secrecy_level",  {"密级", "Secrecy level"}, named(0, 3, choices::kLevel), k0, W, SV, kOn),
    row(kDeletedAt,     "deleted_at",     {"删除时间", "Deleted at"}, time(),          k0, W, SV, kOn),
    row(kMergedInto,    "merged_into_id", {"并入", "Merged into"}, ref(""),  /* of its own kind */ k0, W, SV, kOn),
    row(7,              "legal_hold",     {"法律保留", "Legal hold"}, kYesNo,          k0, W, SV, kOn),
};
// clang-format on

}  // namespace dossier::catalog::table
