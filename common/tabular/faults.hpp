// Everything that can be wrong with a table file, in words for the person who made the file.
// Faults of one row have the row number, as a spreadsheet shows it, as their first argument.
#pragma once

#include "common/base/result.hpp"

namespace dossier::tabular {

// The file.
inline constexpr Fault kCannotOpen{"tabular.cannot_open",
                                   ErrorCode::NotFound,
                                   {"打不开文件 {}", "cannot open file {}"},
                                   {"检查路径和权限；须是普通文件",
                                    "check the path and the permissions; it must be an ordinary "
                                    "file"}};
inline constexpr Fault kFileExists{"tabular.file_exists",
                                   ErrorCode::Conflict,
                                   {"{} 已存在，不会覆盖", "{} exists and is not overwritten"},
                                   {"换一个文件名", "name another file"}};
inline constexpr Fault kFileTooLarge{
    "tabular.file_too_large",
    ErrorCode::Oversized,
    {"文件 {} 大于 {} 字节", "file {} is larger than {} bytes"},
    {"把文件拆成几个再导入", "split the file and import the parts"}};
inline constexpr Fault kNoHeader{
    "tabular.no_header",
    ErrorCode::Malformed,
    {"文件 {} 里没有表头", "file {} has no header row"},
    {"第一行写上各列的名称，或用 {in:header-row} 指明表头所在的行",
     "write the names of the columns in the first row, or name their row with {in:header-row}"}};
inline constexpr Fault kUnknownExtension{
    "tabular.unknown_extension",
    ErrorCode::Usage,
    {"不认识文件 {} 的扩展名", "file {} has an unknown extension"},
    {"使用 .csv 或 .xlsx", "use .csv or .xlsx"}};
inline constexpr Fault kCannotWrite{
    "tabular.cannot_write",
    ErrorCode::NoSpace,
    {"写不了文件 {}：{}", "cannot write file {}: {}"},
    {"检查磁盘空间和文件夹权限", "check the free space and the permissions of the folder"}};

// The encoding.
inline constexpr Fault kUnknownEncoding{
    "tabular.unknown_encoding",
    ErrorCode::Usage,
    {"没有编码“{}”", "there is no encoding \"{}\""},
    {"可用：utf-8、utf-16、gb18030、big5、cp1252、shift-jis、euc-kr",
     "use utf-8, utf-16, gb18030, big5, cp1252, shift-jis or euc-kr"}};
inline constexpr Fault kUnsureEncoding{
    "tabular.unsure_encoding",
    ErrorCode::Malformed,
    {"文件 {} 的编码不能确定，两种读法都可能：{}；或 {}",
     "the encoding of file {} is not certain; two readings are plausible: {}; or {}"},
    {"看哪一种读得对，写明 {in:encoding} {} 或 {}",
     "see which one reads right and say {in:encoding} {} or {}"}};

// One cell: it is left out, the rest of its row is read.
inline constexpr Fault kBadBytes{
    "tabular.bad_bytes",
    ErrorCode::Malformed,
    {"第 {} 行第 {} 列含有不是 {} 文字的字节", "row {}, column {} holds bytes that are not {}"},
    {"补填该格；若多处如此，用 {in:encoding} 指明编码",
     "fill the cell in again; where there are many, name the encoding with {in:encoding}"}};
inline constexpr Fault kCellTooLarge{
    "tabular.cell_too_large",
    ErrorCode::Oversized,
    {"第 {} 行第 {} 列的内容超过 {} 字节", "the cell in row {}, column {} is larger than {} bytes"},
    {"缩短内容，或改作附件", "shorten it, or make it an attachment"}};
inline constexpr Fault kRowTooLarge{
    "tabular.row_too_large",
    ErrorCode::Oversized,
    {"第 {} 行的内容合计超过 {} 字节", "the cells of row {} are larger than {} bytes together"},
    {"缩短内容，或改作附件", "shorten them, or make them attachments"}};
inline constexpr Fault kTextAfterQuote{
    "tabular.text_after_quote",
    ErrorCode::Malformed,
    {"第 {} 行第 {} 列在右引号之后还有文字", "row {}, column {} has text after its closing quote"},
    {"内容里的引号要写成两个", "write a quote inside the text twice"}};
inline constexpr Fault kErrorCell{
    "tabular.error_cell",
    ErrorCode::Malformed,
    {"第 {} 行第 {} 列是公式错误 {}", "row {}, column {} holds the formula error {}"},
    {"改正公式，或写上数值", "correct the formula, or write the value"}};
inline constexpr Fault kNoHeading{
    "tabular.no_heading",
    ErrorCode::Malformed,
    {"第 {} 行第 {} 列没有表头，内容是“{}”", "row {}, column {} has no heading; it holds \"{}\""},
    {"给该列写上表头，或删去内容", "give the column a heading, or delete the cell"}};

// One row.
inline constexpr Fault kRaggedRow{
    "tabular.ragged_row",
    ErrorCode::Malformed,
    {"第 {} 行应有 {} 列，实有 {} 列", "row {} should have {} columns but has {}"},
    {"检查该行的分隔符和引号", "check the separators and quotes of that row"}};
inline constexpr Fault kTooManyColumns{"tabular.too_many_columns",
                                       ErrorCode::Oversized,
                                       {"第 {} 行超过 {} 列", "row {} has more than {} columns"},
                                       {"删去多余的列", "delete the surplus columns"}};

// The rest of the table cannot be read.
inline constexpr Fault kOpenQuote{
    "tabular.open_quote",
    ErrorCode::Malformed,
    {"第 {} 行开始的引号没有结束", "the quote opened in row {} is never closed"},
    {"补上右引号", "add the closing quote"}};
inline constexpr Fault kTooManyRows{
    "tabular.too_many_rows",
    ErrorCode::Oversized,
    {"第 {} 行起超过 {} 行的上限", "from row {} on there are more than {} rows"},
    {"把表拆成几个文件", "split the table into several files"}};

// Workbooks.
inline constexpr Fault kNotWorkbook{
    "tabular.not_workbook",
    ErrorCode::Malformed,
    {"文件 {} 不是完好的工作簿：{}", "file {} is not an intact workbook: {}"},
    {"在表格软件里打开并另存一次", "open it in the spreadsheet program and save it again"}};
inline constexpr Fault kHostileWorkbook{
    "tabular.hostile_workbook",
    ErrorCode::Oversized,
    {"文件 {} 展开后过大或结构可疑：{}", "file {} unpacks to too much or looks hostile: {}"},
    {"向发件人核实；确属本单位文件时存为 .csv",
     "ask whoever sent it; if it is yours, save it as .csv"}};
inline constexpr Fault kNoSheet{"tabular.no_sheet",
                                ErrorCode::NotFound,
                                {"文件 {} 里没有工作表 {}", "file {} has no sheet {}"},
                                {"用 {in:sheet} 写出其中一个：{}", "name one with {in:sheet}: {}"}};
inline constexpr Fault kUnwritableCell{
    "tabular.unwritable_cell",
    ErrorCode::Malformed,
    {"第 {} 行第 {} 列不能写入工作簿：{}", "row {}, column {} cannot go into a workbook: {}"},
    {"导出为 .csv", "export as .csv"}};

}  // namespace dossier::tabular
