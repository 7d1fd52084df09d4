// The office's store in our own nouns: SQLite in a vault today, PostgreSQL when users outgrow one
// machine. One contract suite (tests/contract) holds for every implementation. All calls come from
// one thread and between `begin` and `commit`/`rollback`, except `begin` itself and what makes
// and looks at backups.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string_view>

#include "common/base/result.hpp"
#include "common/content/contents.hpp"

#include "server/store/audit.hpp"
#include "server/store/credentials.hpp"
#include "server/store/history.hpp"
#include "server/store/ledger.hpp"
#include "server/store/queries.hpp"
#include "server/store/records.hpp"
#include "server/store/scopes.hpp"

namespace dossier::server {

/// Under which `meta` keeps the key of content digests.
inline constexpr std::string_view kContentKey = "office.content_key";

/// Opens: key, tables of the vault and its first page. EveryPage: all of it, read once more.
enum class BackupCheck : std::uint8_t { Opens, EveryPage };

class Store : public Queries,
              public Records,
              public Scopes,
              public History,
              public Ledger,
              public Credentials,
              public Audit {
  public:
    using Queries::count;
    using Records::count;

    // ---- units of work: nothing is seen or kept before `commit`; commit is durable when it
    // returns
    virtual void begin() = 0;
    virtual void commit() = 0;
    virtual void rollback() = 0;
    /// A step inside the unit that can be undone alone. Nested in stack order; released or rolled
    /// back to, the innermost mark is gone.
    virtual void mark() = 0;
    virtual void release_mark() = 0;
    virtual void rollback_to_mark() = 0;

    /// The bytes of attachments; part of the unit of work like everything else.
    [[nodiscard]] virtual content::Contents& contents() = 0;

    // ---- small things
    /// Next number of a named counter, from 1, without gaps inside a unit that commits.
    virtual std::uint64_t next(std::string_view counter) = 0;
    [[nodiscard]] virtual std::optional<Bytes> meta(std::string_view key) = 0;
    virtual void set_meta(std::string_view key, ByteView value) = 0;

    // ---- whole store
    /// Re-reads everything: pages, places and rows, facet hashes, scope logs and sums, a journal
    /// line of each record, contents, audit chain.
    /// `progress` gets short words. Errors: Corrupt, naming what does not fit.
    virtual Status verify(const std::function<void(std::string_view)>& progress) = 0;
    /// Consistent copy of the last commit, while in use, at a new folder; in a vault it is one too,
    /// with the same key slots.
    virtual Status backup_to(const std::string& folder) = 0;
    /// That `folder` holds a whole copy of this store, made by `backup_to`: it opens under this
    /// store's own key. Any thread, outside units. Errors: what stands against it.
    virtual Status check_backup(const std::string& folder, BackupCheck how) = 0;
    /// Takes away a folder that `check_backup` finds to be a copy of this store and that holds
    /// nothing else; cut short, it is a part folder. Any thread, outside units.
    /// Errors: those of `check_backup`, store.not_a_backup, of the disk.
    virtual Status remove_backup(const std::string& folder) = 0;
};

/// begin … commit around a scope; rolled back unless committed.
class Unit {
  public:
    explicit Unit(Store& store) : store_(store) { store_.begin(); }
    Unit(const Unit&) = delete;
    Unit& operator=(const Unit&) = delete;
    ~Unit() {
        if (open_) store_.rollback();
    }
    void commit() {
        open_ = false;
        store_.commit();
    }

  private:
    Store& store_;
    bool open_ = true;
};

}  // namespace dossier::server
