// What a scope's log forgets nobody misses: a laptop at any place that applies the shortened log
// ends with what it would hold after the whole one. Source: sync 5.6, 5.7 (I14).
#include <compare>
#include <map>

#include <doctest/doctest.h>

#include "tests/contract/store_contract.hpp"
#include "tests/support/law.hpp"

using namespace dossier;
using namespace dossier::server;
using namespace dossier::server::contract;

namespace {

constexpr std::chrono::hours kDay{24};
constexpr std::chrono::hours kSilent = 30 * kDay;

struct Key {
    std::uint64_t number;
    Facet facet;
    auto operator<=>(const Key&) const = default;
};
using Facets = std::map<Key, Digest>;

/// The log of one scope, of which nothing is ever forgotten.
struct WholeLog {
    struct Line {
        std::uint64_t sseq;
        std::optional<Digest> hash;  ///< none = left
    };
    std::uint64_t sseq = 0;
    std::map<Key, Line> lines;

    [[nodiscard]] Facets present() const {
        Facets facets;
        for (const auto& [key, line] : lines) {
            if (line.hash) facets[key] = *line.hash;
        }
        return facets;
    }
    /// `facets` as of `cursor`, brought to the end of this log.
    [[nodiscard]] Facets reduce(Facets facets, std::uint64_t cursor) const {
        for (const auto& [key, line] : lines) {
            if (line.sseq <= cursor) continue;
            if (line.hash)
                facets[key] = *line.hash;
            else
                facets.erase(key);
        }
        return facets;
    }
};

/// What one laptop has of one scope.
struct Part {
    bool held = true;
    std::uint64_t cursor = 0;
    Facets facets;
    bool overlooked = false;  ///< a log was shortened without asking how far it is
};

struct Laptop {
    DeviceRow row;
    std::array<Part, 2> parts;
};

class RandomHistory {
  public:
    explicit RandomHistory(Store& store) : store_(store) {
        for (std::uint64_t i = 0; i < 3; ++i) {
            Laptop laptop;
            laptop.row.device = record(50 + i).as<DeviceTag>();
            laptop.row.user = record(60 + i).as<UserTag>();
            laptop.row.state = 2;
            laptop.row.last_session = now_;
            laptops_.push_back(laptop);
            store_.save_device(laptop.row);
            tell(laptops_.back());
        }
    }

    void step(std::uint32_t draw) {
        const std::size_t which = draw % 2;
        const Key key{draw / 2 % 4, draw / 8 % 3 == 0 ? Facet::Directory : Facet::Main};
        Laptop& laptop = laptops_[draw / 24 % 3];
        const std::uint32_t what = draw / 72 % 16;
        if (what < 4) {
            put(which, key, digest(draw));
        } else if (what < 6) {  // the file goes to somebody else
            const auto hash = held(which, key);
            take(which, key);
            if (hash) put(1 - which, key, *hash);
        } else if (what < 8) {
            take(which, key);
        } else if (what < 11) {
            pull(laptop, which, 1000);
        } else if (what < 12) {
            pull(laptop, which, 1 + draw / 72 / 16 % 3);
        } else if (what < 13) {
            // Active, suspended, revoked.
            laptop.row.state = laptop.row.state == 4
                                   ? std::uint8_t{2}
                                   : static_cast<std::uint8_t>(laptop.row.state + 1);
            store_.save_device(laptop.row);
        } else if (what < 14) {
            laptop.parts[which] = {.held = !laptop.parts[which].held};
            tell(laptop);
        } else if (what < 15) {
            now_ = now_.plus(10 * kDay);
        } else {
            compact();
        }
    }

    /// A new laptop, and every old one at its place.
    void end() {
        for (std::size_t which = 0; which < 2; ++which) {
            Part nobody;
            bring(nobody, which, 1000);
            RC_ASSERT(nobody.facets == logs_[which].present());
            for (Laptop& laptop : laptops_) pull(laptop, which, 1000);
        }
    }
    [[nodiscard]] std::uint64_t forgotten() const { return forgotten_; }

