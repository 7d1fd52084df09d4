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

/// How the acting person sees one facet, with the purpose he stated. Whatever shows values, or
/// quotes them elsewhere, asks this and no more.
struct Sight {
    access::Decision decision;
    Status permitted;  ///< why not, when it is withheld

    [[nodiscard]] bool in_clear() const {
        return permitted.has_value() && decision.answer == access::Answer::Allow;
    }
};
/// `values` are those of the record.
Sight sight_of(Context& context, const Place& place, const FieldValues& values, Facet facet);
/// What stands for a value that is not shown.
inline constexpr std::string_view kHidden = "●●●";
/// The decision alone: whether the thing exists for him, be it for a purpose.
access::Decision may_view(Context& context,
                          const Place& place,
                          const FieldValues& values,
                          Facet facet);
/// Values that quote the record (former ones, proposed ones) as the acting person may see the field
/// now: in clear, with their middle hidden, or hidden altogether.
FieldValues as_shown(Context& context,
                     const Place& place,
                     const FieldValues& record,
                     const FieldValues& quoted);
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
