// The office's store in our own nouns: SQLite in a vault today, PostgreSQL when users outgrow one
// machine. One contract suite (tests/contract) holds for every implementation. All calls come from
// one thread and between `begin` and `commit`/`rollback`, except `begin` itself and what makes
// and looks at backups.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string_view>

#include "common/base/result.hpp"
#include "common/content/contents.hpp"

#include "server/store/queries.hpp"
#include "server/store/rows.hpp"

namespace dossier::server {

/// Under which `meta` keeps the key of content digests.
inline constexpr std::string_view kContentKey = "office.content_key";

/// Opens: key, tables of the vault and its first page. EveryPage: all of it, read once more.
enum class BackupCheck : std::uint8_t { Opens, EveryPage };

class Store : public Queries {
  public:
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

    // ---- records (tables of the catalog)
    [[nodiscard]] virtual std::optional<Place> place(const RecordId& record) = 0;
    /// Non-empty fields; nullopt when there is no such record.
    [[nodiscard]] virtual std::optional<FieldValues> load(std::uint16_t kind,
                                                          const RecordId& record) = 0;
    [[nodiscard]] virtual FieldValues load_facet(std::uint16_t kind,
                                                 const RecordId& record,
                                                 Facet facet) = 0;
    /// Makes the record hold exactly `values`; creates it at `place` if new. `place.customer` of an
    /// existing record moves it.
    virtual void save(const Place& place, const FieldValues& values) = 0;
    /// Makes the named fields of an existing record hold these values.
    virtual void save_fields(const Place& place, const FieldValues& changed) = 0;
    /// Records of one customer file, itself first, then by kind and id.
    [[nodiscard]] virtual std::vector<Place> file_of(const RecordId& customer) = 0;
    /// Records of `kind` whose field equals `value`, by id. Indexed for references and unique
    /// fields.
    [[nodiscard]] virtual std::vector<RecordId> find(std::uint16_t kind,
                                                     std::uint16_t tag,
                                                     const Value& value) = 0;
    /// Every record of a kind after `after` in id order, at most `limit`.
    [[nodiscard]] virtual std::vector<RecordId> list(std::uint16_t kind,
                                                     const RecordId& after,
                                                     std::size_t limit) = 0;
    /// Customers whose number, name or short name answers what was typed (`pinyin::question_of`: a
    /// part, pinyin or initials), at most `limit`: those it names exactly first, then those it
    /// begins, then the rest. Everybody for nothing.
    [[nodiscard]] virtual std::vector<RecordId> search_customers(std::string_view text,
                                                                 std::size_t limit) = 0;
    /// Customers with the phone number that was typed, in whatever way; empty for anything else.
    /// Phones are no part of the directory: the caller looks who may see them.
    [[nodiscard]] virtual std::vector<RecordId> search_phones(std::string_view text,
                                                              std::size_t limit) = 0;
    using Queries::count;
    [[nodiscard]] virtual std::uint64_t count(std::uint16_t kind) = 0;

    // ---- erasing: nothing of the record is left but its identity
    /// The row, its place, facets, history and content go; every scope that ever held a facet of it
    /// has a new log line that tells of it. With the commit former pages go from the disk, too.
    virtual void erase(const Place& place) = 0;
    virtual void note_erased(const ErasedRow& row) = 0;
    [[nodiscard]] virtual std::optional<ErasedRow> erased(const RecordId& record) = 0;
    /// Those that were named, oldest first; without what went with them.
    [[nodiscard]] virtual std::vector<ErasedRow> erased() = 0;
    /// What stands in place of the bytes; nullopt = the row goes.
    using Rewrite = std::function<std::optional<Bytes>(ByteView)>;
    /// Shows every changeset kept outside, settled ones too.
    virtual void rewrite_withheld(const Rewrite& rewrite) = 0;
    /// Shows every stored answer to a changeset.
    virtual void rewrite_verdicts(const Rewrite& rewrite) = 0;

    // ---- facets
    [[nodiscard]] virtual std::optional<FacetState> facet(const RecordId& record, Facet facet) = 0;
    virtual void set_facet(const RecordId& record, Facet facet, const FacetState& state) = 0;

    // ---- scopes: each with its own dense sequence and its set hash
    [[nodiscard]] virtual std::vector<Scope> memberships(const RecordId& record, Facet facet) = 0;
    /// The facet enters the scope with this hash, or has it renewed (`old_hash`): next sseq, log,
    /// set hash. Checked: `old_hash` is given if and only if the facet is in the scope.
    virtual void put_in_scope(const Scope& scope,
                              const Place& place,
                              Facet facet,
                              const std::optional<Digest>& old_hash,
                              const Digest& hash) = 0;
    /// The facet leaves the scope: next sseq, a log line with present = false, set hash.
    /// Checked: it is there.
    virtual void take_from_scope(const Scope& scope,
                                 const Place& place,
                                 Facet facet,
                                 const Digest& old_hash) = 0;
    [[nodiscard]] virtual ScopeSummary summary(const Scope& scope) = 0;
    /// Log lines with sseq > after, ascending, at most `limit`. One line a facet: the latest.
    [[nodiscard]] virtual std::vector<ScopeEntry> log(const Scope& scope,
                                                      SSeq after,
                                                      std::size_t limit) = 0;
    /// Scopes the device was told it holds, and those it lost but may still go on from.
    [[nodiscard]] virtual std::vector<Scope> held(const DeviceId& device) = 0;
    virtual void set_held(const DeviceId& device, const std::vector<Scope>& scopes) = 0;
    /// Everything in the scope now, ascending by record and facet.
    [[nodiscard]] virtual std::vector<ScopeMember> members(const Scope& scope) = 0;
    /// The device has proven to have these held scopes up to here.
    virtual void set_received(const DeviceId& device, const std::map<Scope, SSeq>& received) = 0;
    /// Forgets log lines of facets that left a scope, once every device not revoked that holds it
    /// and has synced since `silent_since` has them; the last line of a scope stays. The number
    /// forgotten.
    virtual std::uint64_t compact_logs(Instant silent_since) = 0;

