// Dates and times as people, spreadsheets and other programs write them, brought into the one
// order of numbers clock.cpp reads.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace dossier {

enum class HalfDay : unsigned char { None, Am, Pm };

struct TypedTime {
    std::string numbers;  ///< without half of the day and zone; "20190305" as "2019-03-05"
    HalfDay half = HalfDay::None;
    std::optional<int> zone_minutes;  ///< east of UTC, where the text says so: "+08:00" 480
};

/// Takes 上午, 下午, AM, PM and a zone ("+08:00", "+0800") off `text`. Whatever else it holds
/// stays.
TypedTime typed_time(std::string_view text);

/// The hour 0 … 23 of an hour of half a day: 12 AM is 0, 2 PM 14, 下午14 is 14. Errors: nullopt for
/// 13 AM.
std::optional<int> hour_of_day(int hour, HalfDay half);

}  // namespace dossier
