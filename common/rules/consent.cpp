#include "common/rules/consent.hpp"

#include <algorithm>

#include "common/catalog/canonical.hpp"
#include "common/catalog/consent.hpp"

namespace dossier::rules {
namespace {

using catalog::field;
using catalog::kConsent;

bool is_in_force(const FieldValues& consent, std::string_view day) {
    const auto until = text_in(consent, field(kConsent, "valid_until"));
    const auto withdrawn = text_in(consent, field(kConsent, "withdrawn_on"));
    const bool given = text_in(consent, field(kConsent, "given_on")) <= day;
    return given && (until.empty() || day <= until) && (withdrawn.empty() || day < withdrawn);
}

bool is_for(const FieldValues& consent, std::string_view purpose) {
    return std::ranges::any_of(
        catalog::elements_in(consent, field(kConsent, "scope")),
        [&](const std::string& scope) { return scope == '"' + std::string(purpose) + '"'; });
}

/// The consents to one purpose that speak of a contact.
struct About {
    std::vector<FieldValues> own;
    std::vector<FieldValues> general;
};

About about(std::span<const FieldValues> all, const RecordId& contact, std::string_view purpose) {
    About found;
    for (const FieldValues& consent : all) {
        if (!is_for(consent, purpose)) continue;
        const auto of = record_in(consent, field(kConsent, "contact_id"));
        if (of.is_none()) found.general.push_back(consent);
        if (!of.is_none() && of == contact) found.own.push_back(consent);
    }
    return found;
}

/// What was entered on the day of a withdrawal was entered after it: what a person dates back is
/// not believed.
std::string entered_on(const FieldValues& consent) {
    const auto given = text_in(consent, field(kConsent, "given_on"));
    const Value* at = find(consent, catalog::kCreatedAt);
    return at == nullptr ? given
                         : std::max(given, office_date(Instant{as_number(*at).value_or(0)}));
}

/// The days by `by_day` on which one of them was withdrawn.
std::vector<std::string> withdrawals(const About& consents, std::string_view by_day) {
    std::vector<std::string> days;
    for (const auto* list : {&consents.own, &consents.general}) {
        for (const FieldValues& consent : *list) {
            auto day = text_in(consent, field(kConsent, "withdrawn_on"));
            if (!day.empty() && day <= by_day) days.push_back(std::move(day));
        }
    }
    return days;
}

std::string withdrawn_for(const About& consents, std::string_view by_day) {
    const auto days = withdrawals(consents, by_day);
    if (days.empty()) return {};
    const auto& counting = consents.own.empty() ? consents.general : consents.own;
    const bool in_force = std::ranges::any_of(counting, [&](const FieldValues& consent) {
        const bool evident = !record_in(consent, field(kConsent, "evidence_id")).is_none() ||
                             entered_on(consent) < *std::ranges::min_element(days);
        return evident && is_in_force(consent, by_day);
    });
    return in_force ? std::string() : *std::ranges::max_element(days);
}

}  // namespace

bool has_consent(std::span<const FieldValues> consents, std::string_view on_day) {
    return std::ranges::any_of(
        consents, [&](const FieldValues& consent) { return is_in_force(consent, on_day); });
}

std::optional<std::string> withdrawn_on(std::span<const FieldValues> all,
                                        const RecordId& contact,
                                        std::string_view by_day) {
    std::string last;
    for (const auto* purpose : {"file", "personal"})
        last = std::max(last, withdrawn_for(about(all, contact, purpose), by_day));
    return last.empty() ? std::nullopt : std::optional(last);
}

}  // namespace dossier::rules
