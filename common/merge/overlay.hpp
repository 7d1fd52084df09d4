// View = mirror ⊕ unsent ops. Pure. Source: sync 5.1.
#pragma once

#include <span>

#include "common/catalog/catalog.hpp"
#include "common/merge/op.hpp"

namespace dossier::merge {

/// The values a person sees on his own laptop: the office's values with each unsent Create and Set
/// of this record laid over them in order. Union fields gain and lose elements relative to the op's
/// base, Append lists gain; everything else takes the op's value, tags unknown here included. Ops
/// of other records, removals and events are passed over: they change no value until the office
/// says so.
FieldValues overlay(const catalog::Kind& kind,
                    FieldValues mirror,
                    const RecordId& record,
                    std::span<const Op> unsent);

}  // namespace dossier::merge
