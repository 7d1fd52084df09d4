// The laws, held against what a run did. Written from the design pages, apart from the product:
// nothing here asks the product's own judgement. The list is INVARIANTS.md.
#pragma once

#include "protocol/messages.hpp"

#include "tests/sim/world.hpp"

namespace dossier::sim {

/// How a breach calls a laptop.
inline std::string named(std::uint32_t laptop) {
    return "laptop " + std::to_string(laptop);
}

// ---- while it runs
/// A message left the office for a laptop, after its commit.
void check_said(World& world, std::uint32_t laptop, const protocol::Message& message);
/// A laptop's program opened its store again.
void check_reopened(World& world, std::uint32_t laptop);
/// A door has just said that this changeset is saved.
void check_saved(World& world, std::uint32_t laptop, std::uint64_t oseq);
/// What `row` (body, verdicts, sealed of an outbox) keeps is what was saved, sealed or not.
void check_frozen(World& world, std::uint32_t laptop, Saved& saved, const sqlite::Statement& row);
/// The office took a piece of a content.
void check_taken(World& world, const protocol::Chunk& chunk);
/// The office opened its store again.
void check_office_reopened(World& world);
using Facets = std::set<std::pair<RecordId, catalog::Facet>>;
/// What lies on a laptop by its own books and, as the office says, may not any more.
Facets facets_leaving(LaptopMachine& machine, const protocol::Policy& policy);
/// No trace of what a laptop may not hold is on its disk. With `only`: no trace of these; what
/// left a scope that is still held comes with its batches and goes with the session's end.
void check_image(World& world, std::uint32_t laptop, const Facets* only = nullptr);
/// What a laptop or the office shows, somebody wrote there.
void check_words(World& world, std::uint32_t who);
/// The office has just told a laptop what it may hold.
void note_policy(World& world, std::uint32_t laptop);
/// From now on all that is written to this disk is looked at: no nonce twice, no readable word.
void watch_writes(World& world, Machine& machine);
/// The laptop was wiped: no word anybody wrote is left on it, not even its own.
void check_wiped(World& world, std::uint32_t laptop);

// ---- when everything is quiet
void check_quiet(World& world);
bool is_active(World& world, std::uint32_t laptop);
void check_conserved(World& world, std::uint32_t laptop);
/// What states of a disk brought that are no more is at the office as it answered.
void check_left_behind(World& world);
void check_converged(World& world, std::uint32_t laptop);
void check_office(World& world);
/// Nobody disputes with himself; no removal takes another's words away, nor hides them.
void check_own_words(World& world);
/// The bytes of every attachment: the same at the office and on every laptop that holds it.
void check_contents(World& world);
/// A document that says nothing but this word.
Bytes document_of(std::string_view word, std::size_t size);
/// What lies open and in logs is no more than one machine needs, however much went wrong before.
void check_growth(World& world);
/// All that is kept, into the state hash.
void mix_state(World& world);

}  // namespace dossier::sim
