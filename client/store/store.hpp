// Everything one laptop keeps: one encrypted SQLite database and the small classes that read and
// write it. One process at a time; one thread.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "common/base/result.hpp"
#include "common/sqlite/connection.hpp"
#include "common/vault/vault.hpp"

#include "client/store/attachments.hpp"
#include "client/store/forms.hpp"
#include "client/store/lease.hpp"
#include "client/store/meta.hpp"
#include "client/store/mirror.hpp"
#include "client/store/outbox.hpp"
#include "client/store/replica.hpp"
#include "client/store/scopes.hpp"
#include "client/store/search.hpp"
#include "client/store/tray.hpp"

namespace dossier::client {

/// One sync session as this laptop remembers it. A session without a Bye has no `finished_at`.
struct SessionLine {
    std::int64_t id = 0;
    Instant started_at;
    Instant finished_at;  ///< by the office's clock; 0 = cut
    std::uint64_t sent = 0;
    std::uint64_t received = 0;
    std::uint64_t refused = 0;
    std::uint64_t incidents = 0;
};

struct Incident {
    Instant at;
    /// A stable word: "scope.differs", "server.restored", "office.key", "outbox.branched",
    /// "outbox.forgotten", "outbox.fork", "audit.differs".
    std::string what;
    std::string detail;
};

class Store {
  private:
    std::unique_ptr<vault::Vault> vault_;  // first: it outlives the connection
    sqlite::Connection db_;                // second: everything below refers to it
    std::uint64_t stamp_ = 1;

  public:
    /// The database of an open vault; brings its schema up to date and finishes a purge that was
    /// cut. Errors: store.newer_schema, those of vault::Vault::prepare.
    static Result<std::unique_ptr<Store>> open(std::unique_ptr<vault::Vault> vault);
    /// An unencrypted database, or one of another VFS: tests and benchmarks only.
    static Result<std::unique_ptr<Store>> open(const sqlite::OpenOptions& options);
    Store(const Store&) = delete;
    Store& operator=(const Store&) = delete;

    Meta meta{db_};
    Lease lease{meta};
    Outbox outbox{db_};
    Mirror mirror{db_};
    Tray tray{db_};
    Search search{db_};
    Scopes scopes{db_};
    Attachments attachments{db_};
    Forms forms{db_};
    Replica replica{db_, scopes, mirror, outbox, search, tray};

    sqlite::Connection& connection() { return db_; }
    /// Null for a store without a vault.
    vault::Vault* vault() { return vault_.get(); }

    /// Removes physically what lies in leaving scopes and in no other: rows, office's values,
    /// history, search entries, contents, log. Transactions of its own, repeatable after a cut. A
    /// scope that is being sent anew stays until its successor is complete.
    void purge_leaving();
    /// Makes what quickens lists that have grown long (sqlite::ensure_filter_indexes). Repeatable
    /// after a cut.
    void tend_lists();
    /// Carries out a wipe order: everything goes but who this laptop is and what is sealed for the
    /// office. Transactions of its own, repeatable after a cut. The number of rows removed so far.
    std::uint64_t wipe();
    /// Leaves nothing of erased rows in any file: search index rewritten, log cut to zero.
    /// Repeatable after a cut, and quick when nothing was erased since the last time.
    void scrub();

    /// Newest first, at most `limit`.
    std::vector<SessionLine> sessions(std::size_t limit);
    /// When a sync was last finished, by the office's clock; 0 = never.
    Instant last_finished();
    std::int64_t begin_session(Instant now);
    void finish_session(const SessionLine& line);
    void note_incident(std::string_view what, std::string_view detail, Instant now);
    /// Newest first, at most `limit`.
    std::vector<Incident> incidents(std::size_t limit);

    /// The latest time this laptop knows to have passed: the office's, or its own when it last
    /// saved something. A clock before it was set back; work goes on all the same.
    Instant high_water();

    /// Changes whenever a sync may have changed rows: what is derived from them is good for one
    /// stamp.
    [[nodiscard]] std::uint64_t stamp() const { return stamp_; }
    void touch() { ++stamp_; }

  private:
    Store(std::unique_ptr<vault::Vault> vault, const sqlite::OpenOptions& options)
        : vault_(std::move(vault)), db_(options) {}
    Status prepare();
    bool seal_contents();
};

}  // namespace dossier::client
