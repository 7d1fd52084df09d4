// A new record before it is judged: what the office fills in, and what only the office sets and a
// person there may say of a new record all the same.
#pragma once

#include "server/intake/desk.hpp"

namespace dossier::server {

/// Filled in by the office or by a step of a workflow: no value of a person's.
constexpr bool is_set_by_office(const catalog::Field& of) {
    return catalog::is_server_set(of) || of.tag <= catalog::kCommonTagMax;
}

/// `said` with what the door fills in where it says nothing.
FieldValues filled_in(const Desk& desk, const catalog::Kind& kind, FieldValues said);
/// The same without what is not for its author to say: the record as the office would make it.
FieldValues filled_in_alone(const Desk& desk, const catalog::Kind& kind, const FieldValues& said);

/// Whether the author, who sits at the office, may say so of a new record what the office sets:
/// - its secrecy level, who may mark a record that would be as the office makes it (WF-08);
/// - whose and where it is: himself and his own places, or whoever and wherever a right of his
///   reaches to make or transfer such files, whose they are aside;
/// - its number, who may post it, and only by an import of files that existed before.
/// Neither takes it out of his own sight. `place` is that of the new record.
/// Errors: merge.server_only, intake.preset_level, intake.preset_place, intake.preset_number.
Status may_preset(const Desk& desk,
                  const catalog::Kind& kind,
                  const Place& place,
                  const FieldValues& said,
                  const catalog::Field& of);

}  // namespace dossier::server
