// Customer files on their way from one owner to another: what is handed over, whether it may be,
// what is still open of it, and giving it. Source: domain WF-13, R-022, AS-27.
#pragma once

#include "server/intake/hand.hpp"

namespace dossier::server {

/// The facts by which access to each file of a handover is decided, as it lies now and as it would
/// lie where its new owner works: who signs must be allowed to transfer both.
std::vector<access::Subject> subjects_of_handover(const Desk& desk, const FieldValues& handover);

/// Errors: intake.missing_input, intake.unknown_record, handover.not_his, handover.nothing.
Status hands_own_files(const Hand& hand);
/// Errors: handover.receiver.
Status receiver_works(const Hand& hand);
/// Errors: handover.laptops_out.
Status laptops_brought_in(const Hand& hand);

/// Writes how much is still to be done of what is handed over.
Status list_open_items(Hand& hand);
/// Gives each file that is still his to the new owner, by the step `transfer` of the file.
Status hand_over_files(Hand& hand);
/// Of a file with a new owner the tasks of the former one that are of no step are the new one's,
/// with time to do them.
Status reassign(Hand& hand);

}  // namespace dossier::server
