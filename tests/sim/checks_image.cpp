// What lies on disks, byte by byte: opened pages and log frames hold nothing above their laptop's
// rights, sealed ones hold nothing readable, and no nonce is used twice.
#include <algorithm>
#include <set>

#include <sqlite3.h>

#include "common/catalog/customer.hpp"
#include "common/vault/codec.hpp"

#include "tests/sim/checks.hpp"
#include "tests/sim/index_tokens.hpp"
#include "tests/sim/rights.hpp"

namespace dossier::sim {
namespace {

using vault::kNonceBytes;
using vault::kTrailerBytes;
using vault::Role;

constexpr std::size_t kFrame = 24 + 4096 + 16 + kTrailerBytes;
constexpr std::size_t kFirstFrame = 8192;

/// One file of sealed pieces of equal size.
struct Pieces {
    std::size_t from;
    std::size_t size;
    Role role;
    std::uint64_t first;
};
constexpr Pieces kPages{0, kPage, Role::Page, 1};
constexpr Pieces kFrames{kFirstFrame, kFrame, Role::WalFrame, 0};

/// The values in every piece that was ever sealed at its place, left-overs included.
void read_pieces(World& world,
                 LaptopMachine& machine,
                 ByteView file,
                 const Pieces& pieces,
                 std::set<std::uint32_t>& found) {
    crypto::SeededRandom random(1);
    const vault::Codec codec(machine.data_key(), random);
    Bytes plain(pieces.size - kTrailerBytes);
    std::uint64_t number = pieces.first;
    for (std::size_t at = pieces.from; at + pieces.size <= file.size(); at += pieces.size) {
        const ByteView body = file.subspan(at, pieces.size - kTrailerBytes);
        const ByteView seal = file.subspan(at + body.size(), kTrailerBytes);
        auto& known = machine.looked_at[{static_cast<std::uint8_t>(pieces.role), number}];
        if (!std::equal(seal.begin(), seal.end(), known.seal.begin())) {
            std::copy(seal.begin(), seal.end(), known.seal.begin());
            known.values.clear();
            if (codec.open({pieces.role, number}, body, seal.data(), plain.data()))
                known.values = world.pen.found_in(plain);
        }
        found.insert(known.values.begin(), known.values.end());
        ++number;
    }
}

std::set<std::uint32_t> values_on(World& world, LaptopMachine& machine) {
    std::set<std::uint32_t> found;
    for (const auto& [name, file] : machine.disk.disk.names) {
        if (name == machine.paths.database) read_pieces(world, machine, file->live, kPages, found);
        if (name == machine.paths.database + "-wal")
            read_pieces(world, machine, file->live, kFrames, found);
    }
    // With a fallen bit what SQLite reads may fail; what lies there is looked at all the same.
    if (machine.doubtful) return found;
    for (const std::uint32_t value : world.pen.found_in(index_tokens(machine.store().connection())))
        found.insert(value);
    return found;
}

/// The first identity of a row.
std::string first_id(sqlite3_stmt* rows) {
    for (int at = 0; at < sqlite3_column_count(rows); ++at) {
        const auto* data = static_cast<const std::uint8_t*>(sqlite3_column_blob(rows, at));
        if (data == nullptr || sqlite3_column_bytes(rows, at) != 16) continue;
        return to_text(RecordId::from(ByteView(data, 16)).value_or(RecordId{}));
    }
    return "?";
}

/// Where a value lies, for people who look for the cause.
void tell_places(World& world, LaptopMachine& machine, std::uint32_t value) {
    if (!world.told) return;
    auto& db = machine.store().connection();
    std::vector<std::string> tables;
    {
        auto rows = db.prepared("SELECT name FROM sqlite_schema WHERE type='table'");
        while (rows.step()) tables.emplace_back(rows.text(0));
    }
    for (const auto& table : tables) {
        sqlite3_stmt* rows = nullptr;
        const std::string sql = "SELECT * FROM \"" + table + "\"";
        sqlite3_prepare_v2(db.handle(), sql.c_str(), -1, &rows, nullptr);
        while (sqlite3_step(rows) == SQLITE_ROW) {
            for (int at = 0; at < sqlite3_column_count(rows); ++at) {
                const auto* data = static_cast<const std::uint8_t*>(sqlite3_column_blob(rows, at));
                const auto size = static_cast<std::size_t>(sqlite3_column_bytes(rows, at));
                const auto found = data == nullptr ? std::vector<std::uint32_t>{}
                                                   : world.pen.found_in(ByteView(data, size));
                if (std::find(found.begin(), found.end(), value) != found.end())
                    world.tell(kOffice, "in " + table + "." + sqlite3_column_name(rows, at) +
                                            " of " + first_id(rows));
            }
        }
        sqlite3_finalize(rows);
    }
    const auto indexed = world.pen.found_in(index_tokens(db));
    if (std::find(indexed.begin(), indexed.end(), value) != indexed.end())
        world.tell(kOffice, "in the search index");
}

std::uint64_t journal_end(World& world) {
    auto& db = world.office.books();
    auto row = db.prepared("SELECT coalesce(max(seq), 0) FROM office_journal");
    return row.step() ? row.counter(0) : 0;
}

/// A case or proposal about the record lies here still.
bool is_quoted(LaptopMachine& machine, const RecordId& record) {
    return machine.store()
        .connection()
        .prepared(
            "SELECT 1 FROM \"case\" WHERE record_id=?1 UNION ALL SELECT 1 FROM proposal "
            "WHERE record_id=?1")
        .bind(record)
        .step();
}

/// The name of a file that was merged is a former name of the one it lives on in.
bool is_name(const catalog::Kind& kind, std::uint16_t tag) {
    return kind.tag == catalog::kCustomer.tag && tag == catalog::find_field(kind, "name")->tag;
}
catalog::Facet facet_of_former_names() {
    const auto& kind = catalog::kCustomer;
    return catalog::facet_of(kind, *catalog::find_field(kind, "former_names"));
}

}  // namespace

Facets facets_leaving(LaptopMachine& machine, const protocol::Policy& policy) {
    Facets leaving;
    Facets staying;
    auto rows = machine.store().connection().prepared(
        "SELECT m.record, m.facet, s.sort, s.\"of\" FROM member m JOIN scope s ON s.id=m.scope");
    while (rows.step()) {
        const protocol::ScopeKey scope{static_cast<std::uint8_t>(rows.number(2)),
                                       rows.id<RecordId>(3)};
        const bool stays = std::ranges::find(policy.held, scope) != policy.held.end() &&
                           std::ranges::find(policy.lost, scope) == policy.lost.end();
        (stays ? staying : leaving)
            .insert({rows.id<RecordId>(0), static_cast<catalog::Facet>(rows.number(1))});
    }
    for (const auto& each : staying) leaving.erase(each);
    return leaving;
}

void note_policy(World& world, std::uint32_t laptop) {
    world.policies[laptop] = {journal_end(world), world.office.office().now()};
}

void check_image(World& world, std::uint32_t laptop, const Facets* only) {
    auto& machine = *world.laptops[laptop];
    const auto told = world.policies.find(laptop);
    if (only != nullptr && only->empty()) return;
    if (told == world.policies.end() || !machine.is_open() || !world.office.is_open()) return;
    if (world.office.doubtful) return;
    // What the office decided since then the laptop cannot know yet.
    if (journal_end(world) != told->second.journal) return;
    ++world.counts.images_checked;
    const auto found = values_on(world, machine);
    std::vector<std::string> wrong;
    world.office.looking([&](server::Store& store) {
        Rights rights(store, told->second.at);
        Facets allowed;
        for (const std::uint32_t value : found) {
            const Written& where = world.pen.where(value);
            const auto* kind = catalog::find_kind(where.kind);
            const auto facet = catalog::facet_of(*kind, *catalog::find_field(*kind, where.tag));
            if (world.said_again[machine.user].contains(value)) continue;
            if (world.is_own(laptop, where.by) || allowed.contains({where.record, facet})) continue;
            const auto homes = world.homes_of(where.record);
            const bool may = std::ranges::any_of(homes, [&](const RecordId& home) {
                return rights.may_hold(machine.user, home, facet) ||
                       (home != where.record && is_name(*kind, where.tag) &&
                        rights.may_hold(machine.user, home, facet_of_former_names()));
            });
            if (may) {
                allowed.insert({where.record, facet});
                continue;
            }
            // A case about a merged file quotes it under the one it lives on in.
            const bool quoted = is_quoted(machine, where.record) ||
                                std::ranges::any_of(homes, [&](const RecordId& home) {
                                    return is_quoted(machine, home);
                                });
            if (only != nullptr && (!only->contains({where.record, facet}) || quoted)) continue;
            tell_places(world, machine, value);
            wrong.push_back(std::string(kind->name) + "." +
                            std::string(catalog::find_field(*kind, where.tag)->name) + " of " +
                            to_text(where.record));
        }
        return true;
    });
    for (auto& each : wrong)
        world.breach("I5 purged",
                     "on the disk of laptop " + std::to_string(laptop) + " lies " + each);
}

void check_wiped(World& world, std::uint32_t laptop) {
    for (const std::uint32_t value : values_on(world, *world.laptops[laptop])) {
        tell_places(world, *world.laptops[laptop], value);
        world.breach("I5 wiped", "on the wiped laptop " + std::to_string(laptop) +
                                     " lie words about " + to_text(world.pen.where(value).record));
    }
}

void watch_writes(World& world, Machine& machine) {
    machine.disk.watch = [&world, path = machine.paths.database](const std::string& name,
                                                                 std::int64_t, ByteView bytes) {
        if (!world.pen.found_in(bytes).empty())
            world.breach("I16 sealed", "readable words were written to " + name);
        const bool page = name == path && bytes.size() == kPage;
        const bool frame = name == path + "-wal" && bytes.size() == kFrame;
        if (!page && !frame) return;
        const ByteView nonce = bytes.subspan(bytes.size() - kTrailerBytes, kNonceBytes);
        if (!world.nonces.emplace(text_of(nonce)).second)
            world.breach("I15 nonces", "a nonce was used twice in " + name);
    };
}

}  // namespace dossier::sim
