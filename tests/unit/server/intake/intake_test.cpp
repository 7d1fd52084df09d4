#include "server/intake/intake.hpp"

#include <doctest/doctest.h>

#include "common/catalog/value_json.hpp"

#include "tests/support/small_office.hpp"

using namespace dossier;
using namespace dossier::test;
using merge::VerdictKind;

namespace {

const Value kFax = std::string("0571-1000");
/// Two pushes in either order.
template <class First, class Second>
void in_order(bool swapped, First first, Second second) {
    if (swapped) {
        second();
        first();
    } else {
        first();
        second();
    }
}

}  // namespace

TEST_SUITE("server/intake") {
    TEST_CASE("edits of different fields from two laptops are both kept, in either order") {
        for (const bool swapped : {false, true}) {
            SmallOffice office;
            const auto acme = office.customer_of(office.ann, "杭州明润医药有限公司");
            const Instant t = office.clock.now();
            in_order(
                swapped,
                [&] {
                    CHECK(office.ann.sets(acme, "fax", kFax, text("0571-2222"), t).kind !=
                          VerdictKind::Rejected);
                },
                [&] {
                    CHECK(office.clerk.sets(acme, "remark", Value{}, text("年底搬迁"), t).kind !=
                          VerdictKind::Rejected);
                });
            CHECK(office.value_of(acme, "fax") == text("0571-2222"));
            CHECK(office.value_of(acme, "remark") == text("年底搬迁"));
        }
    }

    TEST_CASE(
        "the later of two concurrent values of a plain field wins in either order and the loser is "
        "in a case") {
        for (const bool swapped : {false, true}) {
            SmallOffice office;
            const auto acme = office.customer_of(office.ann, "杭州明润医药有限公司");
            const Instant early = office.clock.now().plus(std::chrono::minutes(-20));
            const Instant late = office.clock.now().plus(std::chrono::minutes(-10));
            in_order(
                swapped, [&] { office.ann.sets(acme, "fax", kFax, text("0571-2222"), early); },
                [&] { office.clerk.sets(acme, "fax", kFax, text("0571-3333"), late); });
            CHECK(office.value_of(acme, "fax") == text("0571-3333"));
            const auto cases = office.inside([&](Office& desk) {
                return server::list_cases(desk, office.clerk.user, server::Which::All);
            });
            REQUIRE(cases.size() == 1);
            CHECK(cases.front().state == "auto");
            REQUIRE(cases.front().candidates.size() == 1);
            CHECK(cases.front().candidates.front().author == office.ann.user);
            CHECK(cases.front().candidates.front().value ==
                  FieldValues{{field(kCustomer, "fax").tag, text("0571-2222")}});
        }
    }

    TEST_CASE("a salesperson's change of a controlled field waits until a clerk verifies it") {
        SmallOffice office;
        const auto acme = office.customer_of(office.ann, "杭州明润医药有限公司");
        const auto verdict = office.ann.sets(acme, "name", text("杭州明润医药有限公司"),
                                             text("杭州明润健康有限公司"), office.clock.now());
        CHECK(verdict.kind == VerdictKind::Proposal);
        CHECK(office.value_of(acme, "name") == text("杭州明润医药有限公司"));
        const auto accepted = office.inside([&](Office& desk) {
            return server::accept_proposal(desk, office.clerk.user, verdict.matter,
                                           "已核对营业执照");
        });
        CHECK(accepted.has_value());
        CHECK(office.value_of(acme, "name") == text("杭州明润健康有限公司"));
        const auto again = office.inside([&](Office& desk) {
            return server::refuse_proposal(desk, office.clerk.user, verdict.matter, "");
        });
        REQUIRE_FALSE(again.has_value());
        CHECK(again.error().id() == "intake.settled");
    }

    TEST_CASE(
        "a week after it was made a visit takes remarks at once and other words as proposals, by "
        "the time they were written") {
        SmallOffice office;
        const auto acme = office.customer_of(office.ann, "杭州明润医药有限公司");
        merge::Op visit{.kind = merge::OpKind::Create,
                        .record_kind = kCommunication.tag,
                        .record = office.desk.ids().make<RecordId>()};
        assign(visit.fields, field(kCommunication, "customer_id").tag, acme);
        assign(visit.fields, field(kCommunication, "kind").tag, text("visit"));
        assign(visit.fields, field(kCommunication, "started_at").tag, office.clock.now().ms);
        assign(visit.fields, field(kCommunication, "purpose").tag, text("回访"));
        assign(visit.fields, field(kCommunication, "content").tag, text("客户满意"));
        const Instant made = office.clock.now();
        REQUIRE(office.ann.pushes({visit}, made).front().kind == VerdictKind::Applied);
        office.clock.advance(std::chrono::hours(24 * 10));
        const auto says = [&](std::string_view name, const Value& base, const Value& value,
                              int day) {
            return office.ann
                .sets(visit.record, kCommunication, *catalog::find_field(kCommunication, name),
                      base, value, made.plus(std::chrono::hours(24 * day)))
                .kind;
        };
        CHECK(says("place", Value{}, text("客户处"), 6) == VerdictKind::Applied);
        CHECK(says("place", text("客户处"), text("展会"), 8) == VerdictKind::Proposal);
        CHECK(says("remark", Value{}, text("[\"数量为 30 台\"]"), 8) == VerdictKind::Merged);
    }

    TEST_CASE("nobody accepts his own proposal") {
        SmallOffice office;
        const auto acme = office.customer_of(office.ann, "杭州明润医药有限公司");
        const auto verdict = office.ann.sets(acme, "name", text("杭州明润医药有限公司"),
                                             text("杭州明润健康有限公司"), office.clock.now());
        const auto accepted = office.inside([&](Office& desk) {
            return server::accept_proposal(desk, office.ann.user, verdict.matter, "");
        });
        CHECK_FALSE(accepted.has_value());
        CHECK(office.value_of(acme, "name") == text("杭州明润医药有限公司"));
    }

    TEST_CASE(
        "a clash over a controlled field is one case with the same candidates in either order") {
        std::vector<std::vector<FieldValues>> seen;
        for (const bool swapped : {false, true}) {
            SmallOffice office;
            const auto acme = office.customer_of(office.ann, "杭州明润医药有限公司");
            const Value was = text("杭州明润医药有限公司");
            const Instant t = office.clock.now();
            in_order(
                swapped, [&] { office.ann.sets(acme, "name", was, text("甲名"), t); },
                [&] { office.manager.sets(acme, "name", was, text("乙名"), t); });
            const auto cases = office.inside([&](Office& desk) {
                return server::list_cases(desk, office.clerk.user, server::Which::Open);
            });
            REQUIRE(cases.size() == 1);
            auto& values = seen.emplace_back();
            for (const auto& candidate : cases.front().candidates)
                values.push_back(candidate.value);
            CHECK(std::find(values.begin(), values.end(),
                            FieldValues{{field(kCustomer, "name").tag, text("甲名")}}) !=
                  values.end());
        }
    }

    TEST_CASE(
        "a ruling takes effect through the door and can be undone; a second ruling is told that it "
        "is settled") {
        SmallOffice office;
        const auto acme = office.customer_of(office.ann, "杭州明润医药有限公司");
        const Value was = text("杭州明润医药有限公司");
        office.manager.sets(acme, "name", was, text("乙名"), office.clock.now());
        const auto clash = office.ann.sets(acme, "name", was, text("甲名"), office.clock.now());
        REQUIRE(clash.kind == VerdictKind::Case);
        const auto shown = office.inside(
            [&](Office& desk) { return server::show_case(desk, office.clerk.user, clash.matter); });
        REQUIRE(shown.has_value());
        std::size_t of_ann = 0;
        for (std::size_t i = 0; i < shown->candidates.size(); ++i) {
            if (shown->candidates[i].author == office.ann.user) of_ann = i + 1;
        }
        REQUIRE(of_ann > 0);
        const auto take = std::to_string(of_ann);
        const auto ruled = office.inside([&](Office& desk) {
            return server::rule_case(desk, office.clerk.user, clash.matter, take, "以执照为准");
        });
        REQUIRE(ruled.has_value());
        CHECK(office.value_of(acme, "name") == text("甲名"));
        const auto twice = office.inside([&](Office& desk) {
            return server::rule_case(desk, office.clerk.user, clash.matter, "current", "");
        });
        CHECK_FALSE(twice.has_value());
        const auto undone = office.inside([&](Office& desk) {
            return server::undo_ruling(desk, office.clerk.user, clash.matter, "看错");
        });
        CHECK(undone.has_value());
        CHECK(office.value_of(acme, "name") == text("乙名"));
    }

    TEST_CASE("a case about a file one may not see does not exist for him") {
        SmallOffice office;
        const auto acme = office.customer_of(office.ann, "杭州明润医药有限公司");
        const Value was = text("杭州明润医药有限公司");
        office.manager.sets(acme, "name", was, text("乙名"), office.clock.now());
        const auto clash = office.ann.sets(acme, "name", was, text("甲名"), office.clock.now());
        const auto hidden = office.inside(
            [&](Office& desk) { return server::show_case(desk, office.admin.user, clash.matter); });
        const auto absent = office.inside(
            [&](Office& desk) { return server::show_case(desk, office.admin.user, 999); });
        REQUIRE_FALSE(hidden.has_value());
        REQUIRE_FALSE(absent.has_value());
        CHECK(hidden.error().id() == absent.error().id());
    }

    TEST_CASE(
        "a transfer takes the whole file out of the old owner's scope and into the new one's") {
        SmallOffice office;
        const auto acme = office.customer_of(office.ann, "杭州明润医药有限公司");
        CHECK(office.facets_in_own_scope(office.ann, acme) > 0);
        CHECK(office.facets_in_own_scope(office.ben, acme) == 0);
        const auto moved = office.inside([&](Office& desk) {
            merge::Op op{.kind = merge::OpKind::Event,
                         .record_kind = kCustomer.tag,
                         .record = acme,
                         .event = "transfer"};
            assign(op.fields, field(kCustomer, "owner_user_id").tag,
                   office.ben.user.as<RecordTag>());
            return desk.change(UserId{}, {.reason = "片区调整", .source = "cli", .ops = {op}});
        });
        REQUIRE(moved.has_value());
        CHECK(office.facets_in_own_scope(office.ann, acme) == 0);
        CHECK(office.facets_in_own_scope(office.ben, acme) > 0);
    }

    TEST_CASE(
        "what the old owner wrote before a transfer is his; what he wrote after it waits as a late "
        "proposal") {
        SmallOffice office;
        const auto acme = office.customer_of(office.ann, "杭州明润医药有限公司");
        const Instant before = office.clock.now().plus(std::chrono::minutes(30));
        office.clock.advance(std::chrono::hours(1));
        office.inside([&](Office& desk) {
            merge::Op op{.kind = merge::OpKind::Event,
                         .record_kind = kCustomer.tag,
                         .record = acme,
                         .event = "transfer"};
            assign(op.fields, field(kCustomer, "owner_user_id").tag,
                   office.ben.user.as<RecordTag>());
            return desk.change(UserId{}, {.source = "cli", .ops = {op}});
        });
        const Instant after = office.clock.now().plus(std::chrono::minutes(30));
        office.clock.advance(std::chrono::hours(2));
        CHECK(office.ann.sets(acme, "fax", kFax, text("0571-2222"), before).kind ==
              VerdictKind::Applied);
        CHECK(office.value_of(acme, "fax") == text("0571-2222"));
        CHECK(office.ann.sets(acme, "fax", text("0571-2222"), text("0571-4444"), after).kind ==
              VerdictKind::Late);
        CHECK(office.value_of(acme, "fax") == text("0571-2222"));
    }

    TEST_CASE("records that do not exist and records one may not know of are refused alike") {
        SmallOffice office;
        const auto acme = office.customer_of(office.ann, "杭州明润医药有限公司");
        CHECK(office.ben.sets(acme, "fax", kFax, text("1"), office.clock.now()).reason ==
              "access.denied");
        office.marks(acme, 3);
        const auto hidden = office.ben.sets(acme, "fax", kFax, text("1"), office.clock.now());
        const auto absent = office.ben.sets(office.desk.ids().make<RecordId>(), "fax", kFax,
                                            text("1"), office.clock.now());
        CHECK(hidden == absent);
        CHECK(hidden.reason == "intake.unknown_record");
    }

    TEST_CASE("when one op of a changeset is refused nothing of it takes effect") {
        SmallOffice office;
        const auto acme = office.customer_of(office.ann, "杭州明润医药有限公司");
        const auto tag = field(kCustomer, "fax").tag;
        merge::Op good{.kind = merge::OpKind::Set,
                       .record_kind = kCustomer.tag,
                       .record = acme,
                       .base = {{tag, kFax}},
                       .fields = {{tag, text("0571-2222")}}};
        merge::Op bad = good;
        bad.record = office.desk.ids().make<RecordId>();
        const auto verdicts = office.ann.pushes({good, bad}, office.clock.now());
        REQUIRE(verdicts.size() == 2);
        CHECK(verdicts[0].reason == "intake.sibling");
        CHECK(verdicts[1].reason == "intake.unknown_record");
        CHECK(office.value_of(acme, "fax") == kFax);
    }

    TEST_CASE("a visit to one's own customer is taken; its place is the customer's file") {
        SmallOffice office;
        const auto acme = office.customer_of(office.ann, "杭州明润医药有限公司");
        FieldValues visit;
        assign(visit, field(kCommunication, "customer_id").tag, acme);
        assign(visit, field(kCommunication, "kind").tag, text("visit"));
        assign(visit, field(kCommunication, "started_at").tag, office.clock.now().ms - 3'600'000);
        assign(visit, field(kCommunication, "purpose").tag, text("新品介绍"));
        assign(visit, field(kCommunication, "content").tag, text("客户询问保修期"));
        const auto id = office.desk.ids().make<RecordId>();
        const auto verdicts = office.ann.pushes({{.kind = merge::OpKind::Create,
                                                  .record_kind = kCommunication.tag,
                                                  .record = id,
                                                  .fields = visit}},
                                                office.clock.now());
        REQUIRE(verdicts.front().kind == VerdictKind::Applied);
        server::Unit unit(*office.store);
        const auto place = office.store->place(id);
        REQUIRE(place);
        CHECK(place->customer == acme);
    }

    TEST_CASE("the audit log has a line for what was refused as well as for what was done") {
        SmallOffice office;
        const auto acme = office.customer_of(office.ann, "杭州明润医药有限公司");
        office.ben.sets(acme, "fax", kFax, text("1"), office.clock.now());
        server::Unit unit(*office.store);
        const auto lines = office.store->audit(0, 1000);
        REQUIRE_FALSE(lines.empty());
        CHECK(lines.back().action == "refused");
        CHECK(lines.back().result == "denied");
        CHECK(lines.back().user == office.ben.user);
    }

    TEST_CASE("a card that left a laptop is in the audit with its purpose, and changes nothing") {
        SmallOffice office;
        const auto acme = office.customer_of(office.ann, "杭州明润医药有限公司");
        const auto hidden = office.customer_of(office.ben, "绝密客户");
        office.marks(hidden, 3);
        const auto copies = [&](const RecordId& customer) {
            const merge::Changeset told{.author = office.ann.user,
                                        .reason = "拜访携带",
                                        .source = "cli",
                                        .ops = {{.kind = merge::OpKind::Event,
                                                 .record_kind = kCustomer.tag,
                                                 .record = customer,
                                                 .event = "export"}}};
            return office.inside([&](Office& desk) {
                const auto verdicts = desk.intake().admit({.user = office.ann.user,
                                                           .device = office.ann.device,
                                                           .oseq = ++office.ann.oseq,
                                                           .at = office.clock.now(),
                                                           .now = office.clock.now()},
                                                          told);
                auto lines = office.store->audit(0, 10'000);
                return std::pair(verdicts.front(), lines.back());
            });
        };
        const auto before = office.value_of(acme, "fax");
        const auto [verdict, line] = copies(acme);
        CHECK(verdict.kind == VerdictKind::Applied);
        CHECK(line.action == "export");
        CHECK(line.purpose == "拜访携带");
        CHECK(line.result == "ok");
        CHECK(line.user == office.ann.user);
        CHECK(line.device == office.ann.device);
        CHECK(line.record == acme);
        CHECK(office.value_of(acme, "fax") == before);
        // What he may not know of is answered like what is nowhere; the audit knows the difference.
        const auto of_hidden = copies(hidden);
        const auto of_none = copies(office.desk.ids().make<RecordId>());
        CHECK(of_hidden.first == of_none.first);
        CHECK(of_hidden.second.result == "denied");
        CHECK(of_none.second.detail == "unknown");
    }

    TEST_CASE("a list never puts another valid identity in place of one: a person sees both") {
        SmallOffice office;
        const auto acme = office.customer_of(office.ann, "杭州明润医药有限公司");
        const auto& code = field(kCustomer, "unified_code");
        const auto sets = [&](std::string_view source, const Value& base, const char* value) {
            return office.inside([&](Office& desk) {
                const auto done = desk.change(office.clerk.user,
                                              {.source = std::string(source),
                                               .ops = {{.kind = merge::OpKind::Set,
                                                        .record_kind = kCustomer.tag,
                                                        .record = acme,
                                                        .base = {{code.tag, base}},
                                                        .fields = {{code.tag, text(value)}}}}});
                REQUIRE(done.has_value());
                return done->front().kind;
            });
        };
        const char* kFirst = "91330106MA2000031M";
        const char* kSecond = "91330106MA2000023T";
        CHECK(sets("import", Value{}, kFirst) != VerdictKind::Case);
        CHECK(sets("import", text(kFirst), kSecond) == VerdictKind::Case);
        CHECK(office.value_of(acme, "unified_code") == text(kFirst));
        // A clerk who looks at the file may correct it.
        CHECK(sets("cli", text(kFirst), kSecond) != VerdictKind::Case);
        CHECK(office.value_of(acme, "unified_code") == text(kSecond));
    }
}
