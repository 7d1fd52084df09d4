// View = mirror ⊕ unsent ops. Pure. Source: sync 5.1.
#pragma once

#include <span>

#include "common/catalog/catalog.hpp"
#include "common/merge/op.hpp"

namespace dossier::merge {

/// The values a person sees on his own laptop: the office's values with each unsent Create and Set
/// of this record laid over them in order. Union fields gain and lose elements relative to the op's
/// base, Append lists gain; everything else takes the op's value, tags unknown here included. A
/// removal marks the record as deleted. Ops of other records and events are passed over: they
/// change no value until the office says so.
FieldValues overlay(const catalog::Kind& kind,
                    FieldValues mirror,
                    const RecordId& record,
                    std::span<const Op> unsent);

/// What the author of a Set or Create said himself: of lists and sets only the elements he added to
/// what he saw. What others had said is not his to keep when the record leaves him.
FieldValues own_words(const catalog::Kind& kind, const Op& op);

/// `word`, something its author said of a set or list, without the elements that `later`, his newer
/// op of the same record, took away; unchanged when that does not speak of the field or had no
/// base.
Value remaining(const catalog::Field& field, const Value& word, const Op& later);

/// True when `held` says all of `words` (from `own_words`).
bool says(const catalog::Kind& kind, const FieldValues& held, const FieldValues& words);

}  // namespace dossier::merge
