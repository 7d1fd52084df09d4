// Records as parts and data of an answer.
#pragma once

#include <initializer_list>

#include "client/actions/action.hpp"
#include "client/reading/record.hpp"

namespace dossier::client {

/// A record of any kind, whole.
void show_record(Context& context, const catalog::Kind& kind, const RecordId& record);
/// Records that hang on it under a heading, newest first; how many there are. For people only.
std::size_t show_children(Context& context,
                          const catalog::Kind& kind,
                          const RecordId& parent,
                          const Text& heading,
                          std::initializer_list<std::string_view> columns,
                          std::size_t limit);
/// 本机数据截至 …
void note_as_of(Context& context);

}  // namespace dossier::client
