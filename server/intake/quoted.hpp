// What a case or proposal quotes: the field of the record it is about. Quoting a value is showing
// it, so everybody who asks who may see a matter asks it of that field.
#pragma once

#include "server/store/store.hpp"

namespace dossier::server {

struct Quoted {
    Place place;  ///< the record in dispute
    const catalog::Kind* kind = nullptr;
    const catalog::Field* field = nullptr;  ///< first of the group
    Facet facet = Facet::Main;              ///< the field's
    FieldValues values;                     ///< of the record, as they are now
};

/// `matter`: the values of a case or proposal. Nothing for records of other kinds, and for a matter
/// about a record or field this office does not know.
std::optional<Quoted> quoted_by(Store& store, std::uint16_t kind, const FieldValues& matter);

}  // namespace dossier::server