    // ---- history
    virtual Seq append_journal(const JournalEntry& entry) = 0;
    /// Entries of a record, oldest first; with `group` only those that set it and those about the
    /// whole record (group 0: made, removed, moved, events).
    [[nodiscard]] virtual std::vector<JournalEntry> history(const RecordId& record,
                                                            std::optional<std::uint16_t> group) = 0;
    /// The entry that set the current value of the group: the last won Set of it, else the Create.
    [[nodiscard]] virtual std::optional<JournalEntry> last_won(const RecordId& record,
                                                               std::uint16_t group) = 0;
    [[nodiscard]] virtual std::optional<JournalEntry> entry(Seq seq) = 0;

    // ---- devices, invites, verdicts, sessions
    [[nodiscard]] virtual std::optional<DeviceRow> device(const DeviceId& device) = 0;
    [[nodiscard]] virtual std::optional<DeviceRow> device_by_key(ByteView public_key) = 0;
    [[nodiscard]] virtual std::vector<DeviceRow> devices() = 0;
    virtual void save_device(const DeviceRow& row) = 0;
    [[nodiscard]] virtual std::optional<InviteRow> invite(ByteView id) = 0;
    virtual void save_invite(const InviteRow& row) = 0;
    /// Verdicts of one changeset, encoded; once each.
    virtual void save_verdicts(const DeviceId& device,
                               std::uint32_t epoch,
                               std::uint64_t oseq,
                               const Digest& head,
                               ByteView verdicts) = 0;
    struct StoredVerdicts {
        Digest head{};
        Bytes verdicts;
    };
    [[nodiscard]] virtual std::optional<StoredVerdicts> verdicts(const DeviceId& device,
                                                                 std::uint32_t epoch,
                                                                 std::uint64_t oseq) = 0;
    /// The answer to the entry with this number after which the chain is `head`, in the latest
    /// history of the device that has it.
    [[nodiscard]] virtual std::optional<StoredVerdicts> verdicts(const DeviceId& device,
                                                                 std::uint64_t oseq,
                                                                 const Digest& head) = 0;
    /// Keeps a changeset outside; its number.
    virtual std::uint64_t withhold(const WithheldRow& row) = 0;
    [[nodiscard]] virtual std::optional<WithheldRow> withheld(std::uint64_t number) = 0;
    /// Those that still wait, oldest first.
    [[nodiscard]] virtual std::vector<WithheldRow> withheld() = 0;
    /// The record they wait for is here: those may be let in. How many there are.
    virtual std::uint64_t note_arrived(const RecordId& record) = 0;
    /// Those that may be let in, oldest first, at most `limit`; each is given once.
    [[nodiscard]] virtual std::vector<WithheldRow> take_arrived(std::size_t limit) = 0;
    virtual void settle_withheld(std::uint64_t number, Instant at) = 0;
    /// What makes this record in a changeset of the device that waits; see WithheldRow::made.
    [[nodiscard]] virtual std::optional<Bytes> waiting_maker(const DeviceId& device,
                                                             const RecordId& record) = 0;
    /// Those that wait and whose `made` an older program did not keep, at most `limit`.
    [[nodiscard]] virtual std::vector<WithheldRow> withheld_unread(std::size_t limit) = 0;
    virtual void note_made(const WithheldRow& row) = 0;
    /// Orphans that came before then and of which nobody was told, at most `limit`.
    [[nodiscard]] virtual std::vector<WithheldRow> orphans_unreported(Instant before,
                                                                      std::size_t limit) = 0;
    virtual void note_reported(std::uint64_t number) = 0;
    /// `day` = days since 1970-01-01 UTC.
    [[nodiscard]] virtual DeviceUsage usage(const DeviceId& device, std::int64_t day) = 0;
    virtual void save_usage(const DeviceId& device, std::int64_t day, const DeviceUsage& usage) = 0;
    /// Adds a session that has no number yet and gives it one; else replaces it.
    virtual void save_session(SessionRow& row) = 0;
    /// Newest first.
    [[nodiscard]] virtual std::vector<SessionRow> sessions(std::size_t limit) = 0;
    [[nodiscard]] virtual std::vector<SessionRow> sessions_of(const DeviceId& device,
                                                              std::size_t limit) = 0;
    [[nodiscard]] virtual std::optional<SessionRow> session(std::uint64_t id) = 0;

    /// The bytes of attachments; part of the unit of work like everything else.
    [[nodiscard]] virtual content::Contents& contents() = 0;

    // ---- audit
    /// Fills seq, prev and hash.
    virtual void append_audit(AuditLine line) = 0;
    [[nodiscard]] virtual std::vector<AuditLine> audit(std::uint64_t after, std::size_t limit) = 0;
    [[nodiscard]] virtual AuditEnd audit_end() = 0;

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
