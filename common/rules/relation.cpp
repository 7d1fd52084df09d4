#include "common/rules/relation.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>

#include "common/catalog/states.hpp"

namespace dossier::rules {
namespace {

using catalog::RelationStatus;

std::optional<int> number(std::string_view digits) {
    int value = 0;
    const auto [end, wrong] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return wrong == std::errc() && end == digits.data() + digits.size() ? std::optional(value)
                                                                        : std::nullopt;
}

/// Whether `day` lies no later than so many days after `since`.
bool is_within(std::string_view day, std::string_view since, int days) {
    const auto last = day_after(since, days);
    return last && day <= *last;
}

}  // namespace

std::optional<std::string> day_after(std::string_view day, int days) {
    using namespace std::chrono;
    if (day.size() != 10) return std::nullopt;
    const auto y = number(day.substr(0, 4));
    const auto m = number(day.substr(5, 2));
    const auto d = number(day.substr(8, 2));
    if (!y || !m || !d) return std::nullopt;
    const year_month_day from{year{*y}, month{static_cast<unsigned>(*m)},
                              std::chrono::day{static_cast<unsigned>(*d)}};
    if (!from.ok()) return std::nullopt;
    const year_month_day to{sys_days{from} + std::chrono::days{days}};
    char text[32];
    std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(to.year()),
                  static_cast<unsigned>(to.month()), static_cast<unsigned>(to.day()));
    return std::string(text);
}

Relation relation_on(const Dealings& dealings, std::string_view day, const RelationTerms& terms) {
    if (!dealings.set_by_hand.empty() && day <= dealings.by_hand_until) {
        for (const auto& choice : catalog::choices::kRelationStatus) {
            if (choice.code == dealings.set_by_hand) return {choice.code, {}};
        }
    }
    const bool traded = !dealings.last_purchase.empty();
    const bool lately = traded && is_within(day, dealings.last_purchase, terms.coop_days);
    if (lately || dealings.has_contract) return {RelationStatus::kCooperating, {}};
    if (traded)
        return {RelationStatus::kLost,
                std::max(day_after(dealings.last_purchase, terms.coop_days).value_or(""),
                         dealings.last_contract_end)};
    const bool spoken =
        !dealings.last_talk.empty() && is_within(day, dealings.last_talk, terms.follow_days);
    return {spoken ? RelationStatus::kFollowed : RelationStatus::kPotential, {}};
}

}  // namespace dossier::rules
