// The office's store on one SQLite connection. One file a noun: unit, records, scopes, journal,
// devices, audit, verify, backup. Opened through open.hpp.
#pragma once

#include <deque>
#include <map>
#include <optional>

#include "common/content/sqlite_contents.hpp"
#include "common/sqlite/connection.hpp"
#include "common/sqlite/select.hpp"

#include "server/store/sqlite/open.hpp"

namespace dossier::server {

/// An open vault and what it takes to make a second one like it, for backups.
struct Shell {
    std::unique_ptr<vault::Vault> vault;
    vault::VaultPaths paths;
    crypto::Secret data_key;
    crypto::Random& random;
};

class SqliteStore final : public Store {
  public:
    /// `shell` is what `options` name a file of; none for an unencrypted store.
    SqliteStore(const sqlite::OpenOptions& options, std::optional<Shell> shell);
    /// The vault that `options` name a file of: the store keeps it from now on.
    void keep(Shell shell) { shell_.emplace(std::move(shell)); }
    /// Makes the connection fit for use and brings the database to this program's schema and
    /// catalog; before anything else. Errors: those of Vault::prepare, kNewerSchema,
    /// kForeignDatabase.
    Status prepare();

    void begin() override;
    void commit() override;
    void rollback() override;
    void mark() override;
    void release_mark() override;
    void rollback_to_mark() override;

    std::optional<Place> place(const RecordId& record) override;
    std::optional<FieldValues> load(std::uint16_t kind, const RecordId& record) override;
    FieldValues load_facet(std::uint16_t kind, const RecordId& record, Facet facet) override;
    void save(const Place& place, const FieldValues& values) override;
    void save_fields(const Place& place, const FieldValues& changed) override;
    std::vector<Place> file_of(const RecordId& customer) override;
    std::vector<RecordId> find(std::uint16_t kind, std::uint16_t tag, const Value& value) override;
    std::vector<RecordId> list(std::uint16_t kind,
                               const RecordId& after,
                               std::size_t limit) override;
    std::vector<RecordId> search_customers(std::string_view text, std::size_t limit) override;
    std::vector<RecordId> search_phones(std::string_view text, std::size_t limit) override;
    std::uint64_t count(std::uint16_t kind) override;

    void erase(const Place& place) override;
    void note_erased(const ErasedRow& row) override;
    std::optional<ErasedRow> erased(const RecordId& record) override;
    std::vector<ErasedRow> erased() override;
    void rewrite_withheld(const Rewrite& rewrite) override;
    void rewrite_verdicts(const Rewrite& rewrite) override;
    std::vector<query::Hit> page(const query::Query& query) override;
    std::uint64_t count(const query::Query& query) override;
    std::vector<query::Group> fold(const query::Fold& fold) override;
    void tend_lists() override;

    std::optional<FacetState> facet(const RecordId& record, Facet facet) override;
    void set_facet(const RecordId& record, Facet facet, const FacetState& state) override;

    std::vector<Scope> memberships(const RecordId& record, Facet facet) override;
    void put_in_scope(const Scope& scope,
                      const Place& place,
                      Facet facet,
                      const std::optional<Digest>& old_hash,
                      const Digest& hash) override;
    void take_from_scope(const Scope& scope,
                         const Place& place,
                         Facet facet,
                         const Digest& old_hash) override;
    ScopeSummary summary(const Scope& scope) override;
    std::vector<ScopeEntry> log(const Scope& scope, SSeq after, std::size_t limit) override;
    std::vector<Scope> held(const DeviceId& device) override;
    void set_held(const DeviceId& device, const std::vector<Scope>& scopes) override;
    std::vector<ScopeMember> members(const Scope& scope) override;
    void set_received(const DeviceId& device, const std::map<Scope, SSeq>& received) override;
    std::uint64_t compact_logs(Instant silent_since) override;

    Seq append_journal(const JournalEntry& entry) override;
    std::vector<JournalEntry> history(const RecordId& record,
                                      std::optional<std::uint16_t> group) override;
    std::optional<JournalEntry> last_won(const RecordId& record, std::uint16_t group) override;
    std::optional<JournalEntry> entry(Seq seq) override;
    Seq journal_end() override;

