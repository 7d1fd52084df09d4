// What a file is by its first bytes, whatever its name says: a table this folder reads, or one of
// the things people take for one, called what it is.
#pragma once

#include <filesystem>

#include "common/tabular/table.hpp"

namespace dossier::tabular {

inline constexpr Fault kOldExcel{
    "tabular.old_excel",
    ErrorCode::Malformed,
    {"文件 {} 是旧的 .xls 格式", "file {} is in the old .xls format"},
    {"在表格软件里另存为 .xlsx 或 .csv", "save it as .xlsx or .csv in the spreadsheet program"}};
inline constexpr Fault kProtectedWorkbook{
    "tabular.protected_workbook",
    ErrorCode::Malformed,
    {"文件 {} 是加了密码的工作簿", "file {} is a workbook protected by a password"},
    {"在表格软件里打开，去掉密码后另存", "open it, take the password away and save it again"}};
inline constexpr Fault kWebPage{
    "tabular.web_page",
    ErrorCode::Malformed,
    {"文件 {} 是网页（HTML），只是扩展名像工作簿",
     "file {} is a web page (HTML) with the name of a workbook"},
    {"在表格软件里打开，另存为 .xlsx 或 .csv",
     "open it in the spreadsheet program and save it as .xlsx or .csv"}};
inline constexpr Fault kOtherForm{
    "tabular.other_form",
    ErrorCode::Malformed,
    {"文件 {} 是 {}，不是 .xlsx 或 .csv", "file {} is {}, not .xlsx or .csv"},
    {"在表格软件里打开，另存为 .xlsx 或 .csv",
     "open it in the spreadsheet program and save it as .xlsx or .csv"}};

/// The format to read it in. Errors: kCannotOpen, kOldExcel, kProtectedWorkbook, kWebPage,
/// kOtherForm.
Result<Format> form_of(const std::filesystem::path& path);

}  // namespace dossier::tabular
