// Until when people write what a record says: what was decided on its words is changed by two, one
// who proposes and one who weighs. One table for records with a workflow and for what hangs on
// them. Source: domain 2.3.2 to 2.3.5, WF-09, WF-14.
#pragma once

#include <vector>

#include "common/workflow/machine.hpp"

namespace dossier::workflow {

struct Writing {
    const catalog::Kind* kind;
    const Machine* machine;                    ///< of the kind, or of the record it hangs on
    std::span<const std::string_view> states;  ///< where it is still written
    std::string_view fields = {};              ///< '|' between; empty = all of the kind
};

/// The rows that speak of the kind; `of` = of this field, nullptr = of the record as a whole.
std::vector<const Writing*> writings_of(const catalog::Kind& kind, const catalog::Field* of);

}  // namespace dossier::workflow
