// Records as tables and documents of the command line.
#pragma once

#include "common/cli/table.hpp"
#include "common/cli/values.hpp"

#include "server/cli/command.hpp"
#include "server/reading/view.hpp"

namespace dossier::server {

/// A table of the named fields, or one JSON array with every field and the id.
void print_records(Context& context,
                   const catalog::Kind& kind,
                   std::span<const std::string_view> fields,
                   const std::vector<Listed>& records);
/// {"id":…, "field":…} of one record.
cli::Json record_document(const catalog::Kind& kind, const RecordId& id, const FieldValues& values);
/// How references are called, for the helpers of common/cli.
cli::TitleOf titles(Context& context);

}  // namespace dossier::server
