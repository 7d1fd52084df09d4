// Of some records there is only one, and some values only one record may have: whoever comes, in
// whatever order. Source: domain C-36, C-37, fields marked u.
#include <doctest/doctest.h>

#include "common/catalog/contact.hpp"
#include "common/merge/derived_id.hpp"

#include "tests/support/small_office.hpp"

using namespace dossier;
using namespace dossier::test;
using catalog::kContact;
using catalog::kCustomerFeature;
using catalog::kWorkLog;
using merge::VerdictKind;

namespace {

merge::Op creation(const catalog::Kind& kind, const RecordId& record, const GivenFields& given) {
    return {.kind = merge::OpKind::Create,
            .record_kind = kind.tag,
            .record = record,
            .fields = values_of(kind, given)};
}

struct Desk {
    SmallOffice office;
    Instant morning = office.clock.now();

    Desk() { office.clock.advance(std::chrono::hours(9)); }

    [[nodiscard]] Instant at(int hour) const { return morning.plus(std::chrono::hours(hour)); }
    /// The same person on another laptop.
    SmallOffice::Person another(const SmallOffice::Person& who) {
        SmallOffice::Person other = who;
        other.device = office.desk.ids().make<DeviceId>();
        other.oseq = 0;
        return other;
    }
    std::vector<RecordId> all(const catalog::Kind& kind) {
        server::Unit unit(*office.store);
        return office.store->list(kind.tag, {}, 50);
    }
    Value value(const catalog::Kind& kind, const RecordId& record, std::string_view name) {
        server::Unit unit(*office.store);
        const auto values = office.store->load(kind.tag, record).value_or(FieldValues{});
        const Value* found = find(values, catalog::find_field(kind, name)->tag);
        return found == nullptr ? Value{} : *found;
    }
    GivenFields day(const SmallOffice::Person& who, std::string_view summary) const {
        return {{"user_id", who.user.as<RecordTag>()},
                {"log_date", text("2026-03-02")},
                {"summary", text(summary)}};
    }
    static RecordId name_of(const catalog::Kind& kind, const GivenFields& given) {
        return merge::derived_id(kind, *merge::identifying_values(kind, values_of(kind, given)));
    }
    merge::Op log(const SmallOffice::Person& who, std::string_view summary) const {
        const GivenFields given = day(who, summary);
        return creation(kWorkLog, name_of(kWorkLog, given), given);
    }
    std::string makes(const catalog::Kind& kind, const GivenFields& given, const UserId& who = {}) {
        const merge::Op op = creation(kind, office.desk.ids().make<RecordId>(), given);
        return office.inside([&](Office& desk) {
            const auto made = desk.change(who, {.source = "cli", .ops = {op}});
            return made ? std::string("ok") : std::string(made.error().id());
        });
    }
    std::string sets(const catalog::Kind& kind,
                     const RecordId& record,
                     std::string_view name,
                     const Value& value) {
        const merge::Op op{.kind = merge::OpKind::Set,
                           .record_kind = kind.tag,
                           .record = record,
                           .fields = {{catalog::find_field(kind, name)->tag, value}}};
        return office.inside([&](Office& desk) {
            const auto done = desk.change({}, {.source = "cli", .ops = {op}});
            return done ? std::string("ok") : std::string(done.error().id());
        });
    }
    RecordId contact(const RecordId& customer, std::string_view name) {
        const auto id = office.desk.ids().make<RecordId>();
        const auto made = office.ann.pushes(
            {creation(kContact, id, {{"customer_id", customer}, {"name", text(name)}})}, at(1));
        REQUIRE(made.front().kind == VerdictKind::Applied);
        return id;
    }
    merge::Verdict flags(SmallOffice::Person& who, const RecordId& contact, Instant when) {
        return who.sets(contact, kContact, field(kContact, "is_primary"), Value{}, std::int64_t{1},
                        when);
    }
    bool is_primary(const RecordId& contact) {
        return value(kContact, contact, "is_primary") == Value{std::int64_t{1}};
    }
};

}  // namespace

