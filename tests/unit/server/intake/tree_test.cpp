// No record comes to stand above itself, whoever puts it where, and in whatever order two changes
// made apart reach the office.
#include <doctest/doctest.h>

#include "common/catalog/references.hpp"
#include "common/catalog/satellite.hpp"

#include "tests/support/small_office.hpp"

using namespace dossier;
using namespace dossier::test;
using catalog::kCircle;
using catalog::kOrgUnit;
using merge::VerdictKind;

namespace {

constexpr auto& kAbove = field(kOrgUnit, "parent_id");

struct Company {
    SmallOffice office;
    Instant morning = office.clock.now();
    RecordId customer = office.customer_of(office.ann, "杭州明润医药有限公司");

    Company() { office.clock.advance(std::chrono::hours(9)); }

    [[nodiscard]] Instant at(int hour) const { return morning.plus(std::chrono::hours(hour)); }

    merge::Op making(std::string_view name, const RecordId& above = {}) {
        merge::Op op{.kind = merge::OpKind::Create,
                     .record_kind = kOrgUnit.tag,
                     .record = office.desk.ids().make<RecordId>()};
        assign(op.fields, field(kOrgUnit, "customer_id").tag, customer);
        assign(op.fields, field(kOrgUnit, "name").tag, std::string(name));
        if (!above.is_none()) assign(op.fields, kAbove.tag, above);
        return op;
    }
    RecordId unit(std::string_view name, const RecordId& above = {}) {
        const auto op = making(name, above);
        REQUIRE(office.ann.pushes({op}, at(0)).front().kind == VerdictKind::Applied);
        return op.record;
    }
    merge::Verdict puts(SmallOffice::Person& who,
                        const RecordId& unit,
                        const RecordId& seen,
                        const RecordId& above,
                        int hour) {
        const auto value = [](const RecordId& id) { return id.is_none() ? Value{} : Value{id}; };
        return who.sets(unit, kOrgUnit, kAbove, value(seen), value(above), at(hour));
    }
    RecordId above(const RecordId& unit) {
        server::Unit work(*office.store);
        return record_in(office.store->load(kOrgUnit.tag, unit).value_or(FieldValues{}),
                         kAbove.tag);
    }
    /// Changed at the office, by nobody in particular.
    std::string sets(const catalog::Kind& kind,
                     const RecordId& record,
                     std::string_view name,
                     const RecordId& value) {
        const merge::Op op{.kind = merge::OpKind::Set,
                           .record_kind = kind.tag,
                           .record = record,
                           .fields = {{catalog::find_field(kind, name)->tag, value}}};
        return office.inside([&](Office& desk) {
            const auto done = desk.change({}, {.source = "cli", .ops = {op}});
            return done ? std::string() : std::string(done.error().id());
        });
    }
};

}  // namespace

