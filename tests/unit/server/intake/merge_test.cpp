// Two files that are one: what moves, what stays, what comes back, and where late words go.
#include <algorithm>

#include <doctest/doctest.h>

#include "common/catalog/canonical.hpp"
#include "common/catalog/contact.hpp"

#include "server/intake/absorbed.hpp"
#include "server/review/duplicates.hpp"
#include "tests/support/small_office.hpp"

using namespace dossier;
using namespace dossier::test;
using merge::VerdictKind;
using server::MergePlan;

namespace {

/// A child of a customer as a laptop makes it.
merge::Op child(const catalog::Kind& kind,
                const RecordId& id,
                const RecordId& customer,
                std::initializer_list<std::pair<std::string_view, Value>> values) {
    merge::Op op{.kind = merge::OpKind::Create, .record_kind = kind.tag, .record = id};
    assign(op.fields, catalog::find_field(kind, "customer_id")->tag, customer);
    for (const auto& [name, value] : values)
        assign(op.fields, catalog::find_field(kind, name)->tag, value);
    return op;
}

struct Merging {
    SmallOffice office;
    RecordId one = office.customer_of(office.ann, "新安医院(上海)");
    RecordId other = office.customer_of(office.ann, "上海新安医院");

    RecordId visit(SmallOffice::Person& by, const RecordId& customer) {
        const auto id = office.desk.ids().make<RecordId>();
        const auto verdict =
            by.pushes({child(kCommunication, id, customer,
                             {{"purpose", text("回访")}, {"content", text("好")}})},
                      office.clock.now());
        CHECK(verdict.front().kind == VerdictKind::Applied);
        return id;
    }
    Status merge(const RecordId& absorbed,
                 const RecordId& survivor,
                 std::initializer_list<std::string_view> take = {}) {
        return merge_as(office.clerk, absorbed, survivor, take);
    }
    Status merge_as(const SmallOffice::Person& actor,
                    const RecordId& absorbed,
                    const RecordId& survivor,
                    std::initializer_list<std::string_view> take = {}) {
        return merge_by(actor.user, absorbed, survivor, take);
    }
    Status merge_by(const UserId& actor,
                    const RecordId& absorbed,
                    const RecordId& survivor,
                    std::initializer_list<std::string_view> take = {}) {
        return office.inside([&](Office& desk) -> Status {
            std::vector<const catalog::Field*> fields;
            for (const auto name : take) fields.push_back(catalog::find_field(kCustomer, name));
            const auto plan = server::plan_merge(desk, actor, absorbed, survivor, fields);
            if (!plan) return tl::unexpected(plan.error());
            return server::carry_out_merge(desk, actor, *plan, "同一家");
        });
    }
    Status take_back(const RecordId& absorbed) {
        return office.inside([&](Office& desk) {
            return server::take_back_merge(desk, office.manager.user, absorbed, "实为两家");
        });
    }
    RecordId customer_of(const RecordId& record) {
        server::Unit unit(*office.store);
        return office.store->place(record)->customer;
    }
    FieldValues row(const catalog::Kind& kind, const RecordId& record) {
        server::Unit unit(*office.store);
        return office.store->load(kind.tag, record).value_or(FieldValues{});
    }
    /// Adds to the other phones, unaware of what else was added.
    void adds(SmallOffice::Person& by, const RecordId& customer, const char* phones) {
        office.clock.advance(std::chrono::minutes(1));
        by.sets(customer, "phones_other", Value{}, text(phones), office.clock.now());
    }
    static std::string phones_in(const FieldValues& values) {
        const Value* list = find(values, field(kCustomer, "phones_other").tag);
        auto phones = list == nullptr ? std::vector<std::string>{} : catalog::elements(*list);
        std::ranges::sort(phones);
        std::string all;
        for (const auto& each : phones) all += each.substr(1, each.size() - 2) + " ";
        return all;
    }
    std::string phones_of(const RecordId& customer) { return phones_in(row(kCustomer, customer)); }
    /// The other phones somebody stands for in open proposals and cases about this file.
    std::string waiting_at(const RecordId& customer, const SmallOffice::Person& person) {
        return office.inside([&](Office& desk) {
            std::string all;
            for (const auto& each :
                 server::list_proposals(desk, office.clerk.user, server::Which::Open)) {
                if (each.about.record == customer && each.proposed_by == person.user)
                    all += phones_in(each.new_value);
            }
            for (const auto& open :
                 server::list_cases(desk, office.clerk.user, server::Which::Open)) {
                for (const auto& each : open.candidates) {
                    if (open.about.record == customer && each.author == person.user)
                        all += phones_in(each.value);
                }
            }
            return all;
        });
    }
    void set(const RecordId& customer, std::string_view name, const Value& value) {
        office.inside([&](Office& desk) {
            const auto* of = catalog::find_field(kCustomer, name);
            merge::Op op{
                .kind = merge::OpKind::Set, .record_kind = kCustomer.tag, .record = customer};
            op.fields = {{of->tag, value}};
            return desk.change({}, {.source = "job", .ops = {op}}).has_value();
        });
    }
    bool fits() {
        server::Unit unit(*office.store);
        const auto intact = office.store->verify([](std::string_view) {});
        if (!intact) MESSAGE(describe(intact.error(), Lang::En));
        return intact.has_value();
    }
};

std::string fault_of(const Status& status) {
    return status ? "" : std::string(status.error().id());
}

}  // namespace