TEST_SUITE("server/intake/only one") {
    TEST_CASE("a day's log made on two laptops is one: its later summary holds, whoever is first") {
        for (const bool later_first : {false, true}) {
            CAPTURE(later_first);
            Desk desk;
            auto first = desk.office.ann;
            auto second = desk.another(first);
            const auto early = [&] { return first.pushes({desk.log(first, "上午")}, desk.at(3)); };
            const auto late = [&] { return second.pushes({desk.log(second, "下午")}, desk.at(5)); };
            const auto one = later_first ? late() : early();
            const auto other = later_first ? early() : late();
            CHECK(one.front().kind == VerdictKind::Applied);
            CHECK(other.front().kind ==
                  (later_first ? VerdictKind::Superseded : VerdictKind::Merged));
            REQUIRE(desk.all(kWorkLog).size() == 1);
            const auto log = desk.all(kWorkLog).front();
            CHECK(desk.value(kWorkLog, log, "summary") == text("下午"));
            // What gave way is in the history.
            server::Unit unit(*desk.office.store);
            std::size_t kept = 0;
            for (const auto& line : desk.office.store->history(log, {})) {
                const Value* said = find(line.value, field(kWorkLog, "summary").tag);
                kept += said != nullptr && *said == text("上午") ? 1U : 0U;
            }
            CHECK(kept > 0);
        }
    }
    TEST_CASE("equal halves converge, and a third laptop changes nothing") {
        Desk desk;
        auto first = desk.office.ann;
        auto second = desk.another(first);
        REQUIRE(first.pushes({desk.log(first, "小结")}, desk.at(3)).front().kind ==
                VerdictKind::Applied);
        CHECK(second.pushes({desk.log(second, "小结")}, desk.at(5)).front().kind ==
              VerdictKind::Converged);
        CHECK(desk.all(kWorkLog).size() == 1);
    }
    TEST_CASE("nobody makes half of another's log, nor learns whether he has one") {
        Desk desk;
        auto log = desk.log(desk.office.ann, "小结");
        const auto before = desk.office.ben.pushes({log}, desk.at(3)).front();
        REQUIRE(desk.office.ann.pushes({log}, desk.at(3)).front().kind == VerdictKind::Applied);
        const auto after = desk.office.ben.pushes({log}, desk.at(4)).front();
        CHECK(before.kind == VerdictKind::Rejected);
        CHECK(before == after);
    }
    TEST_CASE("a name another record will have is taken by no other record") {
        Desk desk;
        const auto log = desk.log(desk.office.ann, "小结");
        auto squat = desk.log(desk.office.ben, "占位");
        squat.record = log.record;
        CHECK(desk.office.ben.pushes({squat}, desk.at(3)).front().reason == "merge.exists");
        CHECK(desk.office.ann.pushes({log}, desk.at(4)).front().kind == VerdictKind::Applied);
    }
    TEST_CASE("a log an older program named by chance stays the only one, and the other is told") {
        Desk desk;
        const auto old = desk.office.desk.ids().make<RecordId>();
        REQUIRE(desk.office.ann
                    .pushes({creation(kWorkLog, old, desk.day(desk.office.ann, "旧"))}, desk.at(3))
                    .front()
                    .kind == VerdictKind::Applied);
        const auto other = desk.office.ann.pushes({desk.log(desk.office.ann, "新")}, desk.at(4));
        CHECK(other.front().kind == VerdictKind::Rejected);
        REQUIRE(other.front().reason == "intake.one_only");
        CHECK(other.front().args.back() == to_text(old));
        CHECK(desk.all(kWorkLog).size() == 1);
    }
    TEST_CASE("after a removal there may be one again, and the removed one stays removed") {
        Desk desk;
        auto first = desk.log(desk.office.ann, "旧");
        REQUIRE(desk.office.ann.pushes({first}, desk.at(3)).front().kind == VerdictKind::Applied);
        const merge::Op removal{.kind = merge::OpKind::Remove,
                                .record_kind = kWorkLog.tag,
                                .record = first.record,
                                .base_fv = Fv{1}};
        REQUIRE(desk.office.ann.pushes({removal}, desk.at(4)).front().kind == VerdictKind::Applied);
        auto next = desk.log(desk.office.ann, "新");
        const auto identifying = *merge::identifying_values(kWorkLog, next.fields);
        next.record = merge::derived_id(kWorkLog, identifying, first.record);
        CHECK(desk.office.ann.pushes({next}, desk.at(5)).front().kind == VerdictKind::Applied);
        CHECK(desk.value(kWorkLog, next.record, "summary") == text("新"));
        CHECK(desk.value(kWorkLog, first.record, "deleted_at") != Value{});
    }
    TEST_CASE("what is kept once about a customer is one, however its halves come") {
        Desk desk;
        const auto acme = desk.office.customer_of(desk.office.ann, "杭州明润医药有限公司");
        auto second = desk.another(desk.office.ann);
        const auto feature = [&](std::string_view name, std::string_view said) {
            const GivenFields given{{"customer_id", acme}, {name, text(said)}};
            return creation(kCustomerFeature, Desk::name_of(kCustomerFeature, given), given);
        };
        CHECK(desk.office.ann.pushes({feature("culture", "稳健")}, desk.at(3)).front().kind ==
              VerdictKind::Applied);
        CHECK(second.pushes({feature("service_area", "华东")}, desk.at(4)).front().kind ==
              VerdictKind::Merged);
        REQUIRE(desk.all(kCustomerFeature).size() == 1);
        const auto only = desk.all(kCustomerFeature).front();
        CHECK(desk.value(kCustomerFeature, only, "culture") == text("稳健"));
        CHECK(desk.value(kCustomerFeature, only, "service_area") == text("华东"));
        // At the office somebody sits before it: he is told which one there is.
        CHECK(desk.makes(kCustomerFeature, {{"customer_id", acme}}) == "intake.one_only");
    }
    TEST_CASE("a half for a file that was merged goes to the file it lives on in") {
        Desk desk;
        const auto one = desk.office.customer_of(desk.office.ann, "杭州明润医药有限公司");
        const auto other = desk.office.customer_of(desk.office.ann, "杭州明润医药公司");
        auto second = desk.another(desk.office.ann);
        const auto feature = [&](std::string_view name, std::string_view said) {
            const GivenFields given{{"customer_id", one}, {name, text(said)}};
            return creation(kCustomerFeature, Desk::name_of(kCustomerFeature, given), given);
        };
        REQUIRE(desk.office.ann.pushes({feature("culture", "稳健")}, desk.at(3)).front().kind ==
                VerdictKind::Applied);
        merge::Op merging{.kind = merge::OpKind::Event,
                          .record_kind = kCustomer.tag,
                          .record = one,
                          .fields = {{catalog::kMergedInto, other}},
                          .event = "merge"};
        REQUIRE(desk.office.inside([&](Office& office) {
            return office.change(desk.office.clerk.user, {.source = "cli", .ops = {merging}})
                .has_value();
        }));
        const auto half = second.pushes({feature("service_area", "华东")}, desk.at(4)).front();
        CHECK(half.kind == VerdictKind::Merged);
        REQUIRE(desk.all(kCustomerFeature).size() == 1);
        const auto only = desk.all(kCustomerFeature).front();
        CHECK(desk.value(kCustomerFeature, only, "customer_id") == Value{other});
        CHECK(desk.value(kCustomerFeature, only, "service_area") == text("华东"));
    }
}

