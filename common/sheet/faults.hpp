// What can be wrong with an import besides its values (catalog) and its file (tabular).
#pragma once

#include "common/base/result.hpp"

namespace dossier::sheet {

inline constexpr Fault kMappingFile{
    "sheet.mapping_file",
    ErrorCode::Malformed,
    {"映射文件 {} 有误：{}", "mapping file {}: {}"},
    {"见 {do:schema} 中的字段名", "see the field names in {do:schema}"}};
inline constexpr Fault kUnknownField{
    "sheet.unknown_field",
    ErrorCode::Usage,
    {"没有字段 {}", "there is no field {}"},
    {"相近的有：{}；全部见 {do:schema}", "close ones: {}; all are in {do:schema}"}};
inline constexpr Fault kNoColumns{"sheet.no_columns",
                                  ErrorCode::Malformed,
                                  {"没有一列能对应到字段：{}", "no column matches a field: {}"},
                                  {"改列名，或用 {in:map} 指定映射文件",
                                   "rename the columns or give a mapping file with {in:map}"}};
inline constexpr Fault kHeaderRow{
    "sheet.header_row",
    ErrorCode::Usage,
    {"{in:header-row} 的“{}”不是行号", "{in:header-row}: \"{}\" is no row number"},
    {"写表头所在的行号，从 1 数起", "give the number of the row, from 1"}};
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
inline constexpr Fault kUnclearMatch{
    "sheet.unclear_match",
    ErrorCode::Conflict,
    {"“{}”可能是已有的 {}，也可能是另一个，未导入",
     "\"{}\" may be the existing {} or another one; nothing was stored"},
    {"补上客户编号、统一社会信用代码、身份证件号或电话，或手工录入",
     "add the customer number, unified code, identity number or phone, or enter it by hand"}};

// What became of a row that is there already. The first argument names the record.
inline constexpr Fault kHeld{"sheet.held",
                             ErrorCode::Conflict,
                             {"已有“{}”，内容相同", "\"{}\" is there and says the same"},
                             {"无需处理", "nothing to do"}};
inline constexpr Fault kHeldOtherwise{
    "sheet.held_otherwise",
    ErrorCode::Conflict,
    {"已有“{}”；与其不同而未改动的列：{}",
     "\"{}\" is there; columns that differ and were left: {}"},
    {"要按文件改动请加 {in:update}", "add {in:update} to change it as the file says"}};

// Cells, and contacts, that are left out while their row is taken.
inline constexpr Fault kShortenedNumber{
    "sheet.shortened_number",
    ErrorCode::Malformed,
    {"{} 的值“{}”是表格软件缩短了的数字，其余各位已丢失",
     "{}: \"{}\" is a number a spreadsheet shortened; its other digits are lost"},
    {"把该列设为文本格式，重新填写完整的号码",
     "make the column text and fill the number in again"}};
inline constexpr Fault kSecondNumber{
    "sheet.second_number",
    ErrorCode::Malformed,
    {"{} 一格有几个号码，“{}”未导入", "{}: one cell holds several numbers; \"{}\" was left out"},
    {"另填一列，或作为联系人的电话", "give it a column of its own, or make it a contact's"}};
inline constexpr Fault kSecondColumn{
    "sheet.second_column",
    ErrorCode::Conflict,
    {"{} 这一项有两列，后一列的“{}”与前一列不同，未导入",
     "two columns hold {}; \"{}\" of the later one differs and was left out"},
    {"删去或改名其中一列", "delete or rename one of them"}};
inline constexpr Fault kSameDoubtful{
    "sheet.same_doubtful",
    ErrorCode::Conflict,
    {"{} 的“{}”与 {} 相同，未核，两条都保留",
     "{}: \"{}\" is that of {}, too; it is unverified, both are kept"},
    {"对照证照核对；确是同一客户的由办公室合并",
     "compare it with the documents; if they are one, the office merges them"}};
inline constexpr Fault kOtherIdKind{
    "sheet.other_id_kind",
    ErrorCode::Malformed,
    {"证件号不是“{}”的号码，证件类型未导入",
     "the identity number is none of a \"{}\"; the kind was left out"},
    {"核对证件类型与号码", "compare the kind of document with its number"}};
/// Told once for a column and word, not for each row.
inline constexpr Fault kPlaceholder{
    "sheet.placeholder",
    ErrorCode::Partial,
    {"{} 的“{}”不是值，按空白处理；此列以下各行相同的不再列出",
     "{}: \"{}\" is no value and was left out, here and in later rows of the column"},
    {"有了值再填写", "fill it in when the value is known"}};
inline constexpr Fault kTotalRow{
    "sheet.total_row",
    ErrorCode::Malformed,
    {"“{}”是合计行，不是一条记录", "\"{}\" is a row of totals, not a record"},
    {"无需处理", "nothing to do"}};
inline constexpr Fault kNamelessContact{
    "sheet.nameless_contact",
    ErrorCode::Malformed,
    {"联系人没有姓名，“{}”未导入", "a contact without a name; \"{}\" was left out"},
    {"补上联系人姓名，或填到总机", "add the name of the contact, or make it the main phone"}};
inline constexpr Fault kContactLeft{
    "sheet.contact_left",
    ErrorCode::Conflict,
    {"客户已有档案，联系人“{}”未写入", "the customer is there; contact \"{}\" was not stored"},
    {"要写入请加 {in:update}", "add {in:update} to store it"}};
inline constexpr Fault kContactUnclear{
    "sheet.contact_unclear",
    ErrorCode::Conflict,
    {"联系人“{}”可能是已有的 {}，也可能是另一人，未写入",
     "contact \"{}\" may be the existing {} or another person; it was not stored"},
    {"补上已有的号码，或手工录入", "add a number that is known, or enter it by hand"}};

}  // namespace dossier::sheet
