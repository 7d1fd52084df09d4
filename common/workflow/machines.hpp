// Every workflow there is, and the way to one from a record or an event.
#pragma once

#include <vector>

#include "common/base/value.hpp"
#include "common/workflow/machine.hpp"

namespace dossier::workflow {

std::span<const Machine* const> machines();
/// Those that speak of this record.
std::vector<const Machine*> machines_of(const catalog::Kind& kind, const FieldValues& values);
/// nullptr when there is none of this name.
const Machine* find_machine(std::string_view name);
/// The machine whose step this event is, asked of a record of this kind; nullptr when none knows
/// it.
const Machine* machine_of(const catalog::Kind& named, std::string_view event);

}  // namespace dossier::workflow
