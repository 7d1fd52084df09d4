#include "common/report/reports.hpp"

#include <algorithm>
#include <array>

#include "common/report/composition.hpp"
#include "common/report/needs.hpp"
#include "common/report/timeliness.hpp"

namespace dossier::report {
namespace {

constexpr std::array kReports{&kComposition, &kTimeliness, &kNeeds};

/// The same letters, large or small.
bool is_same(std::string_view code, std::string_view typed) {
    constexpr auto large = [](char c) {
        return 'a' <= c && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    };
    return std::ranges::equal(code, typed, {}, {}, large);
}

}  // namespace

std::span<const Report* const> reports() {
    return kReports;
}

Result<const Report*> find_report(std::string_view code) {
    const auto at = std::ranges::find_if(
        kReports, [&](const Report* each) { return is_same(each->code, code); });
    if (at == kReports.end()) return fail(kUnknownReport, code);
    return *at;
}

std::string schedule_words(const Schedule& schedule, Lang lang) {
    constexpr std::array kEvery{Text{"每天", "daily"},
                                Text{"每月第 {} 天", "on day {} of each month"},
                                Text{"每季度第 {} 天", "on day {} of each quarter"},
                                Text{"每年第 {} 天", "on day {} of each year"}};
    const std::array args{std::to_string(schedule.day)};
    return fill(kEvery[static_cast<std::size_t>(schedule.every)].in(lang), args);
}

}  // namespace dossier::report
