// Whether somebody may know of a record, and how many he may know of: a number of hidden files
// tells that there are some.
#pragma once

#include <functional>

#include "server/reading/view.hpp"

namespace dossier::server {

enum class Known : std::uint8_t {
    No,      ///< it does not exist for him
    Masked,  ///< its values with their middle hidden
    InFull,  ///< be it for a purpose
};

/// By one facet of it. `values` are those of the record.
Known known_by(
    Office& office, const Asker& asker, const Place& place, const FieldValues& values, Facet facet);
/// The facets of a record he may know in full, as one.
FieldValues known_values(Office& office,
                         const Asker& asker,
                         const Place& place,
                         const FieldValues& values);
/// Records of a kind that is about no customer, those he reads in clear: to reckon with. Who gives
/// them to somebody asks `all_records`, which notes it.
std::vector<Listed> known_records(Office& office, const Asker& asker, const catalog::Kind& kind);
/// Records of the kind he may know of, those in `state` only where it is not empty; `give_way` is
/// called between pages.
std::size_t count_known(Office& office,
                        const Asker& asker,
                        const catalog::Kind& kind,
                        std::string_view state,
                        const std::function<void()>& give_way);

}  // namespace dossier::server
