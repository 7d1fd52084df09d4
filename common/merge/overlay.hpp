// View = mirror ⊕ unsent ops. Pure. Source: sync 5.1.
#pragma once

#include <span>

#include "common/catalog/catalog.hpp"
#include "common/merge/op.hpp"

namespace dossier::merge {

/// The values a person sees on his own laptop: the office's values with each unsent op of this
/// record laid over them in order. Union fields gain and lose elements relative to the op's base;
/// everything else takes the op's value. Ops of other records are passed over.
FieldValues overlay(const catalog::Kind& kind,
                    FieldValues mirror,
                    const RecordId& record,
                    std::span<const Op> unsent);

}  // namespace dossier::merge
