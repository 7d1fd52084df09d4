// What waits for people of a list or set: each element counts, added or taken away, and what its
// author said last of it. The journal tells. Source: domain C-05.
#pragma once

#include <optional>

#include "server/intake/candidates.hpp"
#include "server/intake/desk.hpp"

namespace dossier::server {

/// What somebody made of a value.
struct Step {
    const FieldValues& seen;  ///< what his laptop showed him
    const FieldValues& said;  ///< what he made of it
};

/// Equal; of a list or set in whatever order.
bool same_value(const Target& target, const FieldValues& one, const FieldValues& other);

/// The step done to another list: what it added is there, what it took away is not. In the order in
/// which somebody wrote it, where it comes to that.
FieldValues carried_on(const Target& target, const FieldValues& onto, const Step& step);

/// Which words of an author are looked at.
struct Words {
    /// A step that the journal may not hold yet.
    struct Next {
        const merge::Stamp& stamp;
        const Step& step;
    };
    std::optional<Next> next = {};  ///< said besides what the journal holds
    std::uint64_t proposal = 0;     ///< only what went to the proposal of this number; 0 = to any
};
/// The elements in which `asked` differs from `over` and that its author last said so for people
/// to decide, laid over `over`; nullopt when there is none.
std::optional<FieldValues> still_waiting(const Desk& desk,
                                         const Target& target,
                                         const Candidate& asked,
                                         const FieldValues& over,
                                         const Words& words = {});

}  // namespace dossier::server
