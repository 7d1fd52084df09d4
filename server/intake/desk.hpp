// What every part of the door works with while one changeset is admitted.
#pragma once

#include "common/catalog/catalog.hpp"
#include "common/crypto/random.hpp"

#include "server/intake/intake.hpp"
#include "server/people/people.hpp"

namespace dossier::server {

/// Sources of a changeset by which a matter is decided: a ruling, and the verification of a
/// proposal.
inline constexpr std::string_view kRuling = "ruling";
inline constexpr std::string_view kVerification = "verification";

struct Desk {
    Store& store;
    People& people;
    crypto::Ids& ids;
    const Bearer& bearer;
    const merge::Changeset& changeset;
    RecordId absorbed = {};  ///< the merged customer the op at hand spoke of; none = of none

    [[nodiscard]] merge::Stamp stamp(int rank) const {
        return {bearer.at, bearer.device, bearer.oseq, bearer.user, rank};
    }
    /// The office itself: jobs and the first set-up. Only office code makes such a bearer.
    [[nodiscard]] bool is_system() const { return bearer.user.is_none(); }
    /// True for work that came from a laptop.
    [[nodiscard]] bool from_laptop() const { return bearer.oseq != 0; }
};

/// A group of one record as the office has it now.
struct Target {
    Place place;
    const catalog::Kind* kind = nullptr;
    FieldValues values;                        ///< the whole record
    std::vector<const catalog::Field*> group;  ///< of the op; empty for Create, Remove, Event

    /// The non-empty values of the group.
    [[nodiscard]] FieldValues part(const FieldValues& of) const;
    /// The record with other values for the group.
    [[nodiscard]] FieldValues with(const FieldValues& group_values) const;
    [[nodiscard]] Facet facet() const { return catalog::facet_of(*kind, *group.front()); }
};

/// Puts a value under its field.
inline void put(FieldValues& values, const catalog::Field& of, Value value) {
    assign(values, of.tag, std::move(value));
}

}  // namespace dossier::server
