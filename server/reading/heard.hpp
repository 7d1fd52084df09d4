// Notifications say something of another record. Who may read them may not be one any more who may
// read that: a file moves, is marked higher, goes to another owner. So what they say is judged when
// it is read, like everything else.
#pragma once

#include "server/reading/asker.hpp"

namespace dossier::server {

/// Values of a record of this kind as the asker may hear them today, with the purpose he stated:
/// `values` themselves for a kind that speaks of no other record. `record` = all the record holds,
/// of which `values` may be former ones.
FieldValues as_heard(Office& office,
                     const Asker& asker,
                     const catalog::Kind& kind,
                     const FieldValues& record,
                     FieldValues values);
inline FieldValues as_heard(Office& office,
                            const Asker& asker,
                            const catalog::Kind& kind,
                            const FieldValues& record) {
    return as_heard(office, asker, kind, record, record);
}

}  // namespace dossier::server
