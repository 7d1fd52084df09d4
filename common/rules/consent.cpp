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

bool speaks_of_data(const FieldValues& consent) {
    return std::ranges::any_of(catalog::elements_in(consent, field(kConsent, "scope")),
                               [](const std::string& scope) { return scope != R"("disclosure")"; });
}

}  // namespace

bool has_consent(std::span<const FieldValues> consents, std::string_view on_day) {
    return std::ranges::any_of(
        consents, [&](const FieldValues& consent) { return is_in_force(consent, on_day); });
}

std::optional<std::string> withdrawn_on(std::span<const FieldValues> consents,
                                        std::string_view by_day) {
    if (has_consent(consents, by_day)) return std::nullopt;
    std::string last;
    for (const FieldValues& consent : consents) {
        const auto day = text_in(consent, field(kConsent, "withdrawn_on"));
        if (day <= by_day) last = std::max(last, day);
    }
    return last.empty() ? std::nullopt : std::optional(last);
}

std::vector<FieldValues> consents_about(std::span<const FieldValues> all, const RecordId& contact) {
    std::vector<FieldValues> own;
    std::vector<FieldValues> general;
    for (const FieldValues& consent : all) {
        if (!speaks_of_data(consent)) continue;
        const auto of = record_in(consent, field(kConsent, "contact_id"));
        if (of.is_none()) general.push_back(consent);
        if (!of.is_none() && of == contact) own.push_back(consent);
    }
    return own.empty() ? general : own;
}

}  // namespace dossier::rules
