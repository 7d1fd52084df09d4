#include <map>
#include <set>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "tests/contract/store_contract.hpp"

using namespace dossier;
using namespace dossier::server;
using namespace dossier::server::contract;

namespace {

Place place_of(std::uint64_t number) {
    return {catalog::kCustomer.tag, record(number), record(number)};
}

/// What a scope should hold, kept beside the store.
struct Model {
    struct Line {
        std::uint64_t sseq;
        std::optional<Digest> hash;  ///< none = left
    };
    std::uint64_t sseq = 0;
    std::map<std::uint64_t, Line> lines;  ///< by record

    void put(Store& store, std::uint64_t scope, std::uint64_t number, const Digest& hash) {
        const auto known = lines.find(number);
        const auto old = known == lines.end() ? std::nullopt : known->second.hash;
        store.put_in_scope(own(scope), place_of(number), Facet::Main, old, hash);
        lines[number] = {++sseq, hash};
    }
    void take(Store& store, std::uint64_t scope, std::uint64_t number) {
        const auto known = lines.find(number);
        if (known == lines.end() || !known->second.hash) return;
        store.take_from_scope(own(scope), place_of(number), Facet::Main, *known->second.hash);
        known->second = {++sseq, std::nullopt};
    }
};

void check(Store& store, std::uint64_t scope, const Model& model) {
    std::map<std::uint64_t, std::pair<RecordId, bool>> expected;
    crypto::SetHash sum;
    std::uint64_t present = 0;
    for (const auto& [number, line] : model.lines) {
        expected[line.sseq] = {record(number), line.hash.has_value()};
        if (line.hash) {
            sum.add(*line.hash);
            ++present;
        }
        const auto scopes = store.memberships(record(number), Facet::Main);
        const bool member = std::find(scopes.begin(), scopes.end(), own(scope)) != scopes.end();
        RC_ASSERT(member == line.hash.has_value());
    }
    const ScopeSummary summary = store.summary(own(scope));
    RC_ASSERT(summary.sseq.value == model.sseq);
    RC_ASSERT(summary.count == present);
    RC_ASSERT(summary.set_hash == sum);
    std::map<std::uint64_t, std::pair<RecordId, bool>> logged;
    SSeq after;
    for (auto page = store.log(own(scope), after, 3); !page.empty();
         page = store.log(own(scope), after, 3)) {
        for (const ScopeEntry& line : page) {
            RC_ASSERT(line.sseq > after);
            after = line.sseq;
            logged[line.sseq.value] = {line.record, line.present};
        }
    }
    RC_ASSERT(logged == expected);
}

}  // namespace

