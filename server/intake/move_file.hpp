// The records of one customer file given to another, and back again: what a merge does to rows,
// journal and scopes.
#pragma once

#include <string_view>

#include "server/intake/desk.hpp"

namespace dossier::server {

/// Values of a customer that a merge changed: whole groups, empty ones left out.
struct Changed {
    FieldValues before;
    FieldValues after;
};

/// `now` with what a merge changed put back, group by group; what was changed since stays.
FieldValues restored(const FieldValues& now, const Changed& changed);

/// One merge at its work; every line it writes to the journal carries its number.
struct Mover {
    const Desk& desk;
    std::uint64_t number;
    std::string_view event;  ///< "merge" or "unmerge"

    /// Gives every record of `from` to `to`, but those about the customer itself (its cases, its
    /// merges) and those `to` may have one of and has. How many went.
    [[nodiscard]] std::uint64_t move_file(const RecordId& from, const RecordId& to) const;
    /// Gives back to `from` what merge `number` brought from it, and what was made for it since
    /// `merged_at`.
    void move_back(const RecordId& from, const RecordId& to, Instant merged_at) const;
    /// Writes the customer with a journal line for each changed group. What changed.
    [[nodiscard]] Changed rewrite(const Target& customer, const FieldValues& after) const;
    /// Writes the absorbed customer; its version.
    [[nodiscard]] Fv mark(const Target& customer, const FieldValues& after) const;

  private:
    [[nodiscard]] std::uint64_t give_matters_of(const RecordId& record,
                                                const RecordId& customer) const;
    void give(const Place& place, const FieldValues& before, const FieldValues& after) const;
};

}  // namespace dossier::server