TEST_SUITE("server/intake/merge") {
    TEST_CASE(
        "a merge brings every child to the survivor, and the absorbed file leaves its scopes") {
        Merging m;
        const auto visit = m.visit(m.office.ann, m.one);
        CHECK(m.office.facets_in_own_scope(m.office.ann, m.one) > 0);
        REQUIRE(m.merge(m.one, m.other));
        CHECK(m.customer_of(visit) == m.other);
        CHECK(m.office.facets_in_own_scope(m.office.ann, m.one) == 0);
        CHECK(m.office.facets_in_own_scope(m.office.ann, visit) > 0);
        CHECK(m.fits());
    }
    TEST_CASE("the survivor keeps its values, gets what it lacked, takes what was chosen") {
        Merging m;
        m.set(m.one, "website", text("xinan.example"));
        m.set(m.one, "fax", text("021-1111"));
        m.set(m.one, "remark", text("旧备注"));
        m.set(m.other, "remark", text("新备注"));
        m.set(m.one, "party_role", text(R"(["buyer"])"));
        m.set(m.other, "party_role", text(R"(["dealer"])"));
        REQUIRE(m.merge(m.one, m.other, {"fax"}));
        CHECK(m.office.value_of(m.other, "website") == text("xinan.example"));
        CHECK(m.office.value_of(m.other, "fax") == text("021-1111"));
        CHECK(m.office.value_of(m.other, "remark") == text("新备注"));
        CHECK(m.office.value_of(m.other, "party_role") == text(R"(["buyer","dealer"])"));
        CHECK(m.office.value_of(m.other, "former_names") == text(R"x(["新安医院(上海)"])x"));
    }
    TEST_CASE("taking a merge back restores both files exactly, and the children") {
        Merging m;
        m.set(m.one, "website", text("xinan.example"));
        const auto visit = m.visit(m.office.ann, m.one);
        const auto one = m.row(kCustomer, m.one);
        const auto other = m.row(kCustomer, m.other);
        const auto visited = m.row(kCommunication, visit);
        REQUIRE(m.merge(m.one, m.other, {"name", "fax"}));
        CHECK(m.row(kCustomer, m.other) != other);
        const auto later = m.visit(m.office.ann, m.other);
        REQUIRE(m.take_back(m.one));
        CHECK(m.row(kCustomer, m.one) == one);
        CHECK(m.row(kCustomer, m.other) == other);
        CHECK(m.row(kCommunication, visit) == visited);
        CHECK(m.customer_of(visit) == m.one);
        CHECK(m.customer_of(later) == m.other);
        CHECK(m.office.facets_in_own_scope(m.office.ann, m.one) > 0);
        CHECK(m.fits());
        CHECK(fault_of(m.take_back(m.one)) == "intake.unknown_record");
        REQUIRE(m.merge(m.one, m.other));
        CHECK(m.customer_of(visit) == m.other);
    }
    TEST_CASE(
        "what a laptop wrote for the absorbed file after the merge goes back to it at parting") {
        Merging m;
        m.set(m.one, "website", text("xinan.example"));
        const auto other = m.row(kCustomer, m.other);
        REQUIRE(m.merge(m.one, m.other));
        const auto visit = m.visit(m.office.ann, m.one);
        const auto direct = m.visit(m.office.ann, m.other);
        const auto now = m.office.clock.now();
        m.office.ann.sets(m.one, "fax", text("0571-1000"), text("0571-2222"), now);
        m.office.ann.sets(m.one, "fax", text("0571-2222"), text("0571-3333"), now);
        m.office.ann.sets(m.one, "website", text("xinan.example"), text("xinan.cn"), now);
        const auto proposed = m.office.ann.sets(m.one, "legal_rep", Value{}, text("周明远"), now);
        REQUIRE(proposed.kind == VerdictKind::Proposal);
        CHECK(m.office.value_of(m.other, "fax") == text("0571-3333"));
        CHECK(m.customer_of(visit) == m.other);
        REQUIRE(m.take_back(m.one));
        CHECK(m.customer_of(visit) == m.one);
        CHECK(m.customer_of(direct) == m.other);
        CHECK(*find(m.row(kCommunication, visit), field(kCommunication, "customer_id").tag) ==
              Value{m.one});
        CHECK(m.office.value_of(m.one, "fax") == text("0571-3333"));
        CHECK(m.office.value_of(m.one, "website") == text("xinan.cn"));
        CHECK(m.row(kCustomer, m.other) == other);
        const auto open = m.office.inside([&](Office& desk) {
            return server::list_proposals(desk, m.office.clerk.user, server::Which::Open);
        });
        REQUIRE(open.size() == 1);
        CHECK(open.front().about.record == m.one);
        CHECK(m.fits());
    }
    TEST_CASE("a contested word its author may not put in force waits at the parted file") {
        Merging m;
        REQUIRE(m.merge(m.one, m.other));
        const auto verdict = m.office.ann.sets(m.one, "name", text("新安医院(上海)"),
                                               text("新安医院"), m.office.clock.now());
        REQUIRE(verdict.kind == VerdictKind::Case);
        REQUIRE(m.take_back(m.one));
        CHECK(m.office.value_of(m.one, "name") == text("新安医院(上海)"));
        CHECK(m.office.value_of(m.other, "name") == text("上海新安医院"));
        const auto open = m.office.inside([&](Office& desk) {
            return server::list_proposals(desk, m.office.clerk.user, server::Which::Open);
        });
        REQUIRE(open.size() == 1);
        CHECK(open.front().about.record == m.one);
        CHECK(open.front().proposed_by == m.office.ann.user);
        CHECK(m.fits());
    }
    TEST_CASE("elements that wait for the absorbed file go back to it at parting, and no others") {
        for (const bool survivor_waits : {false, true}) {
            for (const bool survivor_holds : {false, true}) {
                CAPTURE(survivor_waits);
                CAPTURE(survivor_holds);
                Merging m;
                auto& ann = m.office.ann;
                auto elsewhere = ann;
                elsewhere.device = m.office.desk.ids().make<DeviceId>();
                elsewhere.late = ann.late = true;
                if (survivor_holds) m.set(m.other, "phones_other", text("[\"021-62000003\"]"));
                if (survivor_waits) m.adds(ann, m.other, "[\"021-62000004\"]");
                REQUIRE(m.merge(m.one, m.other));
                m.adds(ann, m.one, "[\"021-62000001\"]");
                m.adds(elsewhere, m.one, "[\"021-62000002\"]");
                REQUIRE(m.take_back(m.one));
                const auto open = m.office.inside([&](Office& desk) {
                    return server::list_proposals(desk, m.office.clerk.user, server::Which::Open);
                });
                CHECK(open.size() == (survivor_waits ? 2 : 1));
                for (const auto& each : open) {
                    const bool there = each.about.record == m.one;
                    CHECK(each.proposed_by == ann.user);
                    const std::string held = survivor_holds && !there ? "021-62000003 " : "";
                    CHECK(m.phones_in(each.old_value) == held);
                    CHECK(m.phones_in(each.new_value) ==
                          held + (there ? "021-62000001 021-62000002 " : "021-62000004 "));
                }
                CHECK(m.fits());
            }
        }
    }
    TEST_CASE("an element that waits at the survivor waits on when words for the other leave") {
        Merging m;
        auto& ann = m.office.ann;
        ann.late = true;
        m.adds(ann, m.other, "[\"021-62000004\"]");
        REQUIRE(m.merge(m.one, m.other));
        ann.late = false;
        m.adds(ann, m.one, "[\"021-62000001\"]");
        CHECK(m.office.value_of(m.other, "phones_other") == text("[\"021-62000001\"]"));
        REQUIRE(m.take_back(m.one));
        CHECK(m.office.value_of(m.one, "phones_other") == text("[\"021-62000001\"]"));
        CHECK(is_empty(m.office.value_of(m.other, "phones_other")));
        CHECK(m.waiting_at(m.other, ann) == "021-62000004 ");
        CHECK(m.waiting_at(m.one, ann).empty());
        CHECK(m.fits());
    }
    TEST_CASE(
        "an element of a case leaves it at parting, those meant for the survivor stay in it") {
        Merging m;
        auto& ann = m.office.ann;
        auto& clerk = m.office.clerk;
        ann.late = clerk.late = true;
        REQUIRE(m.merge_as(m.office.manager, m.one, m.other));
        m.adds(clerk, m.other, "[\"021-62000003\"]");
        m.adds(ann, m.one, "[\"021-62000001\"]");
        m.adds(ann, m.other, "[\"021-62000002\"]");
        REQUIRE(m.waiting_at(m.other, ann) == "021-62000001 021-62000002 ");
        REQUIRE(m.take_back(m.one));
        CHECK(m.waiting_at(m.other, ann) == "021-62000002 ");
        CHECK(m.waiting_at(m.other, clerk) == "021-62000003 ");
        CHECK(m.phones_of(m.one) == "021-62000001 ");
        CHECK(m.fits());
    }
    TEST_CASE(
        "elements added unaware of each other for the absorbed file are all there at parting") {
        Merging m;
        auto& ann = m.office.ann;
        auto elsewhere = ann;
        elsewhere.device = m.office.desk.ids().make<DeviceId>();
        REQUIRE(m.merge(m.one, m.other));
        m.adds(ann, m.one, "[\"021-62000001\"]");
        m.adds(elsewhere, m.one, "[\"021-62000002\"]");
        m.adds(m.office.clerk, m.one, "[\"021-62000003\"]");
        REQUIRE(m.take_back(m.one));
        CHECK(m.phones_of(m.one) == "021-62000001 021-62000002 021-62000003 ");
        CHECK(is_empty(m.office.value_of(m.other, "phones_other")));
        CHECK(m.fits());
    }
    TEST_CASE(
        "an element two proposed waits at each of the files they meant once these are parted") {
        for (const bool survivors_first : {true, false}) {
            CAPTURE(survivors_first);
            Merging m;
            auto& ann = m.office.ann;
            auto& clerk = m.office.clerk;
            ann.late = clerk.late = true;
            REQUIRE(m.merge_as(m.office.manager, m.one, m.other));
            if (survivors_first) m.adds(clerk, m.other, "[\"021-62000001\"]");
            m.adds(ann, m.one, "[\"021-62000001\"]");
            if (!survivors_first) m.adds(clerk, m.other, "[\"021-62000001\"]");
            REQUIRE(m.take_back(m.one));
            CHECK(m.waiting_at(m.one, ann) == "021-62000001 ");
            CHECK(m.waiting_at(m.one, clerk).empty());
            CHECK(m.waiting_at(m.other, clerk) == "021-62000001 ");
            CHECK(m.waiting_at(m.other, ann).empty());
            CHECK(m.fits());
        }
    }
    TEST_CASE("that a merge moved a record is nobody's edit: its author takes it back at once") {
        Merging m;
        const auto visit = m.visit(m.office.ann, m.one);
        REQUIRE(m.merge(m.one, m.other));
        merge::Op removal{.kind = merge::OpKind::Remove,
                          .record_kind = kCommunication.tag,
                          .record = visit,
                          .base_fv = Fv{9}};
        CHECK(m.office.ann.pushes({removal}, m.office.clock.now()).front().kind ==
              VerdictKind::Applied);
    }
    TEST_CASE(
        "words for an absorbed file that the survivor contradicts are its own after parting") {
        Merging m;
        m.set(m.other, "fax", text("021-9999"));
        REQUIRE(m.merge(m.one, m.other));
        const auto verdict = m.office.ann.sets(m.one, "fax", text("0571-1000"), text("0571-2222"),
                                               m.office.clock.now());
        REQUIRE(verdict.kind == VerdictKind::Case);
        REQUIRE(m.take_back(m.one));
        CHECK(m.office.value_of(m.one, "fax") == text("0571-2222"));
        CHECK(m.office.value_of(m.other, "fax") == text("021-9999"));
        const auto cases = m.office.inside([&](Office& desk) {
            return server::list_cases(desk, m.office.clerk.user, server::Which::Open);
        });
        CHECK(cases.empty());
        CHECK(m.fits());
    }
    TEST_CASE("what others wrote to the survivor since stays there at parting") {
        Merging m;
        REQUIRE(m.merge(m.one, m.other));
        m.office.ann.sets(m.one, "fax", text("0571-1000"), text("0571-2222"), m.office.clock.now());
        m.set(m.other, "fax", text("021-9999"));
        REQUIRE(m.take_back(m.one));
        CHECK(m.office.value_of(m.one, "fax") == text("0571-2222"));
        CHECK(m.office.value_of(m.other, "fax") == text("021-9999"));
    }
    TEST_CASE("words for a file merged twice over come back step by step") {
        Merging m;
        const auto third = m.office.customer_of(m.office.ann, "新安集团");
        REQUIRE(m.merge(m.one, m.other));
        REQUIRE(m.merge(m.other, third));
        const auto visit = m.visit(m.office.ann, m.one);
        m.office.ann.sets(m.one, "fax", text("0571-1000"), text("0571-2222"), m.office.clock.now());
        CHECK(m.office.value_of(third, "fax") == text("0571-2222"));
        REQUIRE(m.take_back(m.other));
        CHECK(m.customer_of(visit) == m.other);
        CHECK(m.office.value_of(third, "fax") == text("0571-1000"));
        CHECK(m.office.value_of(m.other, "fax") == text("0571-2222"));
        REQUIRE(m.take_back(m.one));
        CHECK(m.customer_of(visit) == m.one);
        CHECK(m.office.value_of(m.other, "fax") == text("0571-1000"));
        CHECK(m.office.value_of(m.one, "fax") == text("0571-2222"));
        CHECK(m.fits());
    }
    TEST_CASE("what was changed after the merge stays when it is taken back") {
        Merging m;
        REQUIRE(m.merge(m.one, m.other, {"name"}));
        m.set(m.other, "name", text("新安医院总院"));
        REQUIRE(m.take_back(m.one));
        CHECK(m.office.value_of(m.other, "name") == text("新安医院总院"));
        CHECK(m.office.value_of(m.one, "name") == text("新安医院(上海)"));
    }
    TEST_CASE("an edit of the absorbed file goes to the survivor where both said the same") {
        Merging m;
        REQUIRE(m.merge(m.one, m.other));
        const auto verdict = m.office.ann.sets(m.one, "fax", text("0571-1000"), text("0571-2222"),
                                               m.office.clock.now());
        CHECK(verdict.kind == VerdictKind::Merged);
        CHECK(m.office.value_of(m.other, "fax") == text("0571-2222"));
        CHECK(m.office.value_of(m.one, "fax") == text("0571-1000"));
    }
    TEST_CASE("an edit of the absorbed file becomes a case where the survivor says otherwise") {
        Merging m;
        m.set(m.other, "fax", text("021-9999"));
        REQUIRE(m.merge(m.one, m.other));
        const auto verdict = m.office.ann.sets(m.one, "fax", text("0571-1000"), text("0571-2222"),
                                               m.office.clock.now());
        CHECK(verdict.kind == VerdictKind::Case);
        CHECK(m.office.value_of(m.other, "fax") == text("021-9999"));
        const auto cases = m.office.inside([&](Office& desk) {
            return server::list_cases(desk, m.office.clerk.user, server::Which::Open);
        });
        REQUIRE(cases.size() == 1);
        CHECK(cases.front().conflict_class == "C-12");
        CHECK(cases.front().about.record == m.other);
        REQUIRE(cases.front().candidates.size() == 2);
        CHECK(cases.front().candidates.back().author == m.office.ann.user);
        CHECK(cases.front().candidates.back().value.front().value == text("0571-2222"));
    }
    TEST_CASE(
        "a visit written for the absorbed file hangs on the survivor, whoever owns that one") {
        Merging m;
        const auto bens = m.office.customer_of(m.office.ben, "新安医院");
        const auto contact = m.office.desk.ids().make<RecordId>();
        REQUIRE(m.office.ann
                    .pushes({child(kContact, contact, m.one, {{"name", text("王海燕")}})},
                            m.office.clock.now())
                    .front()
                    .kind == VerdictKind::Applied);
        const Instant before = m.office.clock.now();
        m.office.clock.set(before.plus(std::chrono::hours(1)));
        // Files of two owners take two people (D-49).
        CHECK(fault_of(m.merge(m.one, bens)) == "intake.merge_level");
        REQUIRE(m.merge_by(UserId{}, m.one, bens));
        const auto id = m.office.desk.ids().make<RecordId>();
        const auto verdict =
            m.office.ann.pushes({child(kCommunication, id, m.one,
                                       {{"purpose", text("回访")}, {"content", text("好")}})},
                                before);
        CHECK(verdict.front().kind == VerdictKind::Applied);
        CHECK(m.customer_of(id) == bens);
        // A child that moved is still hers for what she wrote before.
        const auto moved =
            m.office.ann.sets(contact, kContact, catalog::field(kContact, "job_title"), Value{},
                              text("主任"), before);
        CHECK(moved.kind != VerdictKind::Rejected);
        // What she writes afterwards waits for somebody to look at it.
        const auto late = m.office.ann.sets(m.one, "fax", text("0571-1000"), text("0571-7777"),
                                            m.office.clock.now());
        CHECK(late.kind == VerdictKind::Late);
        CHECK(m.office.value_of(bens, "fax") == text("0571-1000"));
    }
    TEST_CASE("a stranger learns nothing of a merged file") {
        Merging m;
        REQUIRE(m.merge(m.one, m.other));
        const auto asked = [&](const RecordId& customer) {
            return m.office.ben.sets(customer, "fax", text("0571-1000"), text("0571-1"),
                                     m.office.clock.now());
        };
        CHECK(asked(m.one) == asked(m.office.customer_of(m.office.ann, "康宁药房")));
        const auto visit = m.office.desk.ids().make<RecordId>();
        const auto known = m.office.ben.pushes(
            {child(kContact, visit, m.one, {{"name", text("某人")}})}, m.office.clock.now());
        CHECK(known.front().kind == VerdictKind::Rejected);
    }
    TEST_CASE("chains end at the last survivor, and are taken back from their end") {
        Merging m;
        const auto third = m.office.customer_of(m.office.ann, "新安集团");
        const auto visit = m.visit(m.office.ann, m.one);
        REQUIRE(m.merge(m.one, m.other));
        REQUIRE(m.merge(m.other, third));
        CHECK(m.customer_of(visit) == third);
        CHECK(m.office.inside(
                  [&](Office& desk) { return server::survivor_of(desk.store(), m.one); }) == third);
        const auto fourth = m.office.customer_of(m.office.ann, "新安");
        REQUIRE(m.merge(fourth, m.other));  // names a file that is gone: goes where that one went
        CHECK(m.office.inside([&](Office& desk) {
            return server::survivor_of(desk.store(), fourth);
        }) == third);
        CHECK(fault_of(m.take_back(m.one)) == "intake.merge_first");
        REQUIRE(m.take_back(m.other));
        CHECK(m.customer_of(visit) == m.other);
        REQUIRE(m.take_back(m.one));
        CHECK(m.customer_of(visit) == m.one);
        CHECK(m.fits());
    }
    TEST_CASE("two merges the other way round: the second is refused") {
        Merging m;
        REQUIRE(m.merge(m.one, m.other));
        CHECK(fault_of(m.merge(m.other, m.one)) == "intake.merge_cycle");
        CHECK(fault_of(m.merge(m.one, m.other)) != "");
    }
    TEST_CASE("a merge waits until the absorbed file's open cases are settled") {
        Merging m;
        m.set(m.one, "name", text("新安医院（沪）"));
        m.office.ann.sets(m.one, "name", text("新安医院(上海)"), text("新安"),
                          m.office.clock.now());
        CHECK(fault_of(m.merge(m.one, m.other)) == "intake.merge_open");
    }
    TEST_CASE("salespeople do not merge; files of level 2 take two people") {
        Merging m;
        CHECK(fault_of(m.merge_as(m.office.ann, m.one, m.other)) == "access.denied");
        m.office.marks(m.one, 2);
        CHECK(fault_of(m.merge(m.one, m.other)) == "intake.merge_level");
        CHECK(fault_of(m.merge_as(m.office.manager, m.one, m.other)) == "intake.merge_level");
    }
    TEST_CASE("visits made before and after a merge end on the survivor, in either order") {
        for (const bool merged_first : {false, true}) {
            Merging m;
            const auto visit = m.office.desk.ids().make<RecordId>();
            const auto push = [&] {
                m.office.ann.pushes({child(kCommunication, visit, m.one,
                                           {{"purpose", text("回访")}, {"content", text("好")}})},
                                    m.office.clock.now().plus(std::chrono::minutes(-5)));
                m.office.ann.sets(m.one, "fax", text("0571-1000"), text("0571-2222"),
                                  m.office.clock.now().plus(std::chrono::minutes(-5)));
            };
            if (!merged_first) push();
            REQUIRE(m.merge(m.one, m.other, {"fax"}));
            if (merged_first) push();
            CHECK(m.customer_of(visit) == m.other);
            CHECK(m.office.value_of(m.other, "fax") == text("0571-2222"));
            CHECK(m.fits());
        }
    }
}