TEST_SUITE("contract/store/scopes") {
    TEST_CASE("a facet's state is the last one set, each facet for itself") {
        const auto office = make_office();
        Store& store = office->store();
        Unit unit(store);
        CHECK_FALSE(store.facet(record(1), Facet::Main).has_value());
        store.set_facet(record(1), Facet::Main, {Fv{1}, digest(1)});
        store.set_facet(record(1), Facet::Closed, {Fv{4}, digest(4)});
        store.set_facet(record(1), Facet::Main, {Fv{2}, digest(2)});
        CHECK(store.facet(record(1), Facet::Main)->fv == Fv{2});
        CHECK(store.facet(record(1), Facet::Main)->hash == digest(2));
        CHECK(store.facet(record(1), Facet::Closed)->fv == Fv{4});
    }
    TEST_CASE("numbers of a scope are dense from one and tell nothing of other scopes") {
        const auto office = make_office();
        Store& store = office->store();
        Unit unit(store);
        for (std::uint64_t i = 1; i <= 20; ++i) {
            store.put_in_scope(own(1), place_of(i), Facet::Main, std::nullopt, digest(i));
            CHECK(store.summary(own(1)).sseq == SSeq{i});
            store.put_in_scope(own(2), place_of(i), Facet::Main, std::nullopt, digest(i));
            store.take_from_scope(own(2), place_of(i), Facet::Main, digest(i));
        }
        CHECK(store.summary(own(2)).sseq == SSeq{40});
        CHECK(store.summary(own(2)).count == 0);
        CHECK(store.summary(own(2)).set_hash == crypto::SetHash{});
        std::uint64_t expected = 0;
        for (const ScopeEntry& line : store.log(own(1), {}, 100)) {
            CHECK(line.sseq == SSeq{++expected});
            CHECK(line.kind == catalog::kCustomer.tag);
            CHECK(line.facet == Facet::Main);
        }
        CHECK(expected == 20);
    }
    TEST_CASE("the log shows each facet once, at the place of the last thing that happened to it") {
        const auto office = make_office();
        Store& store = office->store();
        Unit unit(store);
        store.put_in_scope(own(1), place_of(1), Facet::Main, std::nullopt, digest(1));
        store.put_in_scope(own(1), place_of(1), Facet::Directory, std::nullopt, digest(2));
        store.put_in_scope(own(1), place_of(1), Facet::Main, digest(1), digest(3));
        store.take_from_scope(own(1), place_of(1), Facet::Directory, digest(2));
        const auto log = store.log(own(1), {}, 10);
        REQUIRE(log.size() == 2);
        CHECK(log[0].sseq == SSeq{3});
        CHECK(log[0].facet == Facet::Main);
        CHECK(log[0].present);
        CHECK(log[1].sseq == SSeq{4});
        CHECK_FALSE(log[1].present);
        CHECK(store.summary(own(1)).count == 1);
        CHECK(store.log(own(1), SSeq{4}, 10).empty());
    }
    TEST_CASE("a scope nobody wrote to is empty and has no log") {
        const auto office = make_office();
        Unit unit(office->store());
        CHECK(office->store().summary(own(1)).sseq == SSeq{0});
        CHECK(office->store().log(own(1), {}, 10).empty());
        CHECK(office->store().memberships(record(1), Facet::Main).empty());
    }
    TEST_CASE("after any puts, takes, undone steps and restarts a scope is what remains of them") {
        const auto office = make_office();
        std::uint64_t run = 0;
        CHECK(rc::check([&] {
            run += 2;  // each run in scopes and with records of its own
            std::array<Model, 2> models;
            office->store().begin();
            const AtEnd undo{*office};
            auto committed = models;
            std::vector<std::array<Model, 2>> marks;
            for (const auto step : *rc::gen::container<std::vector<std::uint32_t>>(
                     rc::gen::inRange<std::uint32_t>(0, 1'000'000))) {
                Store& store = office->store();
                const std::uint64_t which = step % 2;
                const std::uint64_t scope = run + which;
                const std::uint64_t number = 1000 * run + step / 2 % 5;
                const std::uint32_t what = step / 10 % 64;
                Model& model = models[which];
                if (what < 32) {
                    model.put(store, scope, number, digest(step));
                } else if (what < 44) {
                    model.take(store, scope, number);
                } else if (what < 49) {
                    store.mark();
                    marks.push_back(models);
                } else if (what < 54 && !marks.empty()) {
                    store.rollback_to_mark();
                    models = marks.back();
                    marks.pop_back();
                } else if (what < 59 && !marks.empty()) {
                    store.release_mark();
                    marks.pop_back();
                } else if (what < 63 && marks.empty()) {
                    store.commit();
                    store.begin();
                    committed = models;
                } else if (what == 63) {
                    office->reopen();
                    office->store().begin();
                    models = committed;
                    marks.clear();
                }
                check(office->store(), scope, model);
            }
        }));
    }
    TEST_CASE("a device holds exactly the scopes it was told last") {
        const auto office = make_office();
        Store& store = office->store();
        Unit unit(store);
        const auto laptop = record(1).as<DeviceTag>();
        const auto other = record(2).as<DeviceTag>();
        store.set_held(laptop, {own(2), own(1), {access::ScopeSort::Organisation, {}}});
        store.set_held(other, {own(1)});
        CHECK(store.held(laptop) ==
              std::vector<Scope>{{access::ScopeSort::Organisation, {}}, own(1), own(2)});
        store.set_held(laptop, {own(3)});
        CHECK(store.held(laptop) == std::vector<Scope>{own(3)});
        store.set_held(laptop, {});
        CHECK(store.held(laptop).empty());
        CHECK(store.held(other) == std::vector<Scope>{own(1)});
    }
}
