#include "common/access/slip.hpp"

#include <chrono>

#include "common/catalog/activity.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/contact.hpp"
#include "common/catalog/document.hpp"

namespace dossier::access {
namespace {

using catalog::kCreatedAt;
using catalog::kCreatedBy;
constexpr std::chrono::hours kSlipTime{7 * 24};

bool is_locked_by_office(const catalog::Kind& kind, const FieldValues& values) {
    return kind.tag == catalog::kCommunication.tag &&
           find(values, catalog::field(catalog::kCommunication, "locked_at").tag) != nullptr;
}

/// Unknown when it was made: as if just now.
bool is_older(const FieldValues& values, Instant now) {
    const Value* made = find(values, kCreatedAt);
    return made != nullptr && Instant{as_number(*made).value_or(now.ms)}.plus(kSlipTime) <= now;
}

}  // namespace

bool may_take_back(const catalog::Kind& kind,
                   const FieldValues& values,
                   const UserId& user,
                   Instant now) {
    const bool fits = kind.tag == catalog::kCommunication.tag ||
                      kind.tag == catalog::kContact.tag || kind.tag == catalog::kAttachment.tag;
    const Value* author = find(values, kCreatedBy);
    const bool is_dated = find(values, kCreatedAt) != nullptr;
    if (!fits || author == nullptr || !is_dated || is_locked_by_office(kind, values)) return false;
    return as_record(*author).as<UserTag>() == user && !is_older(values, now);
}

bool is_locked(const catalog::Kind& kind, const FieldValues& values, Instant now) {
    if (kind.tag != catalog::kCommunication.tag) return false;
    return is_locked_by_office(kind, values) || is_older(values, now);
}

}  // namespace dossier::access
