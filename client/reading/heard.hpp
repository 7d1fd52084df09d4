// Notifications lie on a laptop longer than the file they speak of: what they say of a file is told
// as far as the file itself lies here. The office judges likewise.
#pragma once

#include "client/reading/asker.hpp"

namespace dossier::client {

/// The values of a record of this kind as its reader may hear them now; as they are for a kind that
/// speaks of no other record.
FieldValues as_heard(Store& store, const catalog::Kind& kind, FieldValues values);
/// The record so; nothing for one that does not lie here.
FieldValues heard_record(Store& store, const catalog::Kind& kind, const RecordId& record);

}  // namespace dossier::client
