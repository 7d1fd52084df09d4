// What people mean by the words they type: customers, contacts, fields and their values.
#pragma once

#include "client/cli/command.hpp"

namespace dossier::client {

/// One record of a kind by UUID, number, exact title, unique part of it, or what search finds by
/// pinyin or initials. Errors: client.unknown_customer, client.ambiguous (with up to five names).
Result<RecordId> find_customer(Context& context, std::string_view typed);
/// A contact of a customer by name or UUID; the same errors.
Result<RecordId> find_contact(Context& context, const RecordId& customer, std::string_view typed);

/// The values given by `--field value`, `--set 字段=值` and `--clear 字段` for a kind; an empty
/// value clears. Errors: cli.unknown_field with close names, those of catalog::parse.
Result<FieldValues> given_values(Context& context, const catalog::Kind& kind);

/// A kind by its name. Errors: cli.unknown_kind.
Result<const catalog::Kind*> kind_named(std::string_view name);

/// Name people know a record by: customer name, user name, region name …; its UUID otherwise.
std::string title_of(Context& context, const RecordId& record);

/// 待同步 · 待核 · 冲突待处理 · 未采纳 · 已同步 of a record. Source: domain 9.
Text sync_word(Context& context, const RecordId& record);

}  // namespace dossier::client
