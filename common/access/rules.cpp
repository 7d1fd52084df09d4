#include "common/access/rules.hpp"

#include <algorithm>
#include <array>

#include "common/access/faults.hpp"

namespace dossier::access {
namespace {

constexpr std::array<const Rule*, 31> kRules{
    &kInactive,   &kAgreement,      &kSuspended, &kNoContent, &kUnknown,      &kGone,
    &kUnposted,   &kScope,          &kGranted,   &kLevel,     &kOwnLevel,     &kCircle,
    &kHandling,   &kMasked,         &kDirectory, &kMatrix,    &kVerifyFirst,  &kClosedFile,
    &kAppendOnly, &kServerField,    &kLetters,   &kOwnDraft,  &kOrganisation, &kSelf,
    &kSuperior,   &kAdministration, &kAudit,     &kOffline,   &kCarried,      &kOwnCard,
    &kAsked};

Text word(Answer answer) {
    switch (answer) {
        case Answer::Allow:
            return {"允许", "allowed"};
        case Answer::Mask:
            return {"遮盖显示", "allowed with values hidden"};
        case Answer::Propose:
            return {"作为提议", "kept as a proposal"};
        case Answer::NeedsApproval:
            return {"须经审批", "needs approval"};
        case Answer::Deny:
            break;
    }
    return {"不允许", "denied"};
}

/// The fault that tells the person what to do about a refusal by this rule.
const Fault& refusal(std::string_view rule) {
    if (rule == kInactive.id) return kFaultInactive;
    if (rule == kAgreement.id) return kFaultAgreement;
    if (rule == kSuspended.id) return kFaultSuspended;
    if (rule == kLevel.id || rule == kCircle.id || rule == kHandling.id) return kFaultLevel;
    if (rule == kGone.id) return kFaultDestroyed;
    if (rule == kServerField.id) return kFaultServerField;
    if (rule == kLetters.id) return kFaultLetters;
    if (rule == kOffline.id) return kFaultOffline;
    return kFaultDenied;
}

}  // namespace

std::span<const Rule* const> rules() {
    return kRules;
}

std::string explain(const Decision& decision, Lang lang) {
    std::string line(word(decision.answer).in(lang));
    if (decision.purpose_needed) line += Text{"，须说明目的", ", with a purpose"}.in(lang);
    if (decision.flagged) line += Text{"，并提示负责人", ", and shown to the owner"}.in(lang);
    const auto* at = std::ranges::find(kRules, decision.rule, &Rule::id);
    if (at == kRules.end()) return line;
    line += Text{"：", ": "}.in(lang);
    line += (*at)->text.in(lang);
    line += Text{"（", " ("}.in(lang);
    line += (*at)->id;
    line += Text{"）", ")"}.in(lang);
    return line;
}

bool states_purpose(std::string_view purpose) {
    const auto stated = canonical_text(purpose);
    return stated && character_count(*stated) >= kPurposeMin;
}

Status permit(const Decision& decision, std::string_view purpose) {
    if (decision.answer == Answer::NeedsApproval) return fail(kFaultNeedsApproval);
    if (decision.answer == Answer::Deny) return fail(refusal(decision.rule));
    if (!decision.purpose_needed) return {};
    return states_purpose(purpose) ? Status{} : fail(kFaultPurposeNeeded);
}

}  // namespace dossier::access
