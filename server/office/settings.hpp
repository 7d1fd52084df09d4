// What the company sets for itself (`cfg:` in the domain): numbers with bounds, kept in the
// office's store. Laptops are told those that concern them.
#pragma once

#include <span>
#include <string_view>

#include "server/store/store.hpp"

namespace dossier::server {

struct Setting {
    std::string_view key;
    Text help;
    std::int64_t otherwise;  ///< until somebody sets it
    std::int64_t least;
    std::int64_t most;
};

inline constexpr Fault kUnknownSetting{"config.unknown",
                                       ErrorCode::Usage,
                                       {"没有设置项“{}”", "there is no setting \"{}\""},
                                       {"查看 dossierd config show", "see dossierd config show"}};
inline constexpr Fault kSettingRange{"config.range",
                                     ErrorCode::Usage,
                                     {"{} 应在 {} 到 {} 之间", "{} lies between {} and {}"},
                                     {"换一个值", "choose another value"}};

std::span<const Setting> settings();
/// The value of a setting in the table; a programmer's error for another.
std::int64_t setting(Store& store, std::string_view key);
/// Inside the caller's unit of work. Errors: config.unknown, config.range.
Status change_setting(Store& store, std::string_view key, std::int64_t value);

}  // namespace dossier::server
