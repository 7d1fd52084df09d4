// A record as people read it: fields by label, official value and what is pending beside it.
#pragma once

#include "client/cli/command.hpp"

namespace dossier::client {

/// All fields of a record; under --json {"kind":…, "values":{…}, "pending":[…]}.
void show_record(Context& context, const catalog::Kind& kind, const RecordId& record);
/// Records that hang on it, newest first, at most `limit`, with these columns; how many there are.
std::size_t show_children(Context& context,
                          const catalog::Kind& kind,
                          const RecordId& parent,
                          const Text& heading,
                          std::initializer_list<std::string_view> columns,
                          std::size_t limit);
/// Records as an array: [{"id":…, field: value, …, "sync":…}].
cli::Json records_json(Context& context,
                       const catalog::Kind& kind,
                       const std::vector<RecordId>& records);
/// Own changes of a record the office has not taken: "传真  旧 → 新  待同步". Empty when none.
struct PendingLine {
    const catalog::Field* field = nullptr;
    Value official;
    Value mine;
    Text state;
};
std::vector<PendingLine> pending_of(Context& context,
                                    const catalog::Kind& kind,
                                    const RecordId& record);
/// 本机数据截至 …
void show_as_of(Context& context);

}  // namespace dossier::client
