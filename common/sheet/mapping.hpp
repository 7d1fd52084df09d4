// Which column of a table is which field: by heading, or by a mapping file. Source: R-048, ux 6.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "common/base/result.hpp"
#include "common/base/value.hpp"
#include "common/catalog/catalog.hpp"

namespace dossier::sheet {

/// What a mapping file says. TOML:
///   [columns]                 heading = "field", "contact.field", or "" to leave the column out
///   "公司全称" = "name"
///   "联系人" = "contact.name"
///   [constants]               field = text used for every row that says nothing
///   market = "domestic"
struct Rules {
    std::map<std::string, std::string> columns;
    std::map<std::string, std::string> constants;
};
/// Errors: sheet.mapping_file with what is wrong and where; tabular.cannot_open, file_too_large.
Result<Rules> read_rules(const std::filesystem::path& path);

/// A column that means something: a field of the record, or of the contact that comes with it.
struct Column {
    std::size_t at = 0;
    std::string heading;
    const catalog::Kind* kind = nullptr;
    const catalog::Field* field = nullptr;
    std::size_t contact = 0;  ///< of the contacts of a row the one this column is of, from 0
};

struct Mapping {
    const catalog::Kind* kind = nullptr;
    std::vector<Column> columns;        ///< several may hold one field
    std::vector<std::string> repeated;  ///< headings of a field that has a column already
    std::vector<std::pair<const catalog::Field*, std::string>> constants;
    /// Headings nothing was done with, "#3" for a third column without one: shown before anything
    /// is written.
    std::vector<std::string> ignored;
};
/// Each column of names begins a contact of its own, with the columns that stand around it or bear
/// its number: "联系人 手机 联系人 手机", "联系人1 手机1 联系人2 手机2".
/// Errors: sheet.unknown_field for a rule naming no field, sheet.no_columns when nothing matched.
Result<Mapping> map_columns(const catalog::Kind& kind,
                            const std::vector<std::string>& header,
                            const Rules& rules);

/// How many of these cells `map_columns` would find a field for.
std::size_t known_headings(const catalog::Kind& kind,
                           const Rules& rules,
                           const std::vector<std::string>& cells);

/// Whether one of them is a field no record of the kind can do without: a cover may hold a heading
/// by chance ("说明"), a list of customers has their names.
bool has_required(const catalog::Kind& kind,
                  const Rules& rules,
                  const std::vector<std::string>& cells);

}  // namespace dossier::sheet
