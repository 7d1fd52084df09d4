// The reports there are.
#pragma once

#include <string>

#include "common/report/report.hpp"

namespace dossier::report {

inline constexpr Fault kUnknownReport{"report.unknown",
                                      ErrorCode::NotFound,
                                      {"没有报表“{}”", "there is no report '{}'"},
                                      {"在报表列表中查看有哪些", "see the list of reports"}};

/// In the order of their codes.
std::span<const Report* const> reports();
/// By its code, in small letters too. Errors: report.unknown.
Result<const Report*> find_report(std::string_view code);
/// "每季度第 1 天", "on day 1 of each quarter".
std::string schedule_words(const Schedule& schedule, Lang lang);

}  // namespace dossier::report
