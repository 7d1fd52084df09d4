// Everything one laptop keeps: one encrypted SQLite database and the small classes that read and
// write it. One process at a time; one thread.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "common/base/result.hpp"
#include "common/sqlite/connection.hpp"

#include "client/store/meta.hpp"
#include "client/store/mirror.hpp"
#include "client/store/outbox.hpp"
#include "client/store/replica.hpp"
#include "client/store/scopes.hpp"
#include "client/store/search.hpp"
#include "client/store/tray.hpp"

namespace dossier::client {

inline constexpr std::int32_t kApplicationId = 0x444F5343;  ///< "DOSC"

/// One sync session as this laptop remembers it. A session without a Bye has no `finished_at`.
struct SessionLine {
    Instant started_at;
    Instant finished_at;  ///< 0 = cut
    std::uint64_t sent = 0;
    std::uint64_t received = 0;
    std::uint64_t refused = 0;
    std::uint64_t incidents = 0;
};

class Store {
  private:
    sqlite::Connection db_;  // first: everything below refers to it
    std::uint64_t stamp_ = 1;
    explicit Store(const sqlite::OpenOptions& options) : db_(options) {}

  public:
    /// Opens or makes the database `options.path` through the VFS `options.vfs` and brings its
    /// schema up to date. Errors: store.newer_schema.
    static Result<std::unique_ptr<Store>> open(const sqlite::OpenOptions& options);
    Store(const Store&) = delete;
    Store& operator=(const Store&) = delete;

    Meta meta{db_};
    Outbox outbox{db_};
    Mirror mirror{db_};
    Tray tray{db_};
    Search search{db_};
    Scopes scopes{db_};
    Replica replica{db_, scopes, mirror, outbox, search, tray};

    sqlite::Connection& connection() { return db_; }

    /// Newest first, at most `limit`.
    std::vector<SessionLine> sessions(std::size_t limit);
    /// When a sync was last finished; 0 = never.
    Instant last_finished();
    std::int64_t begin_session(Instant now);
    void finish_session(std::int64_t id, const SessionLine& line);
    /// A line of what went wrong, for `status` and the office: a stable word and numbers only.
    void note_incident(std::string_view what, std::string_view detail, Instant now);

    /// Changes whenever rows may have changed; what is derived from rows is good for one stamp.
    [[nodiscard]] std::uint64_t stamp() const { return stamp_; }
    void touch() { ++stamp_; }
};

}  // namespace dossier::client
