// Of some records there is only one: the work log of a person's day, what is kept once about a
// customer. Their identity follows from what identifies them, so that two laptops that know
// nothing of each other make the same record, and the office two halves of one. Source: C-36.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "common/base/result.hpp"
#include "common/catalog/catalog.hpp"
#include "common/crypto/random.hpp"
#include "common/merge/op.hpp"

namespace dossier::merge {

/// The fields whose values identify a record: those of `unique_together`, or the parent where it
/// is unique; in tag order. None for a kind of which there may be many.
std::vector<const catalog::Field*> identifying_fields(const catalog::Kind& kind);
/// Their values; nullopt for a kind of which there may be many and where one is missing.
std::optional<FieldValues> identifying_values(const catalog::Kind& kind, const FieldValues& values);

/// The identity of the record with these identifying values: a UUID of version 8, the same on
/// every machine. `after` = the record it comes after that has this identity and is not it: one
/// that was removed.
RecordId derived_id(const catalog::Kind& kind,
                    const FieldValues& identifying,
                    const RecordId& after = {});
/// Whether an identity was derived: what `Ids` makes is not.
bool is_derived(const RecordId& id);

/// The values of the record that has an identity here; empty where none has.
using Held = std::function<FieldValues(const catalog::Kind& kind, const RecordId& id)>;
/// The identity a new record with these values gets, presets among them; a fresh one for a kind of
/// which there may be many, and where an identifying value is missing. A record that was removed,
/// or has other identifying values since, keeps its identity: the new one comes after it.
RecordId id_of_new(const catalog::Kind& kind,
                   const FieldValues& values,
                   crypto::Ids& ids,
                   const Held& held);
/// Whether a laptop may have named a new record so: any way but by a derived identity of another.
/// `exists` says of an identity whether a record has it here.
bool may_be_named(const catalog::Kind& kind,
                  const RecordId& id,
                  const FieldValues& values,
                  const std::function<bool(const RecordId& id)>& exists);

/// intake.one_only of a new record where `there` is that one already.
Error one_only(const catalog::Kind& kind, const RecordId& there);

/// Gives every new record of which there is only one its derived identity, wherever the changeset
/// names it. `filled` adds to the values of a new record what the door presets.
void name_alike(
    Changeset& changeset,
    const std::function<FieldValues(const catalog::Kind& kind, const FieldValues& values)>& filled,
    const Held& held);

}  // namespace dossier::merge
