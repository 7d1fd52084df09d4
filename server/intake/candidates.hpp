// The values that compete in a case, as the case record keeps them. Pure.
#pragma once

#include <string>
#include <vector>

#include "common/base/value.hpp"
#include "common/catalog/catalog.hpp"
#include "common/time/clock.hpp"

namespace dossier::server {

struct Candidate {
    UserId author;
    DeviceId device;
    Instant at;         ///< corrected time of writing
    FieldValues value;  ///< every non-empty field of the group
};

/// Adds a value; the same author's earlier one gives way, so that each person stands for one value.
/// Kept by author, so that every order of arrival gives the same list.
void join(std::vector<Candidate>& candidates, Candidate candidate);

/// [{"author":…,"device":…,"at":ms,"value":{…}}, …] and back; an empty text is an empty list.
std::string candidates_json(const catalog::Kind& kind, const std::vector<Candidate>& candidates);
std::vector<Candidate> candidates_from(const catalog::Kind& kind, std::string_view json);

}  // namespace dossier::server
