// What a laptop may ask of the office by a record of its own: the office decides on it and keeps it
// from then on. Source: domain 6.1, WF-05, WF-08, WF-13, WF-15.
#pragma once

#include <algorithm>

#include "common/catalog/field.hpp"

namespace dossier::client {

/// Whether the letters of its fields name whoever a laptop belongs to: the owner of a file, or the
/// person himself. What others ask for, they ask at the office.
constexpr bool is_asked_here(const catalog::Kind& kind) {
    return kind.made_by == catalog::MadeBy::Letters &&
           std::ranges::any_of(kind.fields, [](const catalog::Field& of) {
               return (of.writers & (catalog::kSelf | catalog::kOwner)) != 0;
           });
}

}  // namespace dossier::client
