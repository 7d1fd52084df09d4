// What can be wrong with a question to a list.
#pragma once

#include "common/base/result.hpp"

namespace dossier::query {

inline constexpr Fault kUnknownField{
    "query.unknown_field",
    ErrorCode::Usage,
    {"{} 没有字段“{}”", "{} has no field \"{}\""},
    {"相近的有：{}；全部见 {do:schema}", "close ones: {}; all are in {do:schema}"}};
inline constexpr Fault kNotFilter{
    "query.not_a_filter",
    ErrorCode::Usage,
    {"看不懂筛选条件“{}”", "\"{}\" is no filter"},
    {"写成 字段=值、字段!=值、字段>=值、字段=甲..乙、字段=甲|乙、字段~文字；字段= 表示未填",
     "write field=value, field!=value, field>=value, field=a..b, field=a|b, field~text; field= "
     "finds empty ones"}};
inline constexpr Fault kWrongTest{
    "query.wrong_test",
    ErrorCode::Usage,
    {"字段“{}”不能用“{}”筛选", "field \"{}\" cannot be tested with \"{}\""},
    {"多值字段和引用用 = 或 !=，文字可用 ~",
     "use = or != for references and fields with several values, ~ for text"}};
inline constexpr Fault kUnknownSign{
    "query.unknown_sign",
    ErrorCode::Usage,
    {"没有筛选符号“{}”", "there is no sign \"{}\" for filters"},
    {"可用 = != > >= < <= ~；值以这些符号开头时，在值前加空格",
     "use = != > >= < <= or ~; put a space before a value that begins with one of them"}};
inline constexpr Fault kEmptyRange{
    "query.empty_range",
    ErrorCode::Usage,
    {"范围“{}”的起点在终点之后", "the range \"{}\" ends before it begins"},
    {"对调两端", "swap its ends"}};
inline constexpr Fault kWrongSpan{"query.wrong_span",
                                  ErrorCode::Usage,
                                  {"“{}”是一段时间，不能用“{}”筛选",
                                   "\"{}\" is a stretch of time and cannot be tested with \"{}\""},
                                  {"用 =、<、> 或 甲..乙", "use =, <, > or a..b"}};
inline constexpr Fault kNoColumns{"query.no_columns",
                                  ErrorCode::Usage,
                                  {"没有写出要显示的字段", "no field to show was named"},
                                  {"写出字段，逗号分隔；或不写 {in:columns}",
                                   "name fields with commas between, or leave {in:columns} out"}};
inline constexpr Fault kNotTogether{
    "query.not_together",
    ErrorCode::Usage,
    {"{} 不能与 {} 同用", "{} and {} cannot be used together"},
    {"去掉其中一个；按名称筛选写 {in:where} 名称~文字",
     "leave one of them out; to filter by a part of a name write {in:where} name~text"}};
inline constexpr Fault kTooMuch{
    "query.too_much",
    ErrorCode::Oversized,
    {"筛选条件太多或太长", "there are too many filters, or one is too long"},
    {"最多 {} 个条件，每个最多 {} 个字、{} 个值",
     "use at most {} filters of {} characters and {} values each"}};
inline constexpr Fault kWrongPage{"query.wrong_page",
                                  ErrorCode::Usage,
                                  {"翻页标记不属于此列表", "the page key is not of this list"},
                                  {"从第一页重新开始", "begin with the first page"}};
inline constexpr Fault kWrongLimit{"query.wrong_limit",
                                   ErrorCode::Usage,
                                   {"每页条数应在 1 到 {} 之间", "a page holds 1 to {} records"},
                                   {"换一个条数", "ask for another number"}};

}  // namespace dossier::query
