// How people call a record, and how far the office has heard of it.
#pragma once

#include "common/cli/values.hpp"

#include "client/reading/asker.hpp"

namespace dossier::client {

/// Customer name, user name, region name …; the UUID where it has none, where the record does not
/// lie here, and while nothing may be shown.
std::string title_of(Store& store, const Asker& asker, const RecordId& record);
/// The same for the helpers of common/cli.
cli::TitleOf titles(Store& store, const Asker& asker);
/// A value with references as titles; "-" for an empty one.
std::string shown(Store& store,
                  const Asker& asker,
                  const catalog::Field& field,
                  const Value& value);
/// The same of one field of a record; "-" where it is not filled in.
std::string shown_in(Store& store,
                     const Asker& asker,
                     const catalog::Kind& kind,
                     const FieldValues& values,
                     std::string_view name);

/// The end of an identity: enough to tell one record from another, short enough to type.
inline constexpr std::size_t kShortId = 8;
std::string short_id(const RecordId& record);

/// 待上传 · 待核 · 冲突待处理 · 未采纳 · 已同步 of a record. Source: domain 9.
Text sync_word(Store& store, const RecordId& record);
/// What the office said to one op.
Text verdict_word(const merge::Verdict& verdict);

/// Where the content of a record is, in words and as a stable word: sealed, here, pending, waiting
/// or not_taken.
struct ContentState {
    std::string_view code;
    Text words;
};
ContentState content_state(Attachments& attachments, const RecordId& record);

}  // namespace dossier::client
