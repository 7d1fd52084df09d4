// Records only the office itself writes, by its events.
#pragma once

#include "common/catalog/duplicate.hpp"
#include "common/catalog/review.hpp"

namespace dossier::server {

/// What was disputed, proposed and merged: no person makes, sets or removes such a record. Source:
/// domain 3.3, note 6.
inline bool is_written_by_office(const catalog::Kind& kind) {
    return kind.tag == catalog::kCase.tag || kind.tag == catalog::kProposal.tag ||
           kind.tag == catalog::kDuplicate.tag || kind.tag == catalog::kMerge.tag;
}

}  // namespace dossier::server