TEST_SUITE("server/intake/tree") {
    TEST_CASE("of two laptops that put each unit below the other's the later to come is refused") {
        for (const bool clerk_first : {false, true}) {
            CAPTURE(clerk_first);
            Company company;
            const auto one = company.unit("总部");
            const auto other = company.unit("分部");
            const auto by_ann = [&] { return company.puts(company.office.ann, one, {}, other, 3); };
            const auto by_clerk = [&] {
                return company.puts(company.office.clerk, other, {}, one, 5);
            };
            CHECK((clerk_first ? by_clerk() : by_ann()).kind == VerdictKind::Applied);
            const auto later = clerk_first ? by_ann() : by_clerk();
            CHECK(later.kind == VerdictKind::Rejected);
            CHECK(later.reason == kCircle.id);
            CHECK(company.above(clerk_first ? one : other).is_none());
        }
    }
    TEST_CASE("a circle is found over several units, and one unit is none of its own parts") {
        Company company;
        const auto top = company.unit("总部");
        const auto middle = company.unit("中心", top);
        const auto low = company.unit("科室", middle);
        CHECK(company.puts(company.office.ann, top, {}, low, 1).reason == kCircle.id);
        CHECK(company.puts(company.office.ann, top, {}, top, 2).reason == kCircle.id);
        CHECK(company.puts(company.office.ann, low, middle, top, 3).kind == VerdictKind::Applied);
        CHECK(company.puts(company.office.ann, middle, top, low, 4).kind == VerdictKind::Applied);
    }
    TEST_CASE("a unit that is named before it comes may not come below what names it") {
        Company company;
        const auto one = company.unit("总部");
        auto coming = company.making("集团", one);
        REQUIRE(company.puts(company.office.ann, one, {}, coming.record, 1).kind ==
                VerdictKind::Applied);
        const auto verdict = company.office.clerk.pushes({coming}, company.at(2)).front();
        CHECK(verdict.reason == kCircle.id);
        catalog::take_out(coming.fields, kAbove);
        CHECK(company.office.clerk.pushes({coming}, company.at(3)).front().kind ==
              VerdictKind::Applied);
    }
    TEST_CASE("no customer is linked to itself, and of mothers none comes to stand above itself") {
        Company company;
        auto& office = company.office;
        const auto other = office.customer_of(office.ann, "宁波仁和医药有限公司");
        const auto third = office.customer_of(office.ann, "温州瑞安医药有限公司");
        const auto link = [&](const RecordId& from, const RecordId& to, std::string_view kind) {
            return merge::Op{
                .kind = merge::OpKind::Create,
                .record_kind = catalog::kCustomerLink.tag,
                .record = office.desk.ids().make<RecordId>(),
                .fields = values_of(catalog::kCustomerLink, {{"customer_id", from},
                                                             {"other_customer_id", to},
                                                             {"kind", std::string(kind)}})};
        };
        const auto pushed = [&](const merge::Op& op) {
            return office.ann.pushes({op}, company.at(1)).front();
        };
        CHECK(pushed(link(other, other, "affiliate")).reason == catalog::kItself.id);
        CHECK(pushed(link(other, other, "parent")).reason == catalog::kItself.id);
        const auto up = link(company.customer, other, "parent");
        CHECK(pushed(up).kind == VerdictKind::Applied);
        CHECK(pushed(link(other, company.customer, "parent")).reason == kCircle.id);
        CHECK(pushed(link(other, third, "parent")).kind == VerdictKind::Applied);
        CHECK(pushed(link(third, company.customer, "parent")).reason == kCircle.id);
        // Other relations go both ways, and become that of a mother only where they may.
        const auto both = link(third, company.customer, "affiliate");
        CHECK(pushed(both).kind == VerdictKind::Applied);
        constexpr auto& kRelation = field(catalog::kCustomerLink, "kind");
        CHECK(office.ann
                  .sets(both.record, catalog::kCustomerLink, kRelation, text("affiliate"),
                        text("parent"), company.at(2))
                  .reason == kCircle.id);
        constexpr auto& kOther = field(catalog::kCustomerLink, "other_customer_id");
        CHECK(office.ann
                  .sets(both.record, catalog::kCustomerLink, kOther, company.customer, third,
                        company.at(3))
                  .reason == catalog::kItself.id);
        // What names a customer beside a link names another one as well.
        constexpr auto& kReferrer = field(catalog::kCustomer, "referrer_customer_id");
        CHECK(office.ann.sets(other, catalog::kCustomer, kReferrer, Value{}, other, company.at(4))
                  .reason == catalog::kItself.id);
    }
    TEST_CASE("regions, departments and superiors are trees as well") {
        Company company;
        auto& office = company.office;
        CHECK(company.sets(catalog::kRegion, office.north, "parent_id", office.east).empty());
        CHECK(company.sets(catalog::kRegion, office.east, "parent_id", office.north) == kCircle.id);
        CHECK(company.sets(catalog::kDepartment, office.sales, "parent_id", office.sales) ==
              kCircle.id);
        const auto ann = office.ann.user.as<RecordTag>();
        const auto ben = office.ben.user.as<RecordTag>();
        CHECK(company.sets(catalog::kUser, ann, "superior_user_id", ben).empty());
        CHECK(company.sets(catalog::kUser, ben, "superior_user_id", ann) == kCircle.id);
    }
}
