// Records as the tables and documents of an answer.
#pragma once

#include "common/cli/values.hpp"

#include "server/actions/action.hpp"
#include "server/reading/view.hpp"

namespace dossier::server {

/// A table of the named fields, and as data every field and the id.
void answer_records(Context& context,
                    const catalog::Kind& kind,
                    std::span<const std::string_view> fields,
                    const std::vector<Listed>& records);
/// [{"id":…, "field":…}, …].
action::Json records_document(const catalog::Kind& kind, const std::vector<Listed>& records);
/// {"id":…, "field":…} of one record.
action::Json record_document(const catalog::Kind& kind,
                             const RecordId& id,
                             const FieldValues& values);
/// How references are called, for the helpers of common/cli.
cli::TitleOf titles(Context& context);

/// The mark on a copy the asker takes now. Inside a unit of work.
std::string copy_mark(Context& context);

}  // namespace dossier::server
