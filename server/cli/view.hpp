// What the person who acts may see of a record: facet by facet as `access::decide` says, masked
// where it says so, and noted in the audit. And lists of the office's own records.
#pragma once

#include "common/cli/table.hpp"
#include "common/cli/values.hpp"

#include "server/cli/command.hpp"

namespace dossier::server {

struct Withheld {
    Facet facet = Facet::Main;
    access::Decision decision;
    Error why;
};

struct Visible {
    FieldValues values;
    std::vector<Facet> facets;  ///< those shown, masked ones included
    std::vector<Withheld> withheld;
};

/// The decision on reading one facet; `values` are those of the record.
access::Decision may_view(Context& context,
                          const Place& place,
                          const FieldValues& values,
                          Facet facet);
/// Of a file above the viewer's reading the directory shows number, name and owner only
/// (domain 3.3, note 1). Whether he is shown this field of the directory.
bool is_in_directory_of(Context& context,
                        const Place& place,
                        const FieldValues& values,
                        std::uint16_t tag);
/// Whether fields of this facet are among what is shown.
bool shows(const Visible& visible, Facet facet);
/// Reads a record for the acting person, with the purpose he stated, and notes the read.
/// Errors: intake.unknown_record when he may not even look it up.
Result<Visible> read_record(Context& context, const Place& place, std::string_view action);

struct Listed {
    RecordId id;
    FieldValues values;
};
/// Records of a kind that is not about customers, those the acting person may read.
std::vector<Listed> all_records(Context& context, const catalog::Kind& kind);
/// A table of the named fields, or one JSON array with every field and the id.
void print_records(Context& context,
                   const catalog::Kind& kind,
                   std::span<const std::string_view> fields,
                   const std::vector<Listed>& records);
/// {"id":…, "field":…} of one record.
cli::Json record_document(const catalog::Kind& kind, const RecordId& id, const FieldValues& values);
/// How references are called, for the helpers of common/cli.
cli::TitleOf titles(Context& context);

}  // namespace dossier::server