TEST_SUITE("server/intake/one flag") {
    TEST_CASE("of two primary contacts the one that became it last stays it, whoever comes first") {
        for (const bool later_first : {false, true}) {
            CAPTURE(later_first);
            Desk desk;
            const auto acme = desk.office.customer_of(desk.office.ann, "杭州明润医药有限公司");
            const auto wang = desk.contact(acme, "王海燕");
            const auto chen = desk.contact(acme, "陈立");
            auto second = desk.another(desk.office.ann);
            const auto early = [&] { desk.flags(desk.office.ann, wang, desk.at(3)); };
            const auto late = [&] { desk.flags(second, chen, desk.at(5)); };
            later_first ? late() : early();
            later_first ? early() : late();
            CHECK_FALSE(desk.is_primary(wang));
            CHECK(desk.is_primary(chen));
            CHECK(desk.value(kContact, wang, "name") == text("王海燕"));
            server::Unit unit(*desk.office.store);
            const auto last = desk.office.store->last_won(wang, field(kContact, "is_primary").tag);
            REQUIRE(last.has_value());
            CHECK(last->stamp.author == UserId{});
        }
    }
    TEST_CASE("a contact made or brought back with the flag takes it from the one before") {
        Desk desk;
        const auto acme = desk.office.customer_of(desk.office.ann, "杭州明润医药有限公司");
        const auto wang = desk.contact(acme, "王海燕");
        desk.flags(desk.office.ann, wang, desk.at(2));
        const auto made = desk.office.desk.ids().make<RecordId>();
        desk.office.ann.pushes(
            {creation(
                kContact, made,
                {{"customer_id", acme}, {"name", text("陈立")}, {"is_primary", std::int64_t{1}}})},
            desk.at(4));
        CHECK_FALSE(desk.is_primary(wang));
        CHECK(desk.is_primary(made));
        CHECK(desk.sets(kContact, wang, "deleted_at", desk.at(5).ms) == "ok");
        CHECK(desk.sets(kContact, wang, "is_primary", std::int64_t{1}) == "ok");
        CHECK(desk.is_primary(made));
        CHECK(desk.sets(kContact, wang, "deleted_at", Value{}) == "ok");
        CHECK_FALSE(desk.is_primary(made));
        CHECK(desk.is_primary(wang));
    }
    TEST_CASE("contacts of two customers do not compete; a merge leaves the survivor's its flag") {
        Desk desk;
        const auto one = desk.office.customer_of(desk.office.ann, "杭州明润医药有限公司");
        const auto other = desk.office.customer_of(desk.office.ann, "杭州明润医药公司");
        const auto wang = desk.contact(one, "王海燕");
        const auto chen = desk.contact(other, "陈立");
        desk.flags(desk.office.ann, chen, desk.at(2));
        desk.flags(desk.office.ann, wang, desk.at(3));
        CHECK(desk.is_primary(wang));
        CHECK(desk.is_primary(chen));
        const auto says = [&](std::string_view event, FieldValues fields) {
            const merge::Op op{.kind = merge::OpKind::Event,
                               .record_kind = kCustomer.tag,
                               .record = one,
                               .fields = std::move(fields),
                               .event = std::string(event)};
            return desk.office.inside([&](Office& office) {
                return office.change(desk.office.manager.user, {.source = "cli", .ops = {op}})
                    .has_value();
            });
        };
        REQUIRE(says("merge", {{catalog::kMergedInto, other}}));
        CHECK_FALSE(desk.is_primary(wang));
        CHECK(desk.is_primary(chen));
        REQUIRE(says("unmerge", {}));
        CHECK(desk.is_primary(wang));
        CHECK(desk.is_primary(chen));
    }
}

