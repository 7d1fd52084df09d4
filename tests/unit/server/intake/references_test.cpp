// What the values of an op name must be of the kind their fields point to.
#include <doctest/doctest.h>

#include "common/catalog/canonical.hpp"
#include "common/catalog/contact.hpp"
#include "common/catalog/document.hpp"

#include "tests/support/small_office.hpp"

using namespace dossier;
using namespace dossier::test;
using merge::VerdictKind;

namespace {

merge::Op visit_of(SmallOffice& office, const RecordId& customer) {
    merge::Op visit{.kind = merge::OpKind::Create,
                    .record_kind = kCommunication.tag,
                    .record = office.desk.ids().make<RecordId>()};
    assign(visit.fields, field(kCommunication, "customer_id").tag, customer);
    assign(visit.fields, field(kCommunication, "kind").tag, std::string("visit"));
    assign(visit.fields, field(kCommunication, "started_at").tag, office.clock.now().ms);
    assign(visit.fields, field(kCommunication, "purpose").tag, std::string("回访"));
    assign(visit.fields, field(kCommunication, "content").tag, std::string("客户满意"));
    return visit;
}

merge::Op visit_with(SmallOffice& office,
                     const RecordId& customer,
                     std::string_view name,
                     const RecordId& named) {
    auto visit = visit_of(office, customer);
    const auto& of = *catalog::find_field(kCommunication, name);
    assign(visit.fields, of.tag, catalog::from_elements(of, {'"' + to_text(named) + '"'}));
    return visit;
}

bool is_there(SmallOffice& office, const RecordId& record) {
    server::Unit unit(*office.store);
    return office.store->place(record).has_value();
}

}  // namespace

TEST_SUITE("server/intake/references") {
    TEST_CASE("a visit under a user, a region, a department or another visit is refused in words") {
        SmallOffice office;
        const auto acme = office.customer_of(office.ann, "杭州明润医药有限公司");
        const auto visit = visit_of(office, acme);
        REQUIRE(office.ann.pushes({visit}, office.clock.now()).front().kind ==
                VerdictKind::Applied);
        for (const RecordId& above :
             {office.ann.user.as<RecordTag>(), office.east, office.sales, visit.record}) {
            const auto child = visit_of(office, above);
            const auto verdict = office.ann.pushes({child}, office.clock.now()).front();
            CHECK(verdict.kind == VerdictKind::Rejected);
            CHECK(verdict.reason == "field.wrong_target");
            CHECK_FALSE(is_there(office, child.record));
        }
    }

    TEST_CASE("the office's own door refuses a wrong kind as well") {
        SmallOffice office;
        const auto made = office.inside([&](Office& desk) {
            return desk.change(office.clerk.user,
                               {.source = "cli", .ops = {visit_of(office, office.east)}});
        });
        REQUIRE_FALSE(made.has_value());
        CHECK(made.error().id() == "field.wrong_target");
    }

    TEST_CASE("single references and lists are checked, at creation and when they are set") {
        SmallOffice office;
        const auto acme = office.customer_of(office.ann, "杭州明润医药有限公司");
        const auto now = office.clock.now();
        CHECK(office.ann.pushes({visit_with(office, acme, "contact_ids", acme)}, now)
                  .front()
                  .reason == "field.wrong_target");
        CHECK(office.ann.pushes({visit_with(office, acme, "our_user_ids", office.east)}, now)
                  .front()
                  .reason == "field.wrong_target");
        CHECK(
            office.ann
                .pushes({visit_with(office, acme, "our_user_ids", office.ben.user.as<RecordTag>())},
                        now)
                .front()
                .kind == VerdictKind::Applied);
        const auto sets = [&](const RecordId& named) {
            return office.ann.sets(acme, "referrer_customer_id", Value{}, named, now);
        };
        CHECK(sets(office.sales).reason == "field.wrong_target");
        CHECK(sets(office.customer_of(office.ann, "宁波仁和医药有限公司")).kind ==
              VerdictKind::Applied);
    }

    TEST_CASE("a record its author may not know of is named like one that is nowhere") {
        SmallOffice office;
        const auto acme = office.customer_of(office.ann, "杭州明润医药有限公司");
        const auto hidden = office.customer_of(office.ben, "绝密客户");
        const auto inside = visit_of(office, hidden);
        REQUIRE(office.ben.pushes({inside}, office.clock.now()).front().kind ==
                VerdictKind::Applied);
        office.marks(hidden, 3);
        const auto nowhere = office.desk.ids().make<RecordId>();
        const auto answer = [&](const RecordId& named) {
            auto parent = office.ann.pushes({visit_of(office, named)}, office.clock.now()).front();
            CHECK(parent.args == std::vector<std::string>{to_text(named)});
            parent.args.clear();
            return std::pair(parent, office.ann
                                         .pushes({visit_with(office, acme, "contact_ids", named)},
                                                 office.clock.now())
                                         .front());
        };
        CHECK(answer(inside.record) == answer(nowhere));
    }
}
