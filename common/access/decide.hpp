// The one access decision, used by both sides for every read and write. Pure: values in, values
// out. Source: domain 3.2 (order), 3.3 (operations), 3.4 (offline).
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "common/access/role.hpp"
#include "common/base/ids.hpp"
#include "common/catalog/catalog.hpp"
#include "common/time/clock.hpp"

namespace dossier::access {

/// One role held now (assignments outside their period are left out by the caller).
struct Held {
    Role role = Role::Salesperson;
    Reach reach = Reach::Own;
    RecordId place;  ///< the region or department of the assignment; none = the user's own
};

/// A time-limited right of one user to one customer (or region). Source: domain 2.5.3 access_grant.
struct Grant {
    RecordId target;  ///< customer, or region
    int max_level = 1;
    bool edit = false;     ///< also F1 edits; default view only
    bool offline = false;  ///< also on his laptop; counts for a customer, up to level 2
    bool copy = false;     ///< also to export; up to level 2, for a purpose (WF-07)
    Instant from;
    Instant to;  ///< exclusive
    bool operator==(const Grant&) const = default;
};

/// Everything the decision needs to know of the person who asks.
struct Viewer {
    UserId user;
    bool active = false;
    bool agreement_signed = false;
    bool suspended = false;  ///< device suspended, session locked or hold on the user
    int clearance = 0;       ///< user.clearance, ≤ that of his roles
    RecordId region;
    RecordId department;
    std::vector<Held> roles;
    std::vector<Grant> grants;
};

/// Everything it needs to know of the thing asked for. For a child record these are the facts of
/// its customer; `level` is the greater of both.
struct Subject {
    std::uint16_t kind = 0;  ///< catalog::Kind::tag
    RecordId record;
    RecordId customer;  ///< of a customer: its own id; none for kinds that belong to no customer
    UserId owner;
    UserId service;
    UserId person;  ///< Belongs::Person and Administration: whose it is
    UserId creator;
    std::vector<UserId> asked;      ///< of whom the record itself asks something (`Kind::asks`)
    std::vector<UserId> superiors;  ///< of the owner (or person), nearest first
    std::vector<RecordId> regions;  ///< its region and that one's ancestors
    std::vector<RecordId> departments;
    std::vector<UserId> circle;  ///< who may know of an L3 record
    int level = 1;
    std::string_view file_state = "active";  ///< customer.file_state
};

enum class Operation : std::uint8_t {
    LookUp,  ///< directory: number, name, owner, region
    View,
    Create,     ///< a customer file, or a child record of a customer
    EditPlain,  ///< F1 fields
    EditControlled,
    Record,  ///< a communication or work log
    Remove,
    Verify,        ///< accept or refuse proposals of controlled fields
    Rule,          ///< decide cases (F2)
    Transfer,      ///< change the owner
    ManageAccess,  ///< grants
    Administer,    ///< users, devices, regions, backup
    ReadAudit,
    Export,
    MergeFiles,  ///< two customer files that are one (WF-12), and saying that they are not
    Erase,       ///< a customer or contact for good, with everything that speaks of it
    CopyCard,    ///< the one-page card of a customer of one's own, also out of a laptop (WF-07)
};

/// Best first: of several roles and grants the one with the best answer counts.
enum class Answer : std::uint8_t {
    Allow,
    Mask,           ///< allowed with values hidden (`catalog::masked`)
    Propose,        ///< taken, and kept until somebody verifies it
    NeedsApproval,  ///< once somebody has approved it
    Deny,
};

struct Decision {
    Answer answer = Answer::Deny;
    /// Allowed only with a stated purpose (≥ 4 characters), and audited.
    bool purpose_needed = false;
    /// Taken, and shown to the owner: a communication on another's customer or a closed file.
    bool flagged = false;
    std::string_view rule;  ///< which rule decided, e.g. "3.2-4 scope": see rules.hpp
    bool operator==(const Decision&) const = default;
};

struct Context {
    Instant now;
    bool offline = false;  ///< the answer is about data lying on a laptop
};

/// `facet` is the part of the record asked for (View, LookUp) or written. First rule that applies
/// wins within one role or grant; the best answer among them is the viewer's. `context.offline`
/// speaks of reading: a write made on a laptop is decided like any other when it arrives.
///
/// Laws (tests/unit/common/access): another role, grant or a higher clearance never makes an answer
/// worse; what is allowed offline is allowed online; SystemAdmin alone reads no customer content.
Decision decide(const Viewer& viewer,
                Operation operation,
                const Subject& subject,
                catalog::Facet facet,
                const Context& context);

/// Whether the viewer's letters (owner, service, roles …) include one of the field's writers;
/// `Propose` for controlled fields he may only propose, and for whatever his role only proposes.
/// Refuses fields only the office sets. Whether an immutable field is set yet is `merge::judge`'s.
Decision decide_write(const Viewer& viewer,
                      const Subject& subject,
                      const catalog::Field& field,
                      const Context& context);

/// The right by which a new record of this kind is made.
Operation making(const catalog::Kind& kind);

/// Authority of the viewer toward this subject in merges: 90 … 10 (domain 2.1, HA); 10 when none
/// of his roles reaches it.
int rank_of(const Viewer& viewer, const Subject& subject);

}  // namespace dossier::access