TEST_SUITE("server/intake/unique") {
    TEST_CASE("a code only one may have is refused to a second, new or changed") {
        Desk desk;
        CHECK(desk.makes(catalog::kRegion, {{"code", text("HD")}, {"name", text("又一华东")}}) ==
              "intake.not_unique");
        CHECK(desk.sets(catalog::kRegion, desk.office.north, "code", text("HD")) ==
              "intake.not_unique");
        CHECK(desk.value(catalog::kRegion, desk.office.north, "code") == text("HB"));
        CHECK(desk.sets(catalog::kRegion, desk.office.east, "code", text("HD")) == "ok");
        CHECK(desk.sets(catalog::kUser, desk.office.ben.user.as<RecordTag>(), "login",
                        text("ann")) == "intake.not_unique");
    }
    TEST_CASE("what was removed holds no code, and gets it back only while nobody else has it") {
        Desk desk;
        CHECK(desk.sets(catalog::kRegion, desk.office.north, "deleted_at", desk.at(1).ms) == "ok");
        CHECK(desk.makes(catalog::kRegion, {{"code", text("HB")}, {"name", text("新华北")}}) ==
              "ok");
        CHECK(desk.sets(catalog::kRegion, desk.office.north, "deleted_at", Value{}) ==
              "intake.not_unique");
    }
    TEST_CASE(
        "of two files with one unified code none is refused: that is for the duplicate check") {
        Desk desk;
        const Value code = text("91330106MA2XXXXX0L");
        const GivenFields given{{"name", text("甲公司")}, {"unified_code", code}};
        const GivenFields again{{"name", text("乙公司")}, {"unified_code", code}};
        CHECK(desk.makes(kCustomer, given) == "ok");
        CHECK(desk.makes(kCustomer, again) == "ok");
    }
}
