// The office as one thing: its store, its door and its clock. Commands, sessions and jobs work
// through it. Everything but the network; used on the store's thread inside a unit of work.
#pragma once

#include <atomic>

#include "server/intake/intake.hpp"
#include "server/office/office_clock.hpp"

namespace dossier::server {

struct Job;

class Office {
  public:
    /// `clock` is the machine's; `high_water` what `high_water_at_start` told of the store.
    Office(Store& store, const Clock& clock, crypto::Random& random, Instant high_water = {})
        : store_(store),
          clock_(clock, high_water),
          random_(random),
          ids_(clock_, random),
          people_(store),
          intake_(store, people_, ids_) {}

    [[nodiscard]] Store& store() { return store_; }
    [[nodiscard]] People& people() { return people_; }
    [[nodiscard]] Intake& intake() { return intake_; }
    [[nodiscard]] crypto::Ids& ids() { return ids_; }
    [[nodiscard]] crypto::Random& random() { return random_; }
    [[nodiscard]] OfficeClock& clock() { return clock_; }
    /// The office's time: the only answer to what time it is, for rights, terms and books.
    [[nodiscard]] Instant now() const { return clock_.now(); }

    /// The place of the one job that runs, whoever asked for it; null = none does. Any thread.
    [[nodiscard]] std::atomic<const Job*>& job_under_way() { return job_under_way_; }

    /// A change made at the office by `actor` (none = the office itself) through the door, inside
    /// the caller's unit. Errors: the refusal of the first op that was refused.
    Result<std::vector<merge::Verdict>> change(const UserId& actor, merge::Changeset changeset);
    /// The identity under which a new record `actor` makes with these values is kept.
    RecordId id_of_new(const UserId& actor, const catalog::Kind& kind, const FieldValues& values);
    /// Whether an import of `actor`'s may say this field: `Intake::may_say`.
    Status may_import(const UserId& actor, const merge::Op& op, const catalog::Field& of);

  private:
    Store& store_;
    OfficeClock clock_;
    crypto::Random& random_;
    crypto::Ids ids_;
    People people_;
    Intake intake_;
    std::atomic<const Job*> job_under_way_{nullptr};
};

}  // namespace dossier::server
