// Which records a person may see, as a store can look for them. Nothing is decided here: `decide`
// is asked about an example of every sort of record there is, and what it answers is written down.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "common/access/decide.hpp"

namespace dossier::access {

/// How a record stands to a viewer; a set of them is their sum.
enum class Tie : std::uint16_t {
    Owner = 1,
    Service = 2,
    Creator = 4,
    Superior = 8,  ///< of the owner, or of the person whose the record is
    Circle = 16,   ///< named in the record's circle
    Person = 32,   ///< the record is his own: work logs, tasks
    Region = 64,   ///< its region or one above it is among `Opening::places`
    Department = 128,
    File = 256,   ///< its customer is
    Asked = 512,  ///< the record asks something of him (`Kind::asks`)
};
using Ties = std::uint16_t;

constexpr bool has(Ties ties, Tie tie) {
    return (ties & static_cast<Ties>(tie)) != 0;
}

/// Records that one role or grant of a viewer opens to him: all of this holds.
struct Opening {
    Ties ties = 0;  ///< none = whoever's they are
    std::vector<RecordId> places = {};
    std::vector<std::string_view> states =
        {};                   ///< of the file; without meaning for Belongs::Person
    std::uint8_t levels = 0;  ///< bit n: level n of Subject::level
    bool operator==(const Opening&) const = default;
};

/// Which answers count.
using Counts = std::function<bool(const Decision&)>;

/// What lets the viewer see this facet of records of the kind online. Nothing where who sees them
/// does not hang on facts of this sort alone: what the office keeps about itself, and work logs'
/// lines.
///
/// Laws (tests/unit/common/access): whatever `decide` gives an answer that counts lies in an
/// opening. Where Allow counts, be it only without a purpose, nothing else does.
std::optional<std::vector<Opening>> openings(const Viewer& viewer,
                                             const catalog::Kind& kind,
                                             catalog::Facet facet,
                                             Instant now,
                                             const Counts& counts);

/// Whether the record lies in the opening: what a store must find.
bool lies_in(const Opening& opening, const Viewer& viewer, const Subject& subject);

}  // namespace dossier::access
