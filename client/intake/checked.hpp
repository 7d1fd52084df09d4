// One changeset on its way through the door: each op is checked against the record as the earlier
// ops of the same changeset leave it. Internal to client/intake.
#pragma once

#include <algorithm>
#include <map>
#include <optional>

#include "common/access/decide.hpp"
#include "common/merge/op.hpp"
#include "common/workflow/machine.hpp"

#include "client/intake/people.hpp"
#include "client/store/store.hpp"

namespace dossier::client {

class Checked {
  public:
    /// `now` = the best this laptop knows, for rights; `claimed` = what its clock says: the office
    /// moves that to the time it was.
    Checked(Store& store,
            People& people,
            const Identity& identity,
            const access::Viewer& viewer,
            std::string_view reason,
            Instant now,
            Instant claimed)
        : store_(store),
          people_(people),
          identity_(identity),
          viewer_(viewer),
          reason_(reason),
          now_(now),
          claimed_(claimed) {}

    /// Tests one op and brings it into its final form. Errors: see Intake::commit.
    Status check(merge::Op& op);
    /// The values of a new record with what this laptop presets.
    [[nodiscard]] FieldValues with_presets(const catalog::Kind& kind, FieldValues values) const;
    /// Remembers the provisional numbers given and the cards copied. Inside the transaction that
    /// saves the changeset.
    void keep_numbers();
    /// Errors: client.unknown_customer when the way to its customer is not held here.
    Result<access::Subject> subject(const catalog::Kind& kind,
                                    const RecordId& record,
                                    const FieldValues& values);

  private:
    Status check_create(const catalog::Kind& kind, merge::Op& op);
    /// A copy leaves only as a card, for a purpose, a few a day.
    Status check_copy(const catalog::Kind& kind, const merge::Op& op);
    /// A step is asked for as an intent: by the same table as at the office, as far as what lies
    /// here tells. The office may still say no.
    Status check_event(const catalog::Kind& kind, const merge::Op& op);
    Status check_unseen_event(const catalog::Kind& kind,
                              const std::vector<const workflow::Step*>& rows,
                              const merge::Op& op) const;
    Status check_step_right(const catalog::Kind& kind,
                            const merge::Op& op,
                            const workflow::Step& step,
                            const FieldValues& current);
    Status check_set(const catalog::Kind& kind, merge::Op& op);
    Status check_remove(const catalog::Kind& kind, const merge::Op& op);
    void fill_in(const catalog::Kind& kind, FieldValues& values);
    /// Errors: intake.one_only where there is one already that says the same of itself.
    Status check_only(const catalog::Kind& kind, const merge::Op& op);
    Status check_fields(const catalog::Kind& kind, const FieldValues& row, merge::Op& op);
    Status check_rights(const catalog::Kind& kind, const FieldValues& row, const merge::Op& op);
    Status check_references(const catalog::Kind& kind,
                            const RecordId& record,
                            const FieldValues& values);
    /// Errors: field.itself, field.circle, as far as what lies here tells.
    Status check_link(const catalog::Kind& kind, const RecordId& record, const FieldValues& whole);
    /// Errors: field.circle, as far as what lies here tells.
    Status check_among(const catalog::Kind& kind, const FieldValues& whole);
    Status check_tree(const catalog::Kind& kind, const RecordId& record, const FieldValues& values);
    /// Of a record held here or made in this changeset; what this laptop does not hold may be of
    /// any kind: the office knows it.
    bool names_other_kind(const catalog::Kind& kind,
                          const catalog::Field& of,
                          const RecordId& named);
    /// What lies after it has not come yet, whichever clock is right.
    [[nodiscard]] Instant latest() const { return std::max(now_, claimed_); }
    std::optional<FieldValues> row(const catalog::Kind& kind, const RecordId& record);

    Store& store_;
    People& people_;
    const Identity& identity_;
    const access::Viewer& viewer_;
    std::string_view reason_;
    Instant now_;
    Instant claimed_;
    std::map<RecordId, FieldValues> rows_;            ///< as the ops checked so far leave them
    std::map<RecordId, const catalog::Kind*> kinds_;  ///< of those made here
    std::int64_t numbers_given_ = 0;
    std::int64_t cards_copied_ = 0;
};

}  // namespace dossier::client
