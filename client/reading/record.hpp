// A record as people read it: fields by label, the official value and what is pending beside it;
// and the same as data.
#pragma once

#include <initializer_list>
#include <span>

#include "common/action/answer.hpp"

#include "client/reading/asker.hpp"

namespace dossier::client {

/// Every filled field and every one with something pending.
action::Facts record_facts(Store& store,
                           const Asker& asker,
                           const catalog::Kind& kind,
                           const RecordId& record);
/// {"kind":…, "id":…, "values":{…}, "pending":[…], "sync":…}.
action::Json record_document(Store& store,
                             const Asker& asker,
                             const catalog::Kind& kind,
                             const RecordId& record);
/// [{"id":…, field: value, …, "sync":…}].
action::Json records_document(Store& store,
                              const catalog::Kind& kind,
                              std::span<const RecordId> records);
/// Records under the labels of these fields, cells cut to what a person takes in.
action::Table records_table(Store& store,
                            const Asker& asker,
                            const catalog::Kind& kind,
                            std::span<const RecordId> records,
                            std::initializer_list<std::string_view> columns);
/// What hangs on a record, newest first.
std::vector<RecordId> children_of(Store& store,
                                  const catalog::Kind& kind,
                                  const RecordId& parent,
                                  std::size_t limit);

}  // namespace dossier::client
