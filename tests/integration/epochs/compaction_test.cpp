// Two firms live the same days, one shortens its logs and the other never does: their laptops hold
// the same (I14 by whole histories; by single logs in tests/contract).
#include "server/jobs/compaction.hpp"

#include <map>
#include <set>
#include <tuple>

#include <doctest/doctest.h>

#include "tests/integration/epochs/firm.hpp"
#include "tests/support/law.hpp"

namespace dossier::test {
namespace {

/// Facets in the scopes of one laptop, by scope.
using Holding = std::map<std::pair<std::uint8_t, RecordId>,
                         std::set<std::tuple<RecordId, catalog::Facet, crypto::Digest>>>;

class Days {
  public:
    explicit Days(bool shortens) : shortens_(shortens) {
        for (const UserId& user : {firm_.people.ann, firm_.people.ann, firm_.people.ben})
            laptops_.push_back(firm_.laptop(user));
        for (int i = 0; i < 4; ++i) found();
    }

    void live(std::uint64_t seed, int steps) {
        Draw draw(seed);
        for (int i = 0; i < steps; ++i) step(draw);
        laptops_.push_back(firm_.laptop(firm_.people.ann));  // one that was never here
        for (std::size_t i = 0; i < laptops_.size(); ++i) meet(i, -1);
    }
    [[nodiscard]] std::vector<Holding> holdings() {
        std::vector<Holding> all;
        for (const auto& laptop : laptops_) all.push_back(holding_of(*laptop));
        return all;
    }
    /// What each laptop should hold, asked of the office itself.
    [[nodiscard]] std::vector<Holding> expected() {
        std::vector<Holding> all;
        server::Unit unit(firm_.store());
        for (const auto& laptop : laptops_) {
            Holding& each = all.emplace_back();
            for (const auto& scope : firm_.store().held(laptop->store().meta.identity()->device)) {
                auto& facets = each[{static_cast<std::uint8_t>(scope.sort), scope.of}];
                for (const auto& member : firm_.store().members(scope))
                    facets.emplace(member.record, member.facet, member.hash);
            }
        }
        return all;
    }
    [[nodiscard]] std::uint64_t forgotten() const { return forgotten_; }
    /// Facets asked for again by laptops the office waits for.
    [[nodiscard]] std::uint64_t mended() const { return mended_; }
    [[nodiscard]] std::uint64_t incidents() const { return incidents_; }

  private:
    static Holding holding_of(TempClient& laptop) {
        Holding held;
        protocol::RecordRange everything;
        everything.to.bytes.fill(0xFF);
        for (const auto& scope : laptop.store().scopes.list()) {
            auto& facets = held[{scope.key.sort, scope.key.of}];
            for (const auto& member : laptop.store().scopes.in_range(scope.id, everything))
                facets.emplace(member.record, member.facet, member.hash);
        }
        return held;
    }

    void found() {
        customers_.push_back(
            firm_.people.customer(firm_.people.ann, "客户" + std::to_string(customers_.size())));
    }
    void step(Draw& draw) {
        auto& people = firm_.people;
        const RecordId customer = customers_[draw.between<std::size_t>(0, customers_.size())];
        const auto laptop = draw.between<std::size_t>(0, laptops_.size());
        const int what = draw.between(0, 20);
        const auto number = draw.between(0, 1000);
        if (what < 2) return found();
        if (what < 6) return people.transfer(customer, number % 2 == 0 ? people.ann : people.ben);
        if (what < 8) return happens(customer, "mark", number % 4);
        if (what < 9) return removes(customer);
        if (what < 11) {
            static_cast<void>(
                people.set({}, kCustomer, customer, "fax", words(std::to_string(number))));
            return;
        }
        if (what < 14) return meet(laptop, -1);
        if (what < 16) return meet(laptop, number % 8);
        if (what < 18) return pass_time(std::chrono::hours(24 * (number % 12)));
        shorten();
    }
    void happens(const RecordId& customer, std::string_view event, int level) {
        constexpr std::uint16_t kSecrecyLevel = 4;
        merge::Op op{.kind = merge::OpKind::Event,
                     .record_kind = kCustomer.tag,
                     .record = customer,
                     .event = std::string(event)};
        assign(op.fields, kSecrecyLevel, std::int64_t{level});
        change(std::move(op));
    }
    void removes(const RecordId& customer) {
        change({.kind = merge::OpKind::Remove, .record_kind = kCustomer.tag, .record = customer});
    }
    void change(merge::Op op) {
        server::Unit unit(firm_.store());
        static_cast<void>(
            firm_.people.office.change({}, {.source = "job", .ops = {std::move(op)}}));
        unit.commit();
    }
    void meet(std::size_t which, int cut) {
        const Instant last = laptops_[which]->store().last_finished();
        const bool waited_for = last.plus(protocol::kSilentAfter) >= firm_.people.clock.now();
        const auto report = firm_.meet(*laptops_[which], cut);
        REQUIRE(report.has_value());
        incidents_ += report->incidents;
        if (waited_for) mended_ += report->mended;
    }
    void pass_time(std::chrono::hours time) {
        firm_.people.clock.advance(time);
        for (const auto& laptop : laptops_) laptop->clock.advance(time);
    }
    void shorten() {
        if (!shortens_) return;
        server::Unit unit(firm_.store());
        forgotten_ += server::compact_logs(firm_.people.office);
        unit.commit();
    }

    bool shortens_;
    Firm firm_;
    std::vector<std::unique_ptr<TempClient>> laptops_;
    std::vector<RecordId> customers_;
    std::uint64_t forgotten_ = 0;
    std::uint64_t mended_ = 0;
    std::uint64_t incidents_ = 0;
};

}  // namespace

TEST_SUITE("integration/epochs/compaction") {
    TEST_CASE("laptops of an office that shortens its logs hold what those of another hold") {
        std::uint64_t forgotten = 0;
        for (std::uint64_t seed = 1; seed <= 12; ++seed) {
            CAPTURE(seed);
            Days shortened(true);
            Days whole(false);
            shortened.live(seed, 60);
            whole.live(seed, 60);
            CHECK(shortened.holdings() == whole.holdings());
            CHECK(shortened.holdings() == shortened.expected());
            CHECK(shortened.mended() == 0);
            CHECK(shortened.incidents() == 0);
            forgotten += shortened.forgotten();
        }
        CHECK(forgotten > 20);
    }
}

}  // namespace dossier::test
