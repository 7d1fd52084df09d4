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

/// An older database in a folder that may not be written.
inline constexpr Fault kCannotUpgrade{
    "store.cannot_upgrade",
    ErrorCode::NoSpace,
    {"数据库须先升级，但所在目录不可写",
     "the database must be upgraded, and its folder may not be "
     "written"},
    {"检查目录权限后重试", "check the permissions of the folder and retry"}};

/// Brings `db` from its user_version to `steps.size()`, step by step, then the catalog's tables.
/// `application_id` marks what sort of store this is. Errors: kNewerSchema, kCannotUpgrade.
Status migrate(Connection& db,
               std::span<const std::string_view> steps,
               std::int32_t application_id);

}  // namespace dossier::sqlite
