// How a viewer stands to a subject: ownership, reach, circle, level, and where the file is in its
// life. What `decide`, `decide_write` and the scopes share. Internal to common/access.
#pragma once

#include "common/access/decide.hpp"

namespace dossier::access {

/// customer.file_state as far as rights go.
enum class Stage : std::uint8_t {
    Draft,
    Reviewing,  ///< superior_review, inspection, clerk_posting
    Returned,
    Live,
    Closed,  ///< archived, destroy_pending, and any state not known here
    Void,
    Destroyed,
};
Stage stage_of(std::string_view file_state);

/// One question with what follows from its subject alone.
struct Question {
    const Viewer& viewer;
    const Subject& subject;
    const catalog::Kind& kind;
    catalog::Facet facet{};
    Instant now;
    Stage stage{};
    int level = 0;  ///< effective: of the record or of the facet, whichever is higher
};
Question question(const Viewer& viewer,
                  const Subject& subject,
                  const catalog::Kind& kind,
                  catalog::Facet facet,
                  Instant now);

/// Owner or service user; before posting the creator too, and of a draft or void file only he.
bool is_mine(const UserId& user, const Subject& subject, Stage stage);
/// Anywhere in the chain of superiors.
bool is_superior(const UserId& user, const Subject& subject);
/// Whether an assignment reads the region with this path (itself and its ancestors).
bool reads_region(const Viewer& viewer, const Held& held, const std::vector<RecordId>& path);
/// Scope of domain 3.2-4 without grants: own, department, region or all; a superior also reaches
/// the files his people are establishing.
bool reaches(const Question& asked, const Held& held);
/// Whether this role may know of an L3 record: general manager, marketing director and service
/// manager of full clearance always, certain others when named in its circle.
bool is_member(const Question& asked, const Held& held);
/// Highest level a role gives this viewer; -1 = no customer content.
int clearance_of(const Viewer& viewer, Role role);

bool in_force(const Grant& grant, Instant now);
/// In force and on this customer or a region of it, and the viewer works with customers at all.
bool applies(const Question& asked, const Grant& grant);

/// Facets of one's own record, draft or customer that go on a laptop. Source: domain 3.4.
bool is_carried(catalog::Facet facet, int record_level, int level);
/// Whether a file in this stage may lie on laptops of others than its creator.
bool is_carried(Stage stage);
/// Whether a role keeps its own customers on a laptop (its reading is neither masked nor bound to
/// a purpose).
bool carries_own(const Viewer& viewer, const Held& held);
/// Whether the record asks something of this person (`Kind::asks`).
bool is_named(const Question& asked, const UserId& user);
/// The same of a record of a customer: he reads it, at the office and on his laptop,
/// whosever file it lies in, as far as a laptop may hold it at all.
bool is_asked(const Question& asked, const UserId& user);
/// Whether an offline grant opens this facet on a laptop.
bool opens_offline(
    const Grant& grant, const Subject& subject, catalog::Facet facet, int level, Instant now);

}  // namespace dossier::access
