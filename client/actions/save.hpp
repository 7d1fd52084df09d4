// How actions change records: one save, one line of answer.
#pragma once

#include "client/actions/action.hpp"

namespace dossier::client {

/// Saves ops as one changeset and says so. Errors: those of the intake; client.nothing_to_do
/// without ops; cli.missing_field when a required field has an input to give it with.
Result<int> save(Context& context,
                 const std::vector<merge::Op>& ops,
                 const Text& what,
                 const std::string& name,
                 const RecordId& record);

/// Takes a record away: at once what its author entered by mistake lately, else as a proposal to
/// the office; says which. Errors: as `save`.
Result<int> save_removal(Context& context,
                         const catalog::Kind& kind,
                         const RecordId& record,
                         const Text& what);

/// Changes a record by `values`; ops of `more` are saved with it. Errors: as `save`.
Result<int> save_values(Context& context,
                        const catalog::Kind& kind,
                        const RecordId& record,
                        const Text& what,
                        const FieldValues& values,
                        std::vector<merge::Op> more = {});
/// Changes a record by the fields and elements that were given. Errors: as `save`, `given_values`
/// and `given_elements`.
Result<int> save_edit(Context& context,
                      const catalog::Kind& kind,
                      const RecordId& record,
                      const Text& what);

}  // namespace dossier::client
