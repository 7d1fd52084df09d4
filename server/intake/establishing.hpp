// What the steps of WF-01 ask of a customer file and do to it at the office. Internal to
// server/intake; the table that names them is step_table.cpp.
#pragma once

#include "server/intake/hand.hpp"

namespace dossier::server {

/// Whoever made the file may post files, or it is the office itself. Errors: intake.needs_review.
Status office_made(const Hand& hand);
/// Who signs wrote down what he checked since the superior passed the file on, and nothing he found
/// last differs. Errors: intake.unchecked.
Status checked(const Hand& hand);
/// No pair that waits scores `dup.block_bp` or more. Errors: intake.likely_twin. Source: RP-15.
Status no_twin(const Hand& hand);
/// The file it is a duplicate of is another and lives. Errors: intake.no_twin.
Status twin_remains(const Hand& hand);

/// By the region of the file and the lot it drew as it first came to a region that samples. Source:
/// D-02.
Status choose_inspection(Hand& hand);
/// Keeps when the office took the superior's signature: his laptop may have signed long before.
Status pass_on(Hand& hand);
/// The pair of the two files waits for its merge, proposed by who took the step. Source: WF-12.
Status propose_merge(Hand& hand);

}  // namespace dossier::server
