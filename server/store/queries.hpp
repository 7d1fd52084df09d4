// Questions to the office's records: lists, counts and sums. What they mean is said by
// common/query in plain code; each implementation of the store answers the same.
#pragma once

#include <vector>

#include "common/query/query.hpp"

namespace dossier::server {

class Queries {
  public:
    Queries() = default;
    Queries(const Queries&) = delete;
    Queries& operator=(const Queries&) = delete;
    virtual ~Queries() = default;

    /// The records of the asked page in the asked order.
    [[nodiscard]] virtual std::vector<query::Hit> page(const query::Query& query) = 0;
    /// How many records the query has, its page apart.
    [[nodiscard]] virtual std::uint64_t count(const query::Query& query) = 0;
    /// Ascending by the grouped values.
    [[nodiscard]] virtual std::vector<query::Group> fold(const query::Fold& fold) = 0;

    /// Makes what quickens lists that have grown long since the store was opened. Changes no
    /// answer; nothing to do costs nothing to speak of.
    virtual void tend_lists() = 0;
};

}  // namespace dossier::server
