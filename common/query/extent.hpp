// How far somebody's sight reaches at most, in conditions a store can look for: what of a long list
// he may see is found without judging each record. Whoever hands records out judges them all the
// same, so an extent may be wider than what is seen, and must never be narrower.
#pragma once

#include <vector>

#include "common/base/value.hpp"
#include "common/query/filter.hpp"

namespace dossier::query {

/// One way in which a record may come to be seen: all of this holds. Without any condition: every
/// record.
struct Way {
    std::vector<RecordId> files = {};  ///< its customer is one of these; empty = whichever
    std::vector<Filter> file = {};     ///< of the customer it belongs to: of a customer, its own
    std::vector<Filter> own = {};      ///< of the record itself

    [[nodiscard]] bool is_open() const { return files.empty() && file.empty() && own.empty(); }
};

/// The record is seen in one of these ways at least; without any: nothing is seen.
using Extent = std::vector<Way>;

/// A record with the customer it belongs to; of a customer both are the same. What belongs to none
/// has one without values.
struct Whole {
    RecordId file;
    const FieldValues& file_values;
    const FieldValues& values;
};

/// Whether all of these reach the record.
bool reaches(const std::vector<Extent>& extents, const Whole& record);

}  // namespace dossier::query
