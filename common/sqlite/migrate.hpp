// Schema versions: numbered steps, forward only, all in one transaction.
#pragma once

#include <span>
#include <string_view>

#include "common/base/result.hpp"
#include "common/sqlite/connection.hpp"

namespace dossier::sqlite {

/// The database was written by a newer program; nothing was changed.
inline constexpr Fault kNewerSchema{
    "store.newer_schema",
    ErrorCode::Version,
    {"数据库版本 {} 比本程序支持的 {} 新", "the database has version {}, this program knows {}"},
    {"请升级程序", "upgrade this program"}};

/// Brings `db` from its user_version to `steps.size()`, step by step, then the catalog's tables.
/// `application_id` marks what sort of store this is. Errors: kNewerSchema.
Status migrate(Connection& db,
               std::span<const std::string_view> steps,
               std::int32_t application_id);

}  // namespace dossier::sqlite
