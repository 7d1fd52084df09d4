#include "common/access/slip.hpp"

#include <chrono>

#include "common/catalog/activity.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/contact.hpp"
#include "common/catalog/document.hpp"

namespace dossier::access {
namespace {

constexpr std::uint16_t kCreatedAt = 1;
constexpr std::uint16_t kCreatedBy = 2;
constexpr std::chrono::hours kSlipTime{7 * 24};

bool is_locked_by_office(const catalog::Kind& kind, const FieldValues& values) {
    return kind.tag == catalog::kCommunication.tag &&
           find(values, catalog::field(catalog::kCommunication, "locked_at").tag) != nullptr;
}

}  // namespace

bool may_take_back(const catalog::Kind& kind,
                   const FieldValues& values,
                   const UserId& user,
                   Instant now) {
    const bool fits = kind.tag == catalog::kCommunication.tag ||
                      kind.tag == catalog::kContact.tag || kind.tag == catalog::kAttachment.tag;
    const Value* author = find(values, kCreatedBy);
    const Value* made = find(values, kCreatedAt);
    if (!fits || author == nullptr || made == nullptr || is_locked_by_office(kind, values))
        return false;
    const Instant at{as_number(*made).value_or(0)};
    return as_record(*author).as<UserTag>() == user && now < at.plus(kSlipTime);
}

}  // namespace dossier::access
