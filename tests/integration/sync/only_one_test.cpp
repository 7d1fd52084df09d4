// Of some things there is only one, however many laptops make it: the work log of a day (C-36), the
// primary contact of a customer (C-37). End to end, in both orders of sync.
#include <doctest/doctest.h>

#include "common/catalog/contact.hpp"
#include "common/merge/derived_id.hpp"

#include "tests/integration/sync/field.hpp"

namespace dossier::test {
namespace {

constexpr auto& kLog = catalog::kWorkLog;
constexpr auto& kLine = catalog::kWorkLogLine;

/// A line of today's log as the command writes it: the log is made with its first line.
RecordId write_line(Laptop& laptop,
                    const UserId& user,
                    std::string_view text,
                    std::string_view summary) {
    auto& replica = laptop.store().replica;
    const FieldValues day =
        values_of(kLog, {{"user_id", user.as<RecordTag>()}, {"log_date", words("2026-03-02")}});
    const auto found = replica.select({.kind = &kLog, .where = day});
    const RecordId log = found.empty() ? laptop.ids.make<RecordId>() : found.front();
    merge::Changeset draft;
    if (found.empty()) {
        FieldValues made = day;
        assign(made, catalog::field(kLog, "summary").tag, words(summary));
        draft.ops.push_back(client::new_record(kLog, log, made));
    }
    const auto line = laptop.ids.make<RecordId>();
    draft.ops.push_back(client::new_record(
        kLine, line,
        values_of(kLine, {{"work_log_id", log}, {"kind", words("visit")}, {"text", words(text)}})));
    const auto saved = client::Intake(laptop.store(), laptop.clock).commit(std::move(draft));
    if (!saved) MESSAGE(describe(saved.error(), Lang::En));
    REQUIRE(saved.has_value());
    return line;
}

std::vector<RecordId> logs_at(PeopledOffice& office) {
    server::Unit unit(*office.store);
    return office.store->list(kLog.tag, {}, 10);
}

std::size_t lines_of(Laptop& laptop, const RecordId& log) {
    return laptop.store()
        .replica.select({.kind = &kLine, .where = values_of(kLine, {{"work_log_id", log}})})
        .size();
}

bool is_primary(Laptop& laptop, const RecordId& contact) {
    const auto values = laptop.store().replica.load(kContact, contact);
    return values && number_in(*values, kContact, "is_primary") == 1;
}

}  // namespace

TEST_SUITE("integration/sync/only_one") {
    TEST_CASE(
        "two laptops of one user that each make the log of a day end with one log and all lines") {
        for (const bool later_first : {false, true}) {
            CAPTURE(later_first);
            Field field;
            auto first = field.laptop(field.office.ann);
            auto second = field.laptop(field.office.ann);
            field.synced(*first);
            field.synced(*second);
            write_line(*first, field.office.ann, "拜访明润", "上午的小结");
            second->clock.advance(std::chrono::hours(1));
            write_line(*second, field.office.ann, "整理报价", "下午的小结");
            write_line(*second, field.office.ann, "回电话", "");
            first->clock.advance(std::chrono::hours(4));
            second->clock.advance(std::chrono::hours(3));
            field.office.clock.advance(std::chrono::hours(4));
            auto& one = later_first ? *second : *first;
            auto& other = later_first ? *first : *second;
            CHECK(field.synced(one).refused == 0);
            CHECK(field.synced(other).refused == 0);
            field.synced(one);
            const auto logs = logs_at(field.office);
            REQUIRE(logs.size() == 1);
            CHECK(field.office.value(kLog, logs.front(), "summary") == words("下午的小结"));
            for (auto* laptop : {first.get(), second.get()}) {
                CHECK(laptop->store().replica.count(kLog) == 1);
                CHECK(laptop->shown(kLog, logs.front(), "summary") == "下午的小结");
                CHECK(lines_of(*laptop, logs.front()) == 3);
                CHECK(laptop->store().outbox.unsent_count() == 0);
            }
        }
    }
    TEST_CASE("words written on while another laptop's log arrived are kept and sent") {
        Field field;
        auto first = field.laptop(field.office.ann);
        auto second = field.laptop(field.office.ann);
        field.synced(*first);
        field.synced(*second);
        write_line(*first, field.office.ann, "拜访明润", "上午");
        write_line(*second, field.office.ann, "整理报价", "另一台的上午");
        field.synced(*first);
        field.synced(*second);
        const auto logs = logs_at(field.office);
        REQUIRE(logs.size() == 1);
        second->clock.advance(std::chrono::hours(1));
        field.office.clock.advance(std::chrono::hours(1));
        REQUIRE(second->set(kLog, logs.front(), "summary", words("全天")));
        field.synced(*second);
        first->clock.advance(std::chrono::hours(1));
        field.synced(*first);
        CHECK(first->shown(kLog, logs.front(), "summary") == "全天");
        CHECK(lines_of(*first, logs.front()) == 2);
    }
    TEST_CASE("of two primary contacts the one that became it last stays it on every laptop") {
        for (const bool later_first : {false, true}) {
            CAPTURE(later_first);
            Field field;
            const auto acme = field.office.customer(field.office.ann, "杭州明润医药有限公司");
            const auto made = [&](std::string_view name) {
                return field.office.make(
                    kContact, values_of(kContact, {{"customer_id", acme}, {"name", words(name)}}));
            };
            const auto wang = made("王海燕");
            const auto chen = made("陈立");
            auto first = field.laptop(field.office.ann);
            auto second = field.laptop(field.office.ann);
            field.synced(*first);
            field.synced(*second);
            REQUIRE(first->set(kContact, wang, "is_primary", std::int64_t{1}));
            second->clock.advance(std::chrono::hours(1));
            REQUIRE(second->set(kContact, chen, "is_primary", std::int64_t{1}));
            first->clock.advance(std::chrono::hours(4));
            second->clock.advance(std::chrono::hours(3));
            field.office.clock.advance(std::chrono::hours(4));
            auto& one = later_first ? *second : *first;
            auto& other = later_first ? *first : *second;
            field.synced(one);
            field.synced(other);
            field.synced(one);
            for (auto* laptop : {first.get(), second.get()}) {
                CHECK_FALSE(is_primary(*laptop, wang));
                CHECK(is_primary(*laptop, chen));
            }
        }
    }
}

}  // namespace dossier::test