TEST_SUITE("server/review/duplicates") {
    TEST_CASE("a scan finds a pair once, and what was decided stays decided until it looks worse") {
        SmallOffice office;
        const auto a = office.customer_of(office.ann, "杭州明润医药有限公司");
        office.customer_of(office.ben, "杭州明润医药股份有限公司");
        office.customer_of(office.ben, "宁波远航零售有限公司");
        const auto scan = [&] {
            return *office.inside([](Office& desk) { return server::scan_duplicates(desk); });
        };
        const auto open = [&] {
            return office.inside([&](Office& desk) {
                return server::list_pairs(desk, office.clerk.user, server::Which::Open);
            });
        };
        CHECK(scan().found.size() == 1);
        CHECK(scan().found.empty());
        REQUIRE(open().size() == 1);
        CHECK(open().front().score == 8'000);
        REQUIRE(office.inside([&](Office& desk) {
            return server::decide_pair(desk, office.clerk.user, 1, "not_duplicate", "两家");
        }));
        CHECK(open().empty());
        scan();
        CHECK(open().empty());
        CHECK(office
                  .inside([&](Office& desk) {
                      return server::list_pairs(desk, office.ann.user, server::Which::All);
                  })
                  .empty());
        for (const auto& id : office.inside(
                 [&](Office& desk) { return desk.store().list(kCustomer.tag, {}, 10); })) {
            office.inside([&](Office& desk) {
                merge::Op op{
                    .kind = merge::OpKind::Set, .record_kind = kCustomer.tag, .record = id};
                op.fields = {{field(kCustomer, "phone_main").tag, text("0571-88990011")}};
                return desk.change({}, {.source = "job", .ops = {op}}).has_value();
            });
        }
        CHECK(scan().changed.size() == 1);
        CHECK(open().size() == 1);
        CHECK(office.value_of(a, "phone_main") == text("0571-88990011"));
    }
}
