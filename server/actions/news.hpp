// What open pages are told as it happens: how much waits for whom, what was changed, which laptop
// syncs. Read a little at a time, so that many open pages cost the office little; a page asks for
// what it shows itself.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "server/actions/action.hpp"

namespace dossier::server {

/// How much waits for one person, as far as he may know of it; up to `kCountedMax` of each.
struct Counts {
    std::uint64_t cases = 0;
    std::uint64_t proposals = 0;
    std::uint64_t approvals = 0;  ///< for his signature
    std::uint64_t tasks = 0;
    std::uint64_t notifications = 0;  ///< unread
    std::uint64_t late = 0;           ///< laptops not heard of for three days
    bool operator==(const Counts&) const = default;
};
inline constexpr std::uint64_t kCountedMax = 1000;

/// A record that was made, changed or removed.
struct ChangedRecord {
    Place place;
    bool operator==(const ChangedRecord& other) const {
        return place.record == other.place.record && place.kind == other.place.kind;
    }
};

/// One step of a laptop's sync.
struct SyncStep {
    std::uint64_t session = 0;
    std::string device;  ///< its code
    std::string user;
    std::string phase;  ///< "began", "under_way", "done"
    std::uint64_t changesets = 0;
    std::uint64_t cases = 0;
    std::uint64_t proposals = 0;
    std::uint64_t facets_sent = 0;
};

struct News {
    std::vector<ChangedRecord> changed;
    bool much_changed = false;  ///< more than is told one by one: whatever a page shows may be old
    std::vector<SyncStep> syncs;
    [[nodiscard]] bool is_none() const { return changed.empty() && !much_changed && syncs.empty(); }
};

/// What was told already. One per reader of news; all calls inside a unit of work.
class NewsReader {
  public:
    explicit NewsReader(Office& office) : office_(office) {}
    /// What happened since the last call; at the first nothing.
    News read();
    [[nodiscard]] Office& office() { return office_; }

  private:
    void read_changes(News& news);
    void read_syncs(News& news);

    Office& office_;
    std::optional<Seq> told_;
    std::map<std::uint64_t, SessionRow> sessions_;  ///< those that are not over, and the last
};

/// Whether a page that is open is still somebody's. Inside a unit of work.
bool is_still_signed_in(Office& office, std::string_view token);
/// Inside a unit of work.
Counts counts_of(Office& office, const UserId& user);
/// Whether he may know of the record. Inside a unit of work.
bool knows_of(Office& office, const UserId& user, const ChangedRecord& changed);
/// Whether he may know of laptops' syncs. Inside a unit of work.
bool knows_of_syncs(Office& office, const UserId& user);

}  // namespace dossier::server
