#include "tests/integration/attach/exchange.hpp"

#include <deque>
#include <fstream>

namespace dossier::test {
namespace {

Bytes whole_of(content::Contents& contents, const RecordId& record) {
    const auto held = contents.of(record);
    if (!held || !held->whole) return {};
    Bytes all;
    for (std::uint32_t at = 0; at < content::chunks_of(held->size); ++at)
        append(all, contents.chunk(*held, at));
    return all;
}

/// What the office says to one message, each step a unit of work of its own.
Result<std::vector<protocol::Message>> answers_of(Field& field,
                                                  server::Session& session,
                                                  const protocol::Message& message) {
    std::vector<protocol::Message> all;
    {
        server::Unit unit(*field.office.store);
        auto made = session.on(message);
        unit.commit();
        if (!made) return pass(made);
        all = std::move(*made);
    }
    while (session.is_streaming()) {
        server::Unit unit(*field.office.store);
        auto more = session.next();
        unit.commit();
        if (!more) return pass(more);
        if (*more) all.push_back(std::move(**more));
    }
    return all;
}

}  // namespace

server::OfficeKeys keys_of(Field& field) {
    server::Unit unit(*field.office.store);
    return std::move(*server::load_office_keys(*field.office.store));
}

bool Exchange::deliver(protocol::Message& message, bool up) {
    if (on_wire && !on_wire(message)) was_cut = true;
    proofs += std::holds_alternative<protocol::Proof>(message) ? 1U : 0U;
    if (!was_cut && std::holds_alternative<protocol::Chunk>(message)) {
        if (chunks_up + chunks_down == cut_at_chunk) {
            was_cut = true;
            return false;
        }
        ++(up ? chunks_up : chunks_down);
    }
    return !was_cut;
}

Result<client::Report> Exchange::play(Field& field, Laptop& laptop) {
    const auto keys = keys_of(field);
    server::BatchCache batches;
    server::Session session({field.office.office, keys, batches},
                            laptop.store().meta.identity()->device);
    client::Engine engine(laptop.store(), laptop.clock, laptop.log, {.app_version = "test"});
    auto first = engine.start();
    if (!first) return pass(first);
    std::deque<protocol::Message> up(first->begin(), first->end());
    while (!up.empty()) {
        protocol::Message message = std::move(up.front());
        up.pop_front();
        if (!deliver(message, true)) return engine.report();
        auto answers = answers_of(field, session, message);
        if (!answers) return pass(answers);
        for (protocol::Message& answer : *answers) {
            if (!deliver(answer, false)) return engine.report();
            auto words = engine.on(answer);
            if (!words) return pass(words);
            for (auto& word : *words) up.push_back(std::move(word));
        }
    }
    was_cut = !engine.finished();
    return engine.report();
}

Bytes pdf(std::size_t size, std::uint64_t seed) {
    crypto::SeededRandom random(seed);
    Bytes bytes(size);
    random.fill(bytes);
    std::ranges::copy(bytes_of("%PDF-1.7\n"), bytes.begin());
    return bytes;
}

Bytes content_at(Laptop& laptop, const RecordId& record) {
    return whole_of(laptop.store().attachments.contents, record);
}

Bytes content_at(Field& field, const RecordId& record) {
    server::Unit unit(*field.office.store);
    return whole_of(field.office.store->contents(), record);
}

Bytes canary_pdf(std::string_view words, std::size_t size) {
    Bytes bytes(size);
    for (std::size_t at = 0; at < size; ++at)
        bytes[at] = static_cast<std::uint8_t>(words[at % words.size()]);
    std::ranges::copy(bytes_of("%PDF-1.7\n"), bytes.begin());
    return bytes;
}

bool lies_about(Laptop& laptop, std::string_view words) {
    auto row = laptop.store().connection().prepared("SELECT file FROM pragma_database_list");
    REQUIRE(row.step());
    const auto folder = std::filesystem::path(row.text(0)).parent_path();
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        std::ifstream in(entry.path(), std::ios::binary);
        const std::string all((std::istreambuf_iterator<char>(in)), {});
        if (all.find(words) != std::string::npos) return true;
    }
    return false;
}

}  // namespace dossier::test
