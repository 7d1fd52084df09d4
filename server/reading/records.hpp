// From what people call a record of any kind to the record, and from words to values that name
// records. What the asker may not know of does not exist for him.
#pragma once

#include "server/reading/asker.hpp"

namespace dossier::server {

inline constexpr Fault kUnknownRecordNamed{
    "cli.unknown_record",
    ErrorCode::NotFound,
    {"没有{}“{}”，或您无权知悉", "there is no {} '{}', or none you may know of"},
    {"写名称或标识；同名的加 {in:customer}；用 list 查看",
     "give its name or id, with {in:customer} among those of one customer; see its list"}};

/// A record of the kind: by its id or the end of it, by what people call it (`Kind::known_by`, its
/// title), a customer as `find_customer` does, what a customer has one of by the customer too.
/// `file` narrows it to what belongs to that customer; none = no narrowing.
/// Errors: cli.unknown_record, cli.ambiguous, those of find_customer, find_user and find_place.
Result<RecordId> find_record(Office& office,
                             const Asker& asker,
                             const catalog::Kind& kind,
                             std::string_view name,
                             const RecordId& file = {});

/// A value as typed: references by name, several with 、 or ; between, everything else by
/// `catalog::parse`. Errors: those of `find_record` and of `catalog::parse`.
Result<Value> read_reference(Office& office,
                             const Asker& asker,
                             const catalog::Field& field,
                             std::string_view text,
                             const RecordId& file = {});

}  // namespace dossier::server
