// What can be wrong with a value: one fault a sort. First argument is always the label of the
// field in both languages, second the offending value, shortened.
#pragma once

#include <span>

#include "common/base/result.hpp"

namespace dossier::catalog {

inline constexpr Fault kWrongType{"field.wrong_type",
                                  ErrorCode::Malformed,
                                  {"{} 的值“{}”类型不对", "{}: value \"{}\" has the wrong type"},
                                  {"应为{}", "give {}"}};
inline constexpr Fault kTooLong{"field.too_long",
                                ErrorCode::Oversized,
                                {"{} 的值“{}”太长", "{}: value \"{}\" is too long"},
                                {"最多 {} 个字", "use at most {} characters"}};
inline constexpr Fault kTooMany{"field.too_many",
                                ErrorCode::Oversized,
                                {"{} 的值“{}”项数太多", "{}: value \"{}\" has too many elements"},
                                {"最多 {} 项", "give at most {}"}};
inline constexpr Fault kForbiddenCharacter{
    "field.forbidden_character",
    ErrorCode::Malformed,
    {"{} 含有不能保存的字符", "{}: holds a character that cannot be stored"},
    {"去掉控制字符、改向字符或乱码后再填", "remove control, direction or broken characters"}};
inline constexpr Fault kOutOfRange{"field.out_of_range",
                                   ErrorCode::Malformed,
                                   {"{} 的值“{}”超出范围", "{}: value \"{}\" is out of range"},
                                   {"应在 {} 与 {} 之间", "give a value from {} to {}"}};
inline constexpr Fault kUnknownChoice{"field.unknown_choice",
                                      ErrorCode::Malformed,
                                      {"{} 没有“{}”这一选项", "{}: there is no choice \"{}\""},
                                      {"可选：{}", "choose one of: {}"}};
inline constexpr Fault kBadCheckDigit{
    "field.check_digit",
    ErrorCode::Malformed,
    {"{} 的值“{}”校验不通过", "{}: check digit of \"{}\" does not fit"},
    {"对照证件重新输入全部 18 位", "copy all 18 characters from the document again"}};
inline constexpr Fault kBadCode{
    "field.code",
    ErrorCode::Malformed,
    {"{} 的值“{}”不是代码", "{}: \"{}\" is not a code"},
    {"写证照上的 18 位代码；没有就留空", "give the 18 characters of the document, or nothing"}};
inline constexpr Fault kBadIdentity{
    "field.identity",
    ErrorCode::Malformed,
    {"{} 的值“{}”不符合证件类型“{}”", "{}: \"{}\" does not fit the kind of document \"{}\""},
    {"对照证件改正号码或证件类型", "correct the number or the kind of document"}};
inline constexpr Fault kBadPhone{
    "field.phone",
    ErrorCode::Malformed,
    {"{} 的值“{}”不是电话号码", "{}: \"{}\" is not a phone number"},
    {"写成 0571-88990011、13900001111 或 +86…", "write 0571-88990011, 13900001111 or +86…"}};
inline constexpr Fault kBadEmail{"field.email",
                                 ErrorCode::Malformed,
                                 {"{} 的值“{}”不是邮箱地址", "{}: \"{}\" is not an email address"},
                                 {"写成 name@company.cn", "write name@company.cn"}};
inline constexpr Fault kBadCountry{
    "field.country",
    ErrorCode::Malformed,
    {"{} 的值“{}”不是国家代码", "{}: \"{}\" is not a country code"},
    {"写国家的中文名、英文名或代码，例如 德国、Germany、DE",
     "write its name in Chinese or English or its code, for example Germany or DE"}};
inline constexpr Fault kBadDivision{
    "field.division",
    ErrorCode::Malformed,
    {"{} 的值“{}”不是已知的市、区、县", "{}: \"{}\" is no known city or district"},
    {"写全名，或用 GB/T 2260 六位代码，例如 杭州市 或 "
     "330100；港澳台、国外和开发区写入“地区（原文）”",
     "use its full name or six digits of GB/T 2260, for example 杭州市 or 330100; write what lies "
     "outside of its table into place_text"}};
inline constexpr Fault kManyDivisions{"field.division_ambiguous",
                                      ErrorCode::Malformed,
                                      {"{} 的值“{}”有几处", "{}: there are several \"{}\""},
                                      {"写明城市：{}", "name the city as well: {}"}};
inline constexpr Fault kBadProvince{"field.province",
                                    ErrorCode::Malformed,
                                    {"{} 的值“{}”不是省级行政区", "{}: \"{}\" is not a province"},
                                    {"用省名或六位代码，例如 浙江省 或 330000",
                                     "use the name or six digits, for example 浙江省 or "
                                     "330000"}};
inline constexpr Fault kBadGeo{"field.geo",
                               ErrorCode::Malformed,
                               {"{} 的值“{}”不是坐标", "{}: \"{}\" is not a place on the map"},
                               {"写成 纬度,经度，例如 30.279,120.125",
                                "write latitude,longitude, for example 30.279,120.125"}};
inline constexpr Fault kBadDate{"field.date",
                                ErrorCode::Malformed,
                                {"{} 的值“{}”不是日期", "{}: \"{}\" is not a date"},
                                {"写成 2026-03-02 或 2026年3月2日", "write 2026-03-02"}};
inline constexpr Fault kBadTime{"field.time",
                                ErrorCode::Malformed,
                                {"{} 的值“{}”不是时间", "{}: \"{}\" is not a time"},
                                {"写成 2026-03-02 14:05", "write 2026-03-02 14:05"}};
inline constexpr Fault kInFuture{"field.future",
                                 ErrorCode::Malformed,
                                 {"{} 的值“{}”在将来", "{}: \"{}\" is in the future"},
                                 {"填已经发生的时间；若时间没错，请检查本机时钟",
                                  "give a time that has passed, or set the clock "
                                  "of this computer"}};
inline constexpr Fault kBadNumber{"field.number",
                                  ErrorCode::Malformed,
                                  {"{} 的值“{}”不是数字", "{}: \"{}\" is not a number"},
                                  {"应为{}", "give {}"}};
inline constexpr Fault kBadYesNo{"field.yes_no",
                                 ErrorCode::Malformed,
                                 {"{} 的值“{}”不是 是/否", "{}: \"{}\" is neither yes nor no"},
                                 {"写 是 或 否", "write yes or no"}};
inline constexpr Fault kBadReference{
    "field.reference",
    ErrorCode::Malformed,
    {"{} 的值“{}”不是记录编号", "{}: \"{}\" is not the identity of a record"},
    {"从列表中选择，或填记录的 UUID", "pick it from the list, or give the UUID of the record"}};
inline constexpr Fault kMalformed{
    "field.malformed",
    ErrorCode::Malformed,
    {"{} 的值“{}”结构不对", "{}: value \"{}\" is not in the expected form"},
    {"按数据字典改写（{do:schema}）", "write it as the data dictionary says ({do:schema})"}};
inline constexpr Fault kBadShares{
    "field.shares",
    ErrorCode::Malformed,
    {"{} 的值“{}”份额不对", "{}: shares of \"{}\" do not fit"},
    {"写成 姓名 60%、姓名 40%，合计不超过 100%", "write Name 60%; Name 40%, at most 100% in all"}};
inline constexpr Fault kBadPeriod{"field.period",
                                  ErrorCode::Malformed,
                                  {"{} 的值“{}”不是季度", "{}: \"{}\" is not a quarter"},
                                  {"写成 2026Q1", "write 2026Q1"}};
inline constexpr Fault kBadPublicKey{"field.public_key",
                                     ErrorCode::Malformed,
                                     {"{} 的值“{}”不是公钥", "{}: \"{}\" is not a public key"},
                                     {"用 64 个十六进制字符", "give 64 hexadecimal characters"}};
inline constexpr Fault kBadFileName{
    "field.file_name",
    ErrorCode::Malformed,
    {"{} 的值“{}”不是单纯的文件名", "{}: \"{}\" is not a plain file name"},
    {"去掉路径、冒号和开头的点", "leave out folders, colons and a leading dot"}};
inline constexpr Fault kBadContentId{
    "field.content_id",
    ErrorCode::Malformed,
    {"{} 的值“{}”不是内容摘要", "{}: \"{}\" is not the digest of a content"},
    {"用 {do:attach.add} 添加附件", "add attachments with {do:attach.add}"}};
inline constexpr Fault kRequired{"field.required",
                                 ErrorCode::Malformed,
                                 {"{} 必须填写", "{} is required"},
                                 {"请补上这一项", "fill it in"}};
inline constexpr Fault kRequiredWhen{
    "field.required_when",
    ErrorCode::Malformed,
    {"{} 必须填写，因为已填“{}”", "{} is required because of \"{}\""},
    {"请补上这一项", "fill it in"}};
/// Arguments: the labels of the two.
inline constexpr Fault kOneOfTwo{"field.one_of_two",
                                 ErrorCode::Malformed,
                                 {"{} 与“{}”至少要填一项", "{} or \"{}\" is required"},
                                 {"填写其中一项", "fill in one of them"}};
inline constexpr Fault kWrongOrder{"field.order",
                                   ErrorCode::Malformed,
                                   {"{} 早于“{}”", "{} is before \"{}\""},
                                   {"对调或改正两个时间", "swap or correct the two"}};
inline constexpr Fault kExactlyOne{
    "field.exactly_one",
    ErrorCode::Malformed,
    {"{} 与“{}”必须且只能填一项", "exactly one of {} and \"{}\" is needed"},
    {"留下一项", "keep one of them"}};
inline constexpr Fault kTooFar{"field.too_far",
                               ErrorCode::Malformed,
                               {"{} 的值“{}”太远", "{}: \"{}\" is too far away"},
                               {"最晚 {}", "give {} at the latest"}};
inline constexpr Fault kUnknownField{
    "field.unknown",
    ErrorCode::Version,
    {"没有编号为 {} 的字段", "there is no field with the number {}"},
    {"升级本程序后再试", "update this program and try again"}};
inline constexpr Fault kMalformedEncoding{
    "encoding.malformed",
    ErrorCode::Malformed,
    {"数据编码不正确", "the bytes do not follow the encoding"},
    {"重新同步；若再出现，请告知管理员", "sync again; tell the administrator if it comes back"}};

/// Every fault of this folder: where another part finds one by its id.
std::span<const Fault* const> faults();

}  // namespace dossier::catalog
