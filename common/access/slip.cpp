#include "common/access/slip.hpp"

#include <chrono>

#include "common/catalog/catalog.hpp"

namespace dossier::access {
namespace {

using catalog::kCreatedAt;
using catalog::kCreatedBy;
constexpr std::chrono::hours kSlipTime{7 * 24};

bool is_locked_by_office(const catalog::Kind& kind, const FieldValues& values) {
    return !kind.locked_by.empty() &&
           find(values, catalog::find_field(kind, kind.locked_by)->tag) != nullptr;
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
    const Value* author = find(values, kCreatedBy);
    const bool is_dated = find(values, kCreatedAt) != nullptr;
    if (!kind.taken_back || author == nullptr || !is_dated || is_locked_by_office(kind, values))
        return false;
    return as_record(*author).as<UserTag>() == user && !is_older(values, now);
}

bool is_locked(const catalog::Kind& kind, const FieldValues& values, Instant now) {
    if (kind.locked_by.empty()) return false;
    return is_locked_by_office(kind, values) || is_older(values, now);
}

}  // namespace dossier::access
