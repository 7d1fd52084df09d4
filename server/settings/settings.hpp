// What the company sets for itself (`cfg:` in the domain): numbers with bounds and folders of this
// machine, kept in the office's store. Laptops are told those that concern them.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/catalog/field.hpp"

#include "server/store/store.hpp"

namespace dossier::server {

enum class SettingIs : std::uint8_t { Number, Folder, Codes };

struct Setting {
    std::string_view key;
    Text help;
    std::int64_t otherwise = 0;  ///< of a number, until somebody sets it; a folder is none then
    std::int64_t least = 0;
    std::int64_t most = 0;
    SettingIs is = SettingIs::Number;
    /// Of codes: those there are, and with '|' between those meant until somebody says others.
    std::span<const catalog::Choice> choices = {};
    std::string_view codes = {};
};
/// Typed in place of a folder or of codes: none.
inline constexpr std::string_view kNoFolder = "-";

inline constexpr Fault kUnknownSetting{"config.unknown",
                                       ErrorCode::Usage,
                                       {"没有设置项“{}”", "there is no setting \"{}\""},
                                       {"查看 {do:config.show}", "see {do:config.show}"}};
inline constexpr Fault kSettingRange{"config.range",
                                     ErrorCode::Usage,
                                     {"{} 应在 {} 到 {} 之间", "{} lies between {} and {}"},
                                     {"换一个值", "choose another value"}};
inline constexpr Fault kSettingNumber{
    "config.number",
    ErrorCode::Usage,
    {"{} 是一个整数，不是“{}”", "{} is a whole number, not \"{}\""},
    {"换一个值", "choose another value"}};
inline constexpr Fault kSettingFolder{
    "config.folder",
    ErrorCode::Usage,
    {"{} 须为完整路径，“{}”不是", "{} is a full path, and \"{}\" is none"},
    {"写以 / 开头的路径；- 表示不设", "write it from / on; - is for none"}};
inline constexpr Fault kSettingNoFolder{
    "config.no_folder",
    ErrorCode::NotFound,
    {"{}：办公室所在机器上没有目录“{}”，或不能写入",
     "{}: the office's machine has no folder \"{}\", or may not write there"},
    {"先建好目录、挂载磁盘并允许办公室程序写入，再设置",
     "make the folder, mount its disk and let the office's program write there, then set it"}};
inline constexpr Fault kSettingCodes{
    "config.codes",
    ErrorCode::Usage,
    {"{} 只能是 {} 中的代码，不是“{}”", "{} is one or more of {}, not \"{}\""},
    {"多个代码之间用 | 隔开；- 表示都不要", "write | between several; - is for none"}};

std::span<const Setting> settings();
/// The value of a number in the table; a programmer's error for another setting.
std::int64_t setting(Store& store, std::string_view key);
/// The folder set, empty for none; a programmer's error for another setting.
std::string folder_setting(Store& store, std::string_view key);
/// The codes set; a programmer's error for another setting.
std::vector<std::string> codes_setting(Store& store, std::string_view key);
/// Inside the caller's unit of work. Errors: config.unknown, config.range.
Status change_setting(Store& store, std::string_view key, std::int64_t value);
/// The same from what was typed. Errors: config.number, config.folder, config.no_folder
/// and config.codes as well.
Status change_setting_as_typed(Store& store, std::string_view key, std::string_view typed);

}  // namespace dossier::server
