// The tables beside those of the catalog, as numbered steps: forward only. The kinds' own tables
// are derived from the catalog by sqlite::migrate.
#pragma once

#include <array>
#include <string_view>

#include "client/store/attachments.hpp"

namespace dossier::client {

inline constexpr std::string_view kSchema0001 = R"sql(
    -- Small things, one row each (meta.hpp).
    CREATE TABLE meta(key TEXT NOT NULL PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;

    -- Scopes held and how far each was received (scopes.hpp). Ids are never given twice, so that
    -- what is left of an old scope is not taken for a new one's.
    CREATE TABLE scope(
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        sort INTEGER NOT NULL,
        "of" BLOB NOT NULL,
        sseq INTEGER NOT NULL,
        count INTEGER NOT NULL,
        set_hash BLOB NOT NULL,
        complete INTEGER NOT NULL,
        leaving INTEGER NOT NULL,
        partial INTEGER NOT NULL,
        replaces INTEGER NOT NULL) STRICT;

    -- Facets of the office that lie here, once for each scope they are in, with the version and
    -- hash that scope gave last.
    CREATE TABLE member(
        record BLOB NOT NULL,
        facet INTEGER NOT NULL,
        scope INTEGER NOT NULL,
        kind INTEGER NOT NULL,
        fv INTEGER NOT NULL,
        hash BLOB NOT NULL,
        PRIMARY KEY(record, facet, scope)) STRICT, WITHOUT ROWID;

    -- The office's values of facets with unsent ops over them (mirror.hpp).
    CREATE TABLE mirror(
        record BLOB NOT NULL,
        facet INTEGER NOT NULL,
        "values" BLOB NOT NULL,
        PRIMARY KEY(record, facet)) STRICT, WITHOUT ROWID;

    -- Changesets in order; answered ones stay as history. body is NULL when what it spoke of was
    -- purged (outbox.hpp).
    CREATE TABLE outbox(
        oseq INTEGER PRIMARY KEY,
        epoch INTEGER NOT NULL,
        prev BLOB NOT NULL,
        hash BLOB NOT NULL,
        claimed_at_ms INTEGER NOT NULL,
        body BLOB,
        verdicts BLOB) STRICT;
    CREATE INDEX outbox_unsent ON outbox(oseq) WHERE verdicts IS NULL;
    CREATE TABLE outbox_record(
        record BLOB NOT NULL,
        oseq INTEGER NOT NULL,
        PRIMARY KEY(record, oseq)) STRICT, WITHOUT ROWID;

    -- Records with values the office accepted but has not sent yet.
    CREATE TABLE awaited(record BLOB NOT NULL PRIMARY KEY, kind INTEGER NOT NULL)
        STRICT, WITHOUT ROWID;

    -- What the office did not take as written (tray.hpp).
    CREATE TABLE tray(
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        oseq INTEGER NOT NULL,
        op_index INTEGER NOT NULL,
        record BLOB NOT NULL,
        verdict INTEGER NOT NULL,
        matter INTEGER NOT NULL,
        op BLOB NOT NULL,
        answer BLOB NOT NULL,
        written_at_ms INTEGER NOT NULL,
        answered_at_ms INTEGER NOT NULL,
        read_at_ms INTEGER NOT NULL DEFAULT 0,
        settled_at_ms INTEGER NOT NULL DEFAULT 0,
        UNIQUE(oseq, op_index)) STRICT;
    CREATE INDEX tray_record ON tray(record);

    -- Rows to be indexed, by the number the index knows them by (search.hpp).
    CREATE TABLE search_queue(doc INTEGER PRIMARY KEY) STRICT;

    -- Sync sessions; finished_at_ms is 0 for one that was cut.
    CREATE TABLE session(
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        started_at_ms INTEGER NOT NULL,
        finished_at_ms INTEGER NOT NULL DEFAULT 0,
        sent INTEGER NOT NULL DEFAULT 0,
        received INTEGER NOT NULL DEFAULT 0,
        refused INTEGER NOT NULL DEFAULT 0,
        incidents INTEGER NOT NULL DEFAULT 0) STRICT;
    CREATE TABLE incident(
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at_ms INTEGER NOT NULL,
        what TEXT NOT NULL,
        detail TEXT NOT NULL) STRICT;
    )sql";

/// Bodies sealed to the office, unreadable here (outbox.hpp).
inline constexpr std::string_view kSealing = R"sql(
    ALTER TABLE outbox ADD COLUMN sealed INTEGER NOT NULL DEFAULT 0;
    )sql";

/// When an entry was answered, by the office's clock.
inline constexpr std::string_view kAnswering = R"sql(
    ALTER TABLE outbox ADD COLUMN answered_at_ms INTEGER NOT NULL DEFAULT 0;
    )sql";

/// Forms that are not finished (forms.hpp).
inline constexpr std::string_view kFormTable = R"sql(
    CREATE TABLE form(
        name TEXT NOT NULL PRIMARY KEY,
        saved_at_ms INTEGER NOT NULL,
        text TEXT NOT NULL) STRICT, WITHOUT ROWID;
    )sql";

inline constexpr std::array<std::string_view, 7> kSchema{
    kSchema0001, content::kTables, kUploadTable, kSealing, kAnswering, kUploadCustomer, kFormTable};

}  // namespace dossier::client
