// The bytes of attachments: whole and unchanged at the office and wherever their record lies. And
// that machines at rest hold no more than they need.
#include <algorithm>

#include "common/catalog/document.hpp"

#include "tests/sim/checks.hpp"
#include "tests/sim/network.hpp"

namespace dossier::sim {
namespace {

std::optional<Bytes> whole_of(content::Contents& contents, const RecordId& record) {
    const auto held = contents.of(record);
    if (!held || !held->whole) return std::nullopt;
    Bytes all;
    for (std::uint32_t at = 0; at < content::chunks_of(held->size); ++at)
        append(all, contents.chunk(*held, at));
    return all;
}

bool shows(LaptopMachine& machine, const RecordId& record) {
    return machine.store()
        .connection()
        .prepared("SELECT 1 FROM member WHERE record=?1")
        .bind(record)
        .step();
}

bool is_removed(LaptopMachine& machine, const RecordId& record) {
    return machine.store()
        .connection()
        .prepared("SELECT 1 FROM attachment WHERE id=?1 AND deleted_at IS NOT NULL")
        .bind(record)
        .step();
}

/// Its words lie on this disk as it saved them: it made the record, and can still say so.
bool made_here(World& world, std::uint32_t laptop, const RecordId& record) {
    auto& machine = *world.laptops[laptop];
    for (const auto& [oseq, saved] : world.history[laptop].saved) {
        const bool makes = std::ranges::any_of(saved.draft.ops, [&](const merge::Op& op) {
            return op.kind == merge::OpKind::Create && op.record == record;
        });
        if (!makes) continue;
        auto row = machine.store().connection().prepared(
            "SELECT 1 FROM outbox WHERE oseq=?1 AND body IS NOT NULL");
        return row.bind(oseq).step();
    }
    return false;
}

void check_one(World& world, std::uint32_t laptop, const RecordId& record, bool at_office) {
    auto& machine = *world.laptops[laptop];
    auto& attachments = machine.store().attachments;
    const std::string words = "laptop " + std::to_string(laptop);
    const auto here = whole_of(attachments.contents, record);
    if (here && *here != world.contents.at(record))
        world.breach("I3 contents", words + " has other bytes of " + to_text(record));
    if (!is_active(world, laptop) || machine.store().meta.number("wipe") != 0) return;
    if (attachments.is_upload(record) && shows(machine, record))
        world.breach("I13 liveness",
                     words + " could not deliver the content of " + to_text(record));
    // What was removed nobody brings or fetches any more.
    if (is_removed(machine, record)) return;
    if (!at_office && here && shows(machine, record) && made_here(world, laptop, record))
        world.breach("I8 contents",
                     "the office lacks the content of " + to_text(record) + " " + words + " made");
    if (at_office && shows(machine, record) && !here)
        world.breach("I3 contents", words + " lacks the content of " + to_text(record));
}

/// Of a machine at rest: a database, its log, a second connection's, the table of versions.
constexpr std::size_t kOpenFilesMax = 8;
/// The log is moved into the database every 4000 pages; a transaction may come on top.
constexpr std::size_t kLogBytesMax = 2 * 4000 * 4160;

void check_rest(World& world, const Machine& machine, const std::string& words) {
    if (machine.disk.open_files > kOpenFilesMax)
        world.breach("I13 growth",
                     words + " has " + std::to_string(machine.disk.open_files) + " files open");
    const auto log = machine.disk.disk.names.find(machine.paths.database + "-wal");
    if (log != machine.disk.disk.names.end() && log->second->live.size() > kLogBytesMax)
        world.breach("I13 growth", words + " has a log of " +
                                       std::to_string(log->second->live.size()) + " bytes");
}

}  // namespace

void check_taken(World& world, const protocol::Chunk& chunk) {
    ++world.counts.chunks;
    const bool forgets = world.restored || world.counts.disk_faults > 0 || world.counts.crashes > 0;
    if (++world.chunks_taken[{chunk.record, chunk.number}] > 1 && !forgets)
        world.breach("I12 resumed", "chunk " + std::to_string(chunk.number) + " of " +
                                        to_text(chunk.record) + " was brought twice");
}

void check_growth(World& world) {
    check_rest(world, world.office, "the office");
    for (std::uint32_t at = 0; at < world.laptops.size(); ++at)
        check_rest(world, *world.laptops[at], "laptop " + std::to_string(at));
    for (const auto& each : world.connections) {
        if (each->session || each->engine)
            world.breach("I13 growth", "a session is left that nobody speaks in");
    }
}

Bytes document_of(std::string_view word, std::size_t size) {
    Bytes bytes;
    append(bytes, bytes_of("%PDF-1.7\n"));
    while (bytes.size() < size) {
        append(bytes, bytes_of(word));
        append(bytes, bytes_of(" "));
    }
    return bytes;
}

void check_contents(World& world) {
    for (const auto& [record, made] : world.contents) {
        const auto there = world.office.looking(
            [&](server::Store& store) { return whole_of(store.contents(), record); });
        if (there && *there != made)
            world.breach("I8 contents", "the office has other bytes of " + to_text(record));
        for (std::uint32_t at = 0; at < world.laptops.size(); ++at)
            check_one(world, at, record, there.has_value());
    }
}

}  // namespace dossier::sim
