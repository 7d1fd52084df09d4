#include "common/report/needs.hpp"

#include <algorithm>
#include <map>

#include "common/report/cells.hpp"

namespace dossier::report {
namespace {

using catalog::find_field;

/// What of the facts is neither told nor left out.
Row others_row(std::int64_t count, std::size_t columns) {
    Row row(columns);
    row.front() = Others{count};
    return row;
}

std::int64_t days_since(const Fact& fact, const Question& question) {
    constexpr std::int64_t kDay = std::chrono::milliseconds(std::chrono::hours(24)).count();
    return std::max<std::int64_t>(
        0, (question.at.ms - number_in(fact.values, catalog::kCreatedAt)) / kDay);
}

struct Teller {
    const Fact& fact;
    const catalog::Kind& kind;

    Cell operator()(std::string_view name) const {
        const auto& field = *find_field(kind, name);
        const Value* value = find(fact.values, field.tag);
        return value == nullptr ? Cell{} : cell_of(field, *value);
    }
};

/// "2026 Q3"; empty where no day is planned.
std::string quarter_of(const std::string& day) {
    if (day.size() < 7) return {};
    const int month = (day[5] - '0') * 10 + (day[6] - '0');
    return day.substr(0, 4) + "Q" + std::to_string((month + 2) / 3);
}

struct Sum {
    std::int64_t count = 0;
    std::int64_t amount = 0;
};

}  // namespace

std::vector<Rows> fold_needs(const Report& report,
                             std::span<const Fact> facts,
                             const Question& question) {
    constexpr std::size_t kNeedSource = 0;
    std::vector<Rows> sections(report.sections.size());
    std::vector<std::int64_t> others(report.sources.size());
    std::map<std::string, Sum> quarters;
    std::vector<const Fact*> oldest;
    for (const Fact& fact : facts) oldest.push_back(&fact);
    std::ranges::stable_sort(
        oldest, {}, [](const Fact* fact) { return number_in(fact->values, catalog::kCreatedAt); });
    for (const Fact* fact : oldest) {
        const auto& kind = *report.sources[fact->measure].over;
        const Teller tell{*fact, kind};
        // A sum with the amount of one that is not named would tell that amount.
        if (!fact->is_named) {
            ++others[fact->measure];
            continue;
        }
        if (fact->measure != kNeedSource) {
            auto& sum =
                quarters[quarter_of(text_in(fact->values, *find_field(kind, "planned_on")))];
            ++sum.count;
            sum.amount += number_in(fact->values, *find_field(kind, "investment_fen"));
        }
        if (fact->measure == kNeedSource)
            sections[0].push_back({fact->subject, tell("customer_id"), tell("kind"), tell("state"),
                                   tell("assignee_id"), days_since(*fact, question)});
        else
            sections[1].push_back({fact->subject, tell("customer_id"), tell("investment_fen"),
                                   tell("planned_on"), days_since(*fact, question)});
    }
    for (std::size_t at = 0; at < others.size(); ++at) {
        if (others[at] > 0)
            sections[at].push_back(others_row(others[at], report.sections[at].columns.size()));
    }
    constexpr Text kNoDay{"未定", "no day set"};
    for (const auto& [quarter, sum] : quarters)
        sections[2].push_back(
            {quarter.empty() ? Cell{kNoDay} : Cell{quarter}, sum.count, sum.amount});
    return sections;
}

}  // namespace dossier::report
