// From what people call things to records: customers by number, name, pinyin or initials, contacts
// by name, the rest by identity or the end of it. While nothing may be shown, only a full number or
// identity finds.
#pragma once

#include "client/reading/asker.hpp"

namespace dossier::client {

/// By UUID, number, exact name, unique part of it, or what search finds by pinyin or initials.
/// Errors: client.unknown_customer, client.ambiguous (with up to five names), client.number_only.
Result<RecordId> find_customer(Store& store, const Asker& asker, std::string_view typed);
/// A contact of a customer by UUID, name, part or initials of it. Errors: client.unknown_contact,
/// client.ambiguous.
Result<RecordId> find_contact(Store& store,
                              const Asker& asker,
                              const RecordId& customer,
                              std::string_view typed);
/// A communication by its identity or the end of it. Errors: client.unknown_visit,
/// client.ambiguous.
Result<RecordId> find_visit(Store& store, std::string_view typed);
/// A record of any kind by UUID, the end of it, or what its kind is known by; a customer as by
/// `find_customer`. Errors: client.unknown_record, client.ambiguous, those of `find_customer`.
Result<RecordId> find_record(Store& store,
                             const Asker& asker,
                             const catalog::Kind& kind,
                             std::string_view typed);
/// The same among what hangs on `above`: by title, a part of it, or identity.
Result<RecordId> find_below(Store& store,
                            const Asker& asker,
                            const catalog::Kind& kind,
                            const RecordId& above,
                            std::string_view typed);
/// A value as typed: references by name, several with 、 or ; between, everything else by
/// catalog::parse. `file` is the customer whose people and papers are meant; none = all here.
/// Errors: those of the finders and of catalog::parse.
Result<Value> read_reference(Store& store,
                             const Asker& asker,
                             const catalog::Field& field,
                             std::string_view typed,
                             const RecordId& file,
                             Instant now);
/// A case by its number. Errors: client.unknown_case.
Result<RecordId> find_case(Store& store, std::string_view typed);
/// A kind by its name. Errors: cli.unknown_kind.
Result<const catalog::Kind*> kind_named(std::string_view name);

}  // namespace dossier::client
