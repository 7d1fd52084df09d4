#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "tests/contract/store_contract.hpp"

using namespace dossier;
using namespace dossier::server;
using namespace dossier::server::contract;

namespace {

using merge::OpKind;

JournalEntry set(std::uint64_t number, std::uint16_t group, std::string_view text) {
    JournalEntry entry;
    entry.record = record(number);
    entry.kind = catalog::kCustomer.tag;
    entry.group = group;
    entry.value = {{group, std::string(text)}};
    return entry;
}

bool same(const JournalEntry& a, const JournalEntry& b) {
    return a.record == b.record && a.kind == b.kind && a.group == b.group && a.op == b.op &&
           a.base == b.base && a.before == b.before && a.value == b.value && a.won == b.won &&
           a.verdict == b.verdict && a.matter == b.matter && a.stamp.at == b.stamp.at &&
           a.stamp.device == b.stamp.device && a.stamp.count == b.stamp.count &&
           a.stamp.author == b.stamp.author && a.stamp.rank == b.stamp.rank &&
           a.received_at == b.received_at && a.event == b.event && a.source == b.source &&
           a.reason == b.reason;
}

}  // namespace

TEST_SUITE("contract/store/journal") {
    TEST_CASE("an entry comes back as it was, and a cleared field is not one nobody saw") {
        const auto office = make_office();
        Store& store = office->store();
        JournalEntry full = set(1, 43, "浙江");
        full.base = {{43, Value{}}, {44, "330100"}};
        full.before = {{43, Value{}}, {44, "330200"}, {46, record(4)}};
        full.value = {{43, "330000"}, {44, Value{}}, {45, std::int64_t{-5}}};
        full.won = false;
        full.verdict = merge::VerdictKind::Case;
        full.matter = 17;
        full.stamp = {
            {1'700'000'000'123}, record(7).as<DeviceTag>(), 9, record(8).as<UserTag>(), 40};
        full.received_at = {1'700'000'000'456};
        full.event = "transfer";
        full.source = "sync";
        full.reason = "客户搬家";
        JournalEntry cleared = set(1, 43, "");
        cleared.base = {{43, "330000"}};
        cleared.before = {};
        cleared.value = {{43, Value{}}};
        Seq first;
        Seq second;
        {
            Unit unit(store);
            first = store.append_journal(full);
            second = store.append_journal(cleared);
            unit.commit();
        }
        office->reopen();
        Unit unit(office->store());
        CHECK(first < second);
        REQUIRE(office->store().entry(first).has_value());
        CHECK(same(*office->store().entry(first), full));
        CHECK(same(*office->store().entry(second), cleared));
        CHECK(office->store().entry(second)->seq == second);
        CHECK_FALSE(office->store().entry(second.next()).has_value());
    }
    TEST_CASE(
        "the history of a record is in the order of commits, whole or of one group with what was "
        "of all of them") {
        const auto office = make_office();
        Store& store = office->store();
        Unit unit(store);
        store.append_journal(set(1, 21, "a"));
        store.append_journal(set(2, 21, "other record"));
        store.append_journal(set(1, 23, "b"));
        store.append_journal(set(1, 0, "whole"));
        store.append_journal(set(1, 21, "c"));
        const auto texts = [&](std::optional<std::uint16_t> group) {
            std::string all;
            for (const auto& entry : store.history(record(1), group)) {
                all += *as_text(entry.value.front().value);
            }
            return all;
        };
        CHECK(texts({}) == "abwholec");
        CHECK(texts(21) == "awholec");
        CHECK(texts(0) == "whole");
    }
    TEST_CASE("the entry behind a current value is the last Set that won, else the Create") {
        const auto office = make_office();
        CHECK(rc::check([&] {
            Store& store = office->store();
            Unit unit(store);
            JournalEntry create = set(1, 0, "");
            create.op = OpKind::Create;
            std::array<Seq, 2> expected{};
            for (const auto step : *rc::gen::container<std::vector<std::uint32_t>>(
                     rc::gen::inRange<std::uint32_t>(0, 1000))) {
                RC_ASSERT(!store.last_won(record(2), 21).has_value());
                const std::size_t group = step % 2;
                JournalEntry entry = set(1, group == 0 ? 21 : 23, std::to_string(step));
                entry.won = step / 2 % 3 != 0;
                entry.op = step / 6 % 4 == 0 ? OpKind::Event : OpKind::Set;
                const Seq seq = store.append_journal(entry);
                if (entry.won && entry.op == OpKind::Set) expected[group] = seq;
            }
            const Seq made = store.append_journal(create);
            for (std::size_t group : {0U, 1U}) {
                const auto found = store.last_won(record(1), group == 0 ? 21 : 23);
                RC_ASSERT(found.has_value());
                RC_ASSERT(found->seq == (expected[group].value == 0 ? made : expected[group]));
            }
        }));
    }
}
