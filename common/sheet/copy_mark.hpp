// What stands on every line of a table that leaves the program: who took it, when, from where, for
// which purpose. Source: domain R-022, WF-07 (watermark).
#pragma once

#include <string>
#include <string_view>

#include "common/base/text.hpp"
#include "common/time/clock.hpp"

namespace dossier::sheet {

inline constexpr Text kCopyMark{"导出标记", "Copy mark"};

struct Copied {
    std::string by;     ///< name and employee number
    std::string place;  ///< code of the laptop; empty = the office
    Instant at;
    std::string purpose;
};

/// "李建国 A-0017　终端 N07　2026-12-01 10:05　目的：年度拜访".
inline std::string copy_mark(const Copied& copied, Lang lang) {
    const std::string place = copied.place.empty()
                                  ? std::string(Text{"办公室", "office"}.in(lang))
                                  : std::string(Text{"终端 ", "device "}.in(lang)) + copied.place;
    return copied.by + "　" + place + "　" + office_minute(copied.at) +
           std::string(Text{"　目的：", "　purpose: "}.in(lang)) + copied.purpose;
}

}  // namespace dossier::sheet