  private:
    std::optional<Digest> held(std::size_t which, const Key& key) {
        const auto line = logs_[which].lines.find(key);
        return line == logs_[which].lines.end() ? std::nullopt : line->second.hash;
    }
    static Place place_of(const Key& key) {
        return {catalog::kCustomer.tag, record(key.number), record(key.number)};
    }
    void put(std::size_t which, const Key& key, const Digest& hash) {
        store_.put_in_scope(own(which), place_of(key), key.facet, held(which, key), hash);
        logs_[which].lines[key] = {++logs_[which].sseq, hash};
    }
    void take(std::size_t which, const Key& key) {
        const auto hash = held(which, key);
        if (!hash) return;
        store_.take_from_scope(own(which), place_of(key), key.facet, *hash);
        logs_[which].lines[key] = {++logs_[which].sseq, std::nullopt};
    }
    void tell(Laptop& laptop) {
        std::vector<Scope> scopes;
        for (std::size_t which = 0; which < 2; ++which) {
            if (laptop.parts[which].held) scopes.push_back(own(which));
        }
        store_.set_held(laptop.row.device, scopes);
    }
    /// Applies what the office's log still says after the laptop's place, at most `lines`.
    void bring(Part& part, std::size_t which, std::size_t lines) {
        const Facets whole = logs_[which].reduce(part.facets, part.cursor);
        for (const ScopeEntry& line : store_.log(own(which), SSeq{part.cursor}, lines)) {
            const Key key{read_number(line.record), line.facet};
            if (line.present)
                part.facets[key] = *held(which, key);
            else
                part.facets.erase(key);
            part.cursor = line.sseq.value;
        }
        if (part.cursor != logs_[which].sseq) return;
        if (!part.overlooked) RC_ASSERT(part.facets == whole);
        check_sum(part, which);
    }
    /// Whatever a laptop that was overlooked lacks shows in the sum it is held against.
    void check_sum(Part& part, std::size_t which) {
        crypto::SetHash sum;
        for (const auto& [key, hash] : part.facets) sum.add(hash);
        const bool same = part.facets == logs_[which].present();
        RC_ASSERT(same == (sum == store_.summary(own(which)).set_hash));
        part.facets = logs_[which].present();  // mended
        part.overlooked = false;
    }
    /// One session; one that is cut proves nothing.
    void pull(Laptop& laptop, std::size_t which, std::size_t lines) {
        Part& part = laptop.parts[which];
        if (!part.held || laptop.row.state != 2) return;
        bring(part, which, lines);
        if (lines < 1000) return;
        // The last number of a scope is never forgotten: else nobody would reach it.
        RC_ASSERT(part.cursor == logs_[which].sseq);
        laptop.row.last_session = now_;
        store_.save_device(laptop.row);
        store_.set_received(laptop.row.device, {{own(which), SSeq{part.cursor}}});
    }
    void compact() {
        const Instant since = now_.plus(-kSilent);
        forgotten_ += store_.compact_logs(since);
        for (Laptop& laptop : laptops_) {
            const bool asked = laptop.row.state != 4 && laptop.row.last_session >= since;
            for (Part& part : laptop.parts) part.overlooked = part.overlooked || !asked;
        }
    }
    static std::uint64_t read_number(const RecordId& id) {
        std::uint64_t number = 0;
        while (record(number) != id) ++number;
        return number;
    }

    Store& store_;
    Instant now_{1'700'000'000'000};
    std::array<WholeLog, 2> logs_;
    std::vector<Laptop> laptops_;
    std::uint64_t forgotten_ = 0;
};

}  // namespace

TEST_SUITE("contract/store/compaction") {
    TEST_CASE("from any place a shortened log ends where the whole one ends") {
        const auto office = make_office();
        std::uint64_t forgotten = 0;
        const auto one_history = [&](test::Draw& draw) {
            office->store().begin();
            const AtEnd undo{*office};
            RandomHistory history(office->store());
            for (int i = 0; i < 80; ++i) history.step(draw.between<std::uint32_t>(0, 1'000'000));
            history.end();
            forgotten += history.forgotten();
        };
        test::holds(one_history, 1000);
        CHECK(forgotten > 1000);
    }
}
