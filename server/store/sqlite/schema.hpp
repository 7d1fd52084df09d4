// The office's own tables, step by step. The records themselves lie in the catalog's tables (one a
// kind), made by sqlite::migrate; ours begin with office_, so that no kind can collide with them.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "common/content/sqlite_contents.hpp"

namespace dossier::server {

/// "DSR1" in the file header, as every vault demands.
inline constexpr std::int32_t kOfficeApplicationId = 0x44535231;

/// office_scope_log holds one line a facet and scope: the latest. Its order is that in which the
/// office sends, its index answers which scopes a facet lies in.
/// office_journal.before is NULL where it equals base: nobody wrote in between, which is the rule.
/// office_customer_key.folded is what search_customers looks in: see customer_key.cpp.
inline constexpr std::string_view kOffice0001 = R"sql(
CREATE TABLE office_meta(
    key TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE office_counter(
    name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE office_record(
    id BLOB PRIMARY KEY, kind INTEGER NOT NULL, customer BLOB) STRICT, WITHOUT ROWID;
CREATE INDEX office_record_customer ON office_record(customer, kind) WHERE customer IS NOT NULL;
CREATE TABLE office_customer_key(
    customer BLOB PRIMARY KEY, folded TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE office_facet(
    record BLOB NOT NULL, facet INTEGER NOT NULL, fv INTEGER NOT NULL, hash BLOB NOT NULL,
    PRIMARY KEY(record, facet)) STRICT, WITHOUT ROWID;

CREATE TABLE office_scope(
    id INTEGER PRIMARY KEY, sort INTEGER NOT NULL, of BLOB NOT NULL,
    sseq INTEGER NOT NULL, count INTEGER NOT NULL, set_hash BLOB NOT NULL,
    UNIQUE(sort, of)) STRICT;
CREATE TABLE office_scope_log(
    scope INTEGER NOT NULL, sseq INTEGER NOT NULL, record BLOB NOT NULL, kind INTEGER NOT NULL,
    facet INTEGER NOT NULL, present INTEGER NOT NULL,
    PRIMARY KEY(scope, sseq)) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX office_scope_log_facet ON office_scope_log(record, facet, scope);
CREATE TABLE office_device_scope(
    device BLOB NOT NULL, scope INTEGER NOT NULL,
    PRIMARY KEY(device, scope)) STRICT, WITHOUT ROWID;

CREATE TABLE office_journal(
    seq INTEGER PRIMARY KEY, record BLOB NOT NULL, kind INTEGER NOT NULL,
    group_tag INTEGER NOT NULL, op INTEGER NOT NULL, base BLOB, before BLOB, value BLOB,
    won INTEGER NOT NULL, verdict INTEGER NOT NULL, matter INTEGER NOT NULL,
    at_ms INTEGER NOT NULL, device BLOB NOT NULL, count INTEGER NOT NULL, author BLOB NOT NULL,
    rank INTEGER NOT NULL, received_at_ms INTEGER NOT NULL, event TEXT NOT NULL,
    source TEXT NOT NULL, reason TEXT NOT NULL) STRICT;
CREATE INDEX office_journal_group ON office_journal(record, group_tag, seq);

CREATE TABLE office_device(
    device BLOB PRIMARY KEY, user BLOB NOT NULL, code TEXT NOT NULL, public_key BLOB UNIQUE,
    state INTEGER NOT NULL, epoch INTEGER NOT NULL, applied_oseq INTEGER NOT NULL,
    outbox_head BLOB NOT NULL, last_session_ms INTEGER NOT NULL, clock_floor_ms INTEGER NOT NULL,
    clock_offset_ms INTEGER NOT NULL, schema INTEGER NOT NULL,
    enrolled_at_ms INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE office_invite(
    id BLOB PRIMARY KEY, secret_hash BLOB NOT NULL, user BLOB NOT NULL,
    expires_at_ms INTEGER NOT NULL, attempts_left INTEGER NOT NULL, used_by BLOB NOT NULL,
    made_by BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE office_verdict(
    device BLOB NOT NULL, epoch INTEGER NOT NULL, oseq INTEGER NOT NULL, head BLOB NOT NULL,
    verdicts BLOB NOT NULL, PRIMARY KEY(device, epoch, oseq)) STRICT, WITHOUT ROWID;
CREATE TABLE office_session(
    id INTEGER PRIMARY KEY, device BLOB NOT NULL, started_at_ms INTEGER NOT NULL,
    ended_at_ms INTEGER NOT NULL, changesets INTEGER NOT NULL, ops INTEGER NOT NULL,
    cases INTEGER NOT NULL, proposals INTEGER NOT NULL, rejected INTEGER NOT NULL,
    facets_sent INTEGER NOT NULL, clock_offset_ms INTEGER NOT NULL,
    verified INTEGER NOT NULL) STRICT;
CREATE TABLE office_audit(
    seq INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL, client_at_ms INTEGER NOT NULL,
    user BLOB NOT NULL, device BLOB NOT NULL, action TEXT NOT NULL, entity TEXT NOT NULL,
    record BLOB NOT NULL, fields TEXT NOT NULL, purpose TEXT NOT NULL, result TEXT NOT NULL,
    detail TEXT NOT NULL, hash BLOB NOT NULL) STRICT;
)sql";

/// The ledger of sync sessions: each from its Hello on, with who, what and how much.
inline constexpr std::string_view kOffice0003 = R"sql(
ALTER TABLE office_session ADD COLUMN user BLOB NOT NULL DEFAULT
    x'00000000000000000000000000000000';
ALTER TABLE office_session ADD COLUMN finished INTEGER NOT NULL DEFAULT 1;
ALTER TABLE office_session ADD COLUMN unsent INTEGER NOT NULL DEFAULT 0;
ALTER TABLE office_session ADD COLUMN oldest_op_at_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE office_session ADD COLUMN applied INTEGER NOT NULL DEFAULT 0;
ALTER TABLE office_session ADD COLUMN merged INTEGER NOT NULL DEFAULT 0;
ALTER TABLE office_session ADD COLUMN converged INTEGER NOT NULL DEFAULT 0;
ALTER TABLE office_session ADD COLUMN superseded INTEGER NOT NULL DEFAULT 0;
ALTER TABLE office_session ADD COLUMN late INTEGER NOT NULL DEFAULT 0;
ALTER TABLE office_session ADD COLUMN bytes_in INTEGER NOT NULL DEFAULT 0;
ALTER TABLE office_session ADD COLUMN bytes_out INTEGER NOT NULL DEFAULT 0;
ALTER TABLE office_session ADD COLUMN repairs INTEGER NOT NULL DEFAULT 0;
ALTER TABLE office_session ADD COLUMN schema INTEGER NOT NULL DEFAULT 0;
ALTER TABLE office_session ADD COLUMN app_version TEXT NOT NULL DEFAULT '';
CREATE INDEX office_session_device ON office_session(device, id);
)sql";

/// How devices stop and are wiped, what waits outside the door, what each device brought in a day.
inline constexpr std::string_view kOfficeStopping = R"sql(
ALTER TABLE office_device ADD COLUMN stopped_at_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE office_device ADD COLUMN wipe INTEGER NOT NULL DEFAULT 0;
ALTER TABLE office_device ADD COLUMN wiped_at_ms INTEGER NOT NULL DEFAULT 0;
CREATE TABLE office_withheld(
    number INTEGER PRIMARY KEY AUTOINCREMENT, device BLOB NOT NULL, epoch INTEGER NOT NULL,
    oseq INTEGER NOT NULL, user BLOB NOT NULL, at_ms INTEGER NOT NULL,
    received_at_ms INTEGER NOT NULL, why INTEGER NOT NULL, waits_for BLOB NOT NULL,
    body BLOB NOT NULL, settled_at_ms INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE INDEX office_withheld_open ON office_withheld(waits_for) WHERE settled_at_ms = 0;
CREATE TABLE office_usage(
    device BLOB NOT NULL, day INTEGER NOT NULL, ops INTEGER NOT NULL, bytes INTEGER NOT NULL,
    created INTEGER NOT NULL, cases INTEGER NOT NULL,
    PRIMARY KEY(device, day)) STRICT, WITHOUT ROWID;
)sql";

/// How far each device has proven to have each scope; since which version a group's value holds.
inline constexpr std::string_view kOfficeReceived = R"sql(
ALTER TABLE office_device_scope ADD COLUMN sseq INTEGER NOT NULL DEFAULT 0;
ALTER TABLE office_journal ADD COLUMN since INTEGER NOT NULL DEFAULT 0;
)sql";

/// What a message of a laptop makes the store look for is found by an index: an entry in whichever
/// of its histories, what waits outside of one device or makes one record, orphans nobody was told
/// of. What of a session was acknowledged; histories begun and bytes spoiled within a day.
/// office_withheld_made: records a changeset that waits makes, and how; not of settled ones.
inline constexpr std::string_view kOfficeBounded = R"sql(
CREATE INDEX office_verdict_entry ON office_verdict(device, oseq, head);
CREATE TABLE office_withheld_made(
    record BLOB NOT NULL, device BLOB NOT NULL, number INTEGER NOT NULL, op BLOB NOT NULL,
    PRIMARY KEY(record, device, number)) STRICT, WITHOUT ROWID;
CREATE INDEX office_withheld_made_number ON office_withheld_made(number);
CREATE INDEX office_content_brought ON content_ref(device, at_ms);
ALTER TABLE office_withheld ADD COLUMN made_known INTEGER NOT NULL DEFAULT 0;
ALTER TABLE office_withheld ADD COLUMN reported INTEGER NOT NULL DEFAULT 0;
CREATE INDEX office_withheld_unknown ON office_withheld(number)
    WHERE settled_at_ms = 0 AND made_known = 0;
CREATE INDEX office_withheld_unreported ON office_withheld(why, received_at_ms)
    WHERE settled_at_ms = 0 AND reported = 0;
ALTER TABLE office_usage ADD COLUMN epochs INTEGER NOT NULL DEFAULT 0;
ALTER TABLE office_usage ADD COLUMN spoiled INTEGER NOT NULL DEFAULT 0;
ALTER TABLE office_session ADD COLUMN bytes_acked INTEGER NOT NULL DEFAULT 0;
ALTER TABLE office_session ADD COLUMN facets_acked INTEGER NOT NULL DEFAULT 0;
UPDATE office_session SET bytes_acked = bytes_out, facets_acked = facets_sent WHERE verified;
)sql";

/// What was erased: identities alone, so that nothing of it comes back.
inline constexpr std::string_view kOfficeErased = R"sql(
CREATE TABLE office_erased(
    record BLOB PRIMARY KEY, kind INTEGER NOT NULL, with_record BLOB NOT NULL,
    at_ms INTEGER NOT NULL, by BLOB NOT NULL) STRICT, WITHOUT ROWID;
)sql";

/// What waits for a record that has come (`arrived`): let in part by part.
inline constexpr std::string_view kOfficeArrived = R"sql(
ALTER TABLE office_withheld ADD COLUMN arrived INTEGER NOT NULL DEFAULT 0;
CREATE INDEX office_withheld_arrived ON office_withheld(number)
    WHERE settled_at_ms = 0 AND arrived = 1;
)sql";