    std::optional<DeviceRow> device(const DeviceId& device) override;
    std::optional<DeviceRow> device_by_key(ByteView public_key) override;
    std::vector<DeviceRow> devices() override;
    void save_device(const DeviceRow& row) override;
    std::optional<InviteRow> invite(ByteView id) override;
    void save_invite(const InviteRow& row) override;
    void save_verdicts(const DeviceId& device,
                       std::uint32_t epoch,
                       std::uint64_t oseq,
                       const Digest& head,
                       ByteView verdicts) override;
    std::optional<StoredVerdicts> verdicts(const DeviceId& device,
                                           std::uint32_t epoch,
                                           std::uint64_t oseq) override;
    std::optional<StoredVerdicts> verdicts(const DeviceId& device,
                                           std::uint64_t oseq,
                                           const Digest& head) override;
    void save_session(SessionRow& row) override;
    std::uint64_t withhold(const WithheldRow& row) override;
    std::optional<WithheldRow> withheld(std::uint64_t number) override;
    std::vector<WithheldRow> withheld() override;
    std::uint64_t note_arrived(const RecordId& record) override;
    std::vector<WithheldRow> take_arrived(std::size_t limit) override;
    void settle_withheld(std::uint64_t number, Instant at) override;
    std::optional<Bytes> waiting_maker(const DeviceId& device, const RecordId& record) override;
    std::vector<WithheldRow> withheld_unread(std::size_t limit) override;
    void note_made(const WithheldRow& row) override;
    std::vector<WithheldRow> orphans_unreported(Instant before, std::size_t limit) override;
    void note_reported(std::uint64_t number) override;
    DeviceUsage usage(const DeviceId& device, std::int64_t day) override;
    void save_usage(const DeviceId& device, std::int64_t day, const DeviceUsage& usage) override;
    std::vector<SessionRow> sessions(std::size_t limit) override;
    std::vector<SessionRow> sessions_of(const DeviceId& device, std::size_t limit) override;
    std::optional<SessionRow> session(std::uint64_t id) override;

    std::optional<CredentialRow> credential(const UserId& user) override;
    std::optional<CredentialRow> credential_by_link(const Digest& link) override;
    void save_credential(const CredentialRow& row) override;
    void set_recovery_codes(const UserId& user, const std::vector<Digest>& codes) override;
    bool spend_recovery_code(const UserId& user, const Digest& code) override;
    std::uint64_t recovery_codes_left(const UserId& user) override;
    std::optional<SignInRow> sign_in(const Digest& token) override;
    std::vector<SignInRow> sign_ins(const UserId& user) override;
    void save_sign_in(SignInRow& row) override;
    void end_sign_in(std::uint64_t number) override;
    std::vector<SignInRow> stale_sign_ins(Instant ended_by, Instant unseen_since) override;
    std::optional<AttemptRow> attempt(const Digest& of) override;
    void save_attempt(const AttemptRow& row) override;
    void forget_attempts(Instant failed_before, Instant welcome_before) override;
    std::optional<AgreementRow> agreement(const UserId& user) override;
    void save_agreement(const AgreementRow& row) override;

    content::Contents& contents() override { return contents_; }

    void append_audit(AuditLine line) override;
    std::vector<AuditLine> audit(std::uint64_t after, std::size_t limit) override;
    AuditEnd audit_end() override;

    std::uint64_t next(std::string_view counter) override;
    std::optional<Bytes> meta(std::string_view key) override;
    void set_meta(std::string_view key, ByteView value) override;

    Status verify(const std::function<void(std::string_view)>& progress) override;
    Status backup_to(const std::string& folder) override;
    Status check_backup(const std::string& folder, BackupCheck how) override;
    Status remove_backup(const std::string& folder) override;

  private:
    /// A scope's row; `changed` until `flush` has written it.
    struct ScopeRow {
        std::int64_t id = 0;
        ScopeSummary summary;
        bool changed = false;
    };
    void save_place(const Place& place);
    static bool is_keyed(std::uint16_t tag);
    void refresh_customer_key(const RecordId& customer, const FieldValues& values);
    /// Makes all keys anew when a program of another folding made them. Inside a transaction.
    void renew_customer_keys();
    std::vector<RecordId> asked_customers(std::string_view text, bool phones, std::size_t limit);
    /// Rows of customers one of whose texts that they are found by may hold the part.
    std::optional<sqlite::RowNumbers> customer_rows_with(std::string_view part, std::size_t most);
    sqlite::Lookout lookout();
    ScopeRow* find_scope(const Scope& scope);
    ScopeRow& make_scope(const Scope& scope);
    AuditEnd& audit_tail();
    void verify_audit(std::vector<std::string>& misfits);
    void verify_contents(std::vector<std::string>& misfits);
    /// Writes what the unit keeps in memory, before a mark or the commit.
    void flush();
    /// The next number of a scope's log, to be written with the next flush.
    void advance(ScopeRow& row);
    /// Drops what the unit keeps in memory: the rows below it were undone.
    void forget();

    /// Empties the write-ahead log, where former pages lie until they are written over.
    void clear_former_pages();
    Status copy_into(const std::string& folder);

    std::optional<Shell> shell_;  // first: the vault outlives the connection
    sqlite::OpenOptions options_;
    sqlite::Connection db_;
    content::SqliteContents contents_{db_};
    std::map<Scope, ScopeRow> scopes_;
    /// Of `scopes_`, those not written yet: a unit of many files looks at these alone.
    std::vector<ScopeRow*> changed_scopes_;
    std::optional<AuditEnd> audit_tail_;
    std::optional<sqlite::Transaction> unit_;
    std::deque<sqlite::Savepoint> marks_;
    bool erases_ = false;  ///< something was erased: nothing of it may stay in the log or in memory
};

}  // namespace dossier::server
