// One session between a laptop's engine and the office's, message by message, with a hand on the
// wire: it counts chunks, cuts before one of them, and lets a test look at or change any message.
#pragma once

#include <functional>

#include "common/catalog/document.hpp"

#include "client/sync/engine.hpp"
#include "server/sync/session.hpp"
#include "tests/integration/sync/field.hpp"

namespace dossier::test {

using catalog::kAttachment;

struct Exchange {
    std::size_t cut_at_chunk = SIZE_MAX;  ///< this chunk of the session (from 0) does not arrive
    /// Sees every message before it is delivered and may change it; false cuts the connection.
    std::function<bool(protocol::Message&)> on_wire;

    std::size_t chunks_up = 0;    ///< delivered to the office
    std::size_t chunks_down = 0;  ///< delivered to the laptop
    std::size_t proofs = 0;
    bool was_cut = false;

    /// Plays one session to its end or its cut. Errors: what either engine said.
    Result<client::Report> play(Field& field, Laptop& laptop);

  private:
    bool deliver(protocol::Message& message, bool up);
};

server::OfficeKeys keys_of(Field& field);
/// A PDF of `size` bytes that looks like no other of another seed.
Bytes pdf(std::size_t size, std::uint64_t seed);
/// A PDF that says the same words in every chunk.
Bytes canary_pdf(std::string_view words, std::size_t size);
/// Whether any file of the laptop holds the words.
bool lies_about(Laptop& laptop, std::string_view words);
/// The whole content of a record as it lies there; empty when it is not whole.
Bytes content_at(Laptop& laptop, const RecordId& record);
Bytes content_at(Field& field, const RecordId& record);

}  // namespace dossier::test
