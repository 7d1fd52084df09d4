// The one door by which data changes on a laptop: checks the values, the rights and the rules,
// then writes the view, the office's values underneath, the search queue and the outbox in one
// durable transaction. What it returned as saved survives a power cut. Source: architecture 4.
#pragma once

#include "common/access/decide.hpp"
#include "common/crypto/random.hpp"
#include "common/merge/op.hpp"
#include "common/time/clock.hpp"

#include "client/intake/people.hpp"
#include "client/store/store.hpp"

namespace dossier::client {

class Intake {
  public:
    Intake(Store& store, const Clock& clock) : store_(store), clock_(clock), people_(store) {}

    /// Saves one user action. The caller gives `ops` (from drafts.hpp), `reason` and `source`;
    /// author, time and schema are stamped here, and what a new record must have (who, when, on
    /// which laptop, presets, provisional number) is filled in; a record of which there is only one
    /// is named as every laptop names it (merge/derived_id.hpp). Whole or not at all.
    /// Errors: those of catalog validation, client.denied, client.office_only, client.locked,
    /// client.unknown_record, client.unknown_customer, client.nothing_to_do,
    /// client.malformed_draft, intake.one_only, client.not_enrolled, client.no_office_data; of a
    /// step that is asked for client.at_office, access.denied and those of workflow::may_step; of a
    /// copy that leaves (copies.hpp) client.no_card, client.cards_a_day, access.purpose_needed.
    Result<OSeq> commit(merge::Changeset draft);
    /// The identity `commit` keeps a new record with these values under: a fresh one, or that of
    /// the only one there is (merge/derived_id.hpp).
    RecordId id_of_new(const catalog::Kind& kind, const FieldValues& values, crypto::Ids& ids);

    /// The user of this laptop as the access decision sees him, from the records of his post.
    /// Errors: client.not_enrolled, client.no_office_data.
    Result<access::Viewer> viewer() { return people_.viewer(now()); }
    /// The record as the access decision sees it; for a child record, the facts of its customer.
    access::Subject subject(const catalog::Kind& kind,
                            const RecordId& record,
                            const FieldValues& values);
    /// The best this laptop knows: its clock, corrected by what the office said and by what passed.
    Instant now() { return store_.lease.passed(clock_.now()); }
    /// The clock shows a time this laptop knows to have passed; work goes on, the office corrects.
    bool clock_was_set_back() { return clock_.now() < store_.high_water(); }

  private:
    Store& store_;
    const Clock& clock_;
    People people_;
};

}  // namespace dossier::client
