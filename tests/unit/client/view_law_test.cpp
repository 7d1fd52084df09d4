// View = office's values ⊕ unsent words, whatever is written, answered, pulled and cut.
#include <map>

#include <doctest/doctest.h>

#include "common/merge/overlay.hpp"

#include "tests/unit/client/world.hpp"

namespace dossier::test {
namespace {

using merge::VerdictKind;

class Dice {
  public:
    explicit Dice(std::uint64_t seed) : state_(seed) {}
    std::uint64_t below(std::uint64_t end) {
        std::uint64_t z = state_ += 0x9E3779B97F4A7C15ULL;
        z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
        return (z ^ (z >> 31U)) % end;
    }

  private:
    std::uint64_t state_;
};

struct Truth {
    const catalog::Kind* kind = nullptr;
    FieldValues values;
};

/// The office in the test's own head: takes or refuses at random, changes records by itself.
class Run {
  public:
    explicit Run(std::uint64_t seed) : dice_(seed) {
        truth_[world_.acme] = {&kCustomer, world_.customer("杭州明润医药有限公司")};
        world_.office.batch_entries = 1 + dice_.below(4);
        world_.office.judge = [this](const merge::Op& op) { return judge(op); };
        REQUIRE(world_.sync());
    }

    void step() {
        switch (dice_.below(6)) {
            case 0:
                made_.push_back(world_.visit("content " + std::to_string(dice_.below(9))));
                break;
            case 1:
                office_changes();
                break;
            case 2:
                REQUIRE(world_.sync(static_cast<int>(dice_.below(12))));
                break;
            case 3:
                REQUIRE(world_.sync());
                check_office();
                break;
            case 4:
                world_.laptop.reopen();
                break;
            default:
                edit();
        }
        check_view();
    }

  private:
    merge::Verdict judge(const merge::Op& op) {
        static constexpr VerdictKind kKinds[] = {VerdictKind::Applied,  VerdictKind::Applied,
                                                 VerdictKind::Merged,   VerdictKind::Rejected,
                                                 VerdictKind::Proposal, VerdictKind::Superseded};
        merge::Verdict verdict;
        verdict.kind = kKinds[dice_.below(std::size(kKinds))];
        const bool there = truth_.contains(op.record);
        if (op.kind == merge::OpKind::Set && !there) verdict.kind = VerdictKind::Rejected;
        if (op.kind == merge::OpKind::Create && verdict.kind != VerdictKind::Rejected) {
            verdict.kind = VerdictKind::Applied;
        }
        if (verdict.kind != VerdictKind::Applied && verdict.kind != VerdictKind::Merged) {
            return verdict;
        }
        auto& [kind, values] = truth_[op.record];
        kind = catalog::find_kind(op.record_kind);
        values = merge::overlay(*kind, values, op.record, std::span(&op, 1));
        tidy_and_put(op.record);
        return verdict;
    }

    void tidy_and_put(const RecordId& record) {
        auto& [kind, values] = truth_[record];
        std::erase_if(values, [](const auto& each) { return is_empty(each.value); });
        world_.office.put(world_.own, *kind, record, values);
    }

    void office_changes() {
        auto& values = truth_[world_.acme].values;
        static constexpr std::string_view kNames[] = {"fax", "website", "remark", "short_name"};
        const auto name = kNames[dice_.below(std::size(kNames))];
        const auto digit = std::to_string(dice_.below(10));
        assign(values, tag(kCustomer, name),
               dice_.below(4) == 0 ? Value{} : words("0571-8899001" + digit));
        if (dice_.below(3) == 0)
            assign(values, tag(kCustomer, "party_role"), words(R"(["supplier"])"));
        tidy_and_put(world_.acme);
    }

    void edit() {
        if (!made_.empty() && dice_.below(2) == 0) {
            const auto visit = made_[dice_.below(made_.size())];
            if (!world_.laptop.store().replica.load(kVisit, visit)) return;
            const auto text = words("said " + std::to_string(dice_.below(9)));
            const auto saved =
                world_.set(kVisit, visit, dice_.below(2) == 0 ? "content" : "place", text);
            CHECK((saved || saved.error().id() == "client.nothing_to_do"));
            return;
        }
        static constexpr std::string_view kNames[] = {"fax", "name", "short_name", "legal_rep"};
        const auto digit = std::to_string(dice_.below(10));
        const auto saved =
            dice_.below(5) == 0
                ? world_.set(kCustomer, world_.acme, "party_role",
                             words(dice_.below(2) == 0 ? R"(["buyer"])" : R"(["buyer","dealer"])"))
                : world_.set(kCustomer, world_.acme, kNames[dice_.below(std::size(kNames))],
                             words("0571-8899002" + digit));
        CHECK((saved || saved.error().id() == "client.nothing_to_do"));
    }

    FieldValues office_row(const catalog::Kind& kind, const RecordId& record) {
        FieldValues whole;
        for (const auto facet : catalog::facets_of(kind)) {
            for (const auto& [tag, value] :
                 world_.laptop.store().replica.office_values(kind, record, facet)) {
                assign(whole, tag, value);
            }
        }
        return whole;
    }

    void check_view() {
        auto& store = world_.laptop.store();
        const auto check = [&](const catalog::Kind& kind, const RecordId& record) {
            const auto unsent = store.outbox.unsent_ops(record);
            auto expected = merge::overlay(kind, office_row(kind, record), record, unsent);
            std::erase_if(expected, [](const auto& each) { return is_empty(each.value); });
            const auto row = store.replica.load(kind, record);
            CHECK(row.value_or(FieldValues{}) == expected);
            if (row) CHECK(store.replica.kind_of(record) == &kind);
        };
        check(kCustomer, world_.acme);
        for (const auto& visit : made_) check(kVisit, visit);
        CHECK(store.replica.kind_of(World::id(99)) == nullptr);
    }

    /// After a finished session the office's values here are the office's.
    void check_office() {
        REQUIRE(world_.finished);
        CHECK(world_.office.repairs == 0);
        CHECK(world_.laptop.store().outbox.unsent_count() == 0);
        for (const auto& [record, truth] : truth_) {
            CHECK(world_.laptop.store().replica.load(*truth.kind, record) == truth.values);
        }
        for (const auto& visit : made_) {
            if (truth_.contains(visit)) continue;
            CHECK_FALSE(world_.laptop.store().replica.load(kVisit, visit));
        }
    }

    World world_;
    Dice dice_;
    std::map<RecordId, Truth> truth_;
    std::vector<RecordId> made_;
};

TEST_SUITE("client/store/replica") {
    TEST_CASE(
        "view = office's values with the unsent words over them, through edits, answers, pulls and "
        "cuts") {
        for (std::uint64_t seed = 1; seed <= 30; ++seed) {
            CAPTURE(seed);
            Run run(seed);
            for (int step = 0; step < 40; ++step) {
                CAPTURE(step);
                run.step();
            }
        }
    }
}

}  // namespace
}  // namespace dossier::test
