// What its author wrote about a record and the office has not taken, beside what the office holds.
#pragma once

#include "client/reading/asker.hpp"

namespace dossier::client {

/// One field: "传真  旧 → 新  待上传".
struct PendingLine {
    const catalog::Field* field = nullptr;
    Value official;
    Value mine;
    Text state;
};
/// His last word about each field; empty when the office has all of it.
std::vector<PendingLine> pending_of(Store& store,
                                    const catalog::Kind& kind,
                                    const RecordId& record);

}  // namespace dossier::client