/// How people sign in, who is signed in, what failed lately, who promised secrecy. A number of
/// office_sign_in is never given twice: who ends one by number ends no later one.
inline constexpr std::string_view kOfficeSignIns = R"sql(
CREATE TABLE office_credential(
    user BLOB PRIMARY KEY, password TEXT NOT NULL, temporary INTEGER NOT NULL,
    factor BLOB NOT NULL, offered_factor BLOB NOT NULL, last_step INTEGER NOT NULL,
    link BLOB UNIQUE, link_until_ms INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE office_recovery_code(
    user BLOB NOT NULL, code BLOB NOT NULL, PRIMARY KEY(user, code)) STRICT, WITHOUT ROWID;
CREATE TABLE office_sign_in(
    number INTEGER PRIMARY KEY AUTOINCREMENT, token BLOB NOT NULL UNIQUE, user BLOB NOT NULL,
    began_at_ms INTEGER NOT NULL, seen_at_ms INTEGER NOT NULL, ends_at_ms INTEGER NOT NULL,
    address TEXT NOT NULL) STRICT;
CREATE INDEX office_sign_in_user ON office_sign_in(user);
CREATE TABLE office_attempt(
    of BLOB PRIMARY KEY, failures INTEGER NOT NULL, last_at_ms INTEGER NOT NULL,
    welcome_at_ms INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE office_agreement(
    user BLOB PRIMARY KEY, edition INTEGER NOT NULL, at_ms INTEGER NOT NULL) STRICT, WITHOUT ROWID;
)sql";

inline constexpr std::array<std::string_view, 9> kOfficeSteps{
    kOffice0001,    content::kTables, kOffice0003,    kOfficeStopping, kOfficeReceived,
    kOfficeBounded, kOfficeErased,    kOfficeArrived, kOfficeSignIns};

}  // namespace dossier::server
