// Files a clerk loads from a table, put to the service manager as one: import_batch (导入批次).
// Source: domain WF-01, R-031, approval kind file_admit.
#pragma once

#include "common/catalog/table.hpp"

namespace dossier::catalog {
namespace choices {

inline constexpr std::array kBatchState{
    Choice{"loading", {"导入中", "being loaded"}},
    Choice{"in_review", {"审批中", "waits for approval"}},
    Choice{"admitted", {"已批准", "approved"}},
    Choice{"posted", {"已入库", "posted"}},
    Choice{"refused", {"未批准", "not approved"}},
};

}  // namespace choices

namespace table {

// Who may post a file may load some of them.
inline constexpr Writers kLoaders = kClerk | kSupervisor | kServiceManager;

// One row is one field, as in the tables of the domain.
// clang-format off
inline constexpr std::array kImportBatchFields{
    row(16, "name",        {"批次名称", "Name of the batch"}, text(80),      k0, kLoaders, IM, kOff, {.required = true, .aliases = "名称"}),
    row(17, "origin",      {"资料出处", "Where the data come from"}, text(200), k0, kLoaders, IM, kOff),
    row(18, "state",       {"状态", "State"}, one_of(choices::kBatchState),  k0, W, SV, kOff, {.preset = "loading"}),
    row(19, "files",       {"档案数", "Files"}, whole(0, INT64_MAX),         k0, W, SV, kOff),
    row(20, "posted",      {"已入库数", "Files posted"}, whole(0, INT64_MAX), k0, W, SV, kOff),
    row(21, "held",        {"未能入库数", "Files held up"}, whole(0, INT64_MAX), k0, W, SV, kOff),
    row(22, "submitted_at", {"送审时间", "Sent to review at"}, time(),        k0, W, SV, kOff),
    row(23, "decided_at",  {"审批时间", "Decided at"}, time(),               k0, W, SV, kOff),
    row(24, "remark",      {"审批意见", "Why so decided"}, text(500),        k0, W, SV, kOff),
};
// clang-format on

}  // namespace table

inline constexpr Kind kImportBatch{.tag = 10,
                                   .name = "import_batch",
                                   .label = {"导入批次", "Import batch"},
                                   .fields = table::kImportBatchFields,
                                   .level = Level::L0,
                                   .belongs = Belongs::Organisation,
                                   .list_columns = "name|origin|files|posted|held|state",
                                   .made_by = MadeBy::Letters};

}  // namespace dossier::catalog
