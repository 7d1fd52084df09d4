// How commands change records: typed text to values, one save, one line of answer.
#pragma once

#include "client/cli/command.hpp"

namespace dossier::client {

/// Reads typed text into a field. Errors: those of catalog::parse.
Status put(Context& context,
           FieldValues& values,
           const catalog::Field& field,
           std::string_view typed);

/// Saves ops as one action and says so. Errors: those of the intake; client.nothing_to_do without
/// ops; cli.missing_field when a required field has an option to give it with.
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

/// Changes a record by what was given as options; ops of `more` are saved with it. Errors: as
/// `save` and `given_values`.
Result<int> save_edit(Context& context,
                      const catalog::Kind& kind,
                      const RecordId& record,
                      const Text& what,
                      std::vector<merge::Op> more = {});

}  // namespace dossier::client
