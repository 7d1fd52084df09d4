// What can be wrong with an import besides its values (catalog) and its file (tabular).
#pragma once

#include "common/base/result.hpp"

namespace dossier::sheet {

inline constexpr Fault kMappingFile{
    "sheet.mapping_file",
    ErrorCode::Malformed,
    {"映射文件 {} 有误：{}", "mapping file {}: {}"},
    {"见 dossier schema 中的字段名", "see the field names in dossier schema"}};
inline constexpr Fault kUnknownField{"sheet.unknown_field",
                                     ErrorCode::Usage,
                                     {"没有字段 {}", "there is no field {}"},
                                     {"见 dossier schema", "see dossier schema"}};
inline constexpr Fault kNoColumns{
    "sheet.no_columns",
    ErrorCode::Malformed,
    {"没有一列能对应到字段：{}", "no column matches a field: {}"},
    {"改列名，或用 --map 指定映射文件", "rename the columns or give a mapping file with --map"}};
inline constexpr Fault kUnknownReference{
    "sheet.unknown_reference",
    ErrorCode::NotFound,
    {"{}：找不到“{}”", "{}: there is no \"{}\""},
    {"写登录名、姓名、代码或名称，须已存在", "write an existing login, name or code"}};
inline constexpr Fault kSeveralMatches{
    "sheet.several_matches",
    ErrorCode::Conflict,
    {"与 {} 条已有记录相符：{}", "matches {} existing records: {}"},
    {"补上客户编号或统一社会信用代码", "add the customer number or unified code"}};

}  // namespace dossier::sheet
