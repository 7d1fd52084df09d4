// What somebody gets of a record: facet by facet as `access::decide` says, masked where it says so,
// with the purpose stated, and noted in the audit. The one way values reach a person at the office:
// nothing above it decides what may be seen, and nothing else notes a reading.
#pragma once

#include "server/reading/asker.hpp"

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

/// How the asker sees one facet, with the purpose he stated. Whatever shows values, or
/// quotes them elsewhere, asks this and no more.
struct Sight {
    access::Decision decision;
    Status permitted;  ///< why not, when it is withheld

    [[nodiscard]] bool in_clear() const {
        return permitted.has_value() && decision.answer == access::Answer::Allow;
    }
};
/// `values` are those of the record.
Sight sight_of(
    Office& office, const Asker& asker, const Place& place, const FieldValues& values, Facet facet);
/// What stands for a value that is not shown.
inline constexpr std::string_view kHidden = "●●●";
/// The decision alone: whether the thing exists for him, be it for a purpose. A case or proposal is
/// seen by who may see the field it is about.
access::Decision may_view(
    Office& office, const Asker& asker, const Place& place, const FieldValues& values, Facet facet);
/// Values that quote the record (former ones, proposed ones) as the asker may see the field
/// now: in clear, with their middle hidden, or hidden altogether.
FieldValues as_shown(Office& office,
                     const Asker& asker,
                     const Place& place,
                     const FieldValues& record,
                     const FieldValues& quoted);
/// Of a file above the viewer's reading the directory shows number, name and owner only
/// (domain 3.3, note 1). Whether he is shown this field of the directory.
bool is_in_directory_of(Office& office,
                        const Asker& asker,
                        const Place& place,
                        const FieldValues& values,
                        std::uint16_t tag);
/// Whether fields of this facet are among what is shown.
bool shows(const Visible& visible, Facet facet);
/// Reads a record for the asker and notes the reading as `action`.
/// Errors: intake.unknown_record when he may not even look it up.
Result<Visible> read_record(Office& office,
                            const Asker& asker,
                            const Place& place,
                            std::string_view action);

/// A reading that people must be able to account for: allowed or not, with its purpose.
void note_read(
    Office& office, const Asker& asker, std::string_view action, const Place& place, bool allowed);

struct Listed {
    RecordId id;
    FieldValues values;
    std::vector<const catalog::Field*> hidden = {};  ///< whose values, if any, he is not shown
};
/// Records of a kind that is about no customer, as far as the asker reads it; noted as "list".
std::vector<Listed> all_records(Office& office, const Asker& asker, const catalog::Kind& kind);

}  // namespace dossier::server
