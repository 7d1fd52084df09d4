// What makes a kind or a field special is an attribute of its row, and the catalog answers for it.
#include <map>

#include <doctest/doctest.h>

#include "common/catalog/activity.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/contact.hpp"
#include "common/catalog/customer.hpp"
#include "common/catalog/document.hpp"
#include "common/catalog/faults.hpp"
#include "common/catalog/organisation.hpp"
#include "common/catalog/references.hpp"
#include "common/catalog/satellite.hpp"

using namespace dossier;
using namespace dossier::catalog;

namespace {

RecordId id(std::uint8_t number) {
    RecordId made;
    made.bytes[15] = number;
    return made;
}

/// Units by number, each with the one above it; 0 = none.
struct Units {
    std::map<std::uint8_t, std::uint8_t> above;

    /// What says no when unit `of` is put below unit `under`; empty where nothing does.
    [[nodiscard]] std::string moved(std::uint8_t of, std::uint8_t under) const {
        const auto& up = field(kOrgUnit, "parent_id");
        const auto done =
            check_tree(kOrgUnit, id(of), {{up.tag, id(under)}}, [&](const RecordId& record) {
                const auto at = above.find(record.bytes[15]);
                return at == above.end() || at->second == 0 ? FieldValues{}
                                                            : FieldValues{{up.tag, id(at->second)}};
            });
        return done ? std::string() : std::string(done.error().id());
    }
};

FieldValues linked(const Value& other, const Value& name) {
    FieldValues values{{field(kCustomerLink, "customer_id").tag, id(1)},
                       {field(kCustomerLink, "kind").tag, "affiliate"}};
    if (!is_empty(other)) assign(values, field(kCustomerLink, "other_customer_id").tag, other);
    if (!is_empty(name)) assign(values, field(kCustomerLink, "other_name").tag, name);
    return values;
}

constexpr Instant kNow{1'772'000'000'000};

}  // namespace

TEST_SUITE("common/catalog/attributes") {
    TEST_CASE("no record comes to stand above itself, over however many steps") {
        const Units units{{{2, 1}, {3, 2}, {4, 3}}};
        CHECK(units.moved(1, 1) == kCircle.id);
        CHECK(units.moved(1, 2) == kCircle.id);
        CHECK(units.moved(1, 4) == kCircle.id);
        CHECK(units.moved(2, 4) == kCircle.id);
        CHECK(units.moved(4, 1).empty());
        CHECK(units.moved(5, 4).empty());
        CHECK(units.moved(1, 9).empty());
        CHECK(units.moved(1, 0).empty());
    }
    TEST_CASE("a circle that lies there already neither holds up the walk nor others") {
        const Units units{{{2, 3}, {3, 2}}};
        CHECK(units.moved(4, 2).empty());
        CHECK(units.moved(2, 3) == kCircle.id);
    }
    TEST_CASE("a field of a tree names its own kind, and what stands in or is shown is a field") {
        std::size_t trees = 0;
        for (const Kind* kind : kinds()) {
            if (!kind->excerpt.empty()) CHECK(find_field(*kind, kind->excerpt) != nullptr);
            for (const Field& of : kind->fields) {
                CAPTURE(of.name);
                trees += of.tree ? 1 : 0;
                if (of.tree) CHECK((of.type == Type::Ref && of.target == kind->name));
                if (of.outline) CHECK((of.directory && is_file(*kind)));
                if (of.instead.empty()) continue;
                const Field* other = find_field(*kind, of.instead);
                REQUIRE(other != nullptr);
                CHECK(other->instead.empty());
                CHECK(facet_of(*kind, *other) == facet_of(*kind, of));
            }
        }
        CHECK(trees == 4);
    }
    TEST_CASE("a linked company is on file or named: one of the two is enough, none is not") {
        const auto given = [](const Value& other, const Value& name) {
            return validate_record(kCustomerLink, linked(other, name), kNow);
        };
        CHECK(given({}, "乙公司"));
        CHECK(given(id(2), {}));
        CHECK(given(id(2), "乙公司"));
        const auto neither = given({}, {});
        REQUIRE_FALSE(neither);
        CHECK(neither.error().is(kOneOfTwo));
        CHECK(neither.error().args.front().find("关联方名称") != std::string::npos);
        CHECK(neither.error().args.back().find("关联客户") != std::string::npos);
        // What is set later leaves one of the two as well.
        CHECK_FALSE(validate_whole(kCustomerLink, linked({}, {}), kNow));
    }
    TEST_CASE("a value that is missing is called by the one that stands in, else not at all") {
        const auto& number = field(kCustomer, "customer_no");
        const auto& provisional = field(kCustomer, "provisional_no");
        const FieldValues draft{{provisional.tag, "T-N07-0001"}};
        CHECK(called(kCustomer, draft, number).field == &provisional);
        CHECK(*called(kCustomer, draft, number).value == Value{"T-N07-0001"});
        const FieldValues active{{number.tag, "KH-1"}, {provisional.tag, "T-N07-0001"}};
        CHECK(called(kCustomer, active, number).field == &number);
        CHECK(called(kCustomer, {}, number).field == &number);
        CHECK(called(kCustomer, {}, number).value == nullptr);
        CHECK(called(kCustomer, active, field(kCustomer, "name")).value == nullptr);
    }
    TEST_CASE("who acts, what is a place, what a file has one of is asked, not named") {
        std::vector<std::string_view> acting;
        std::vector<std::string_view> places;
        std::vector<std::string_view> only_ones;
        for (const Kind* kind : kinds()) {
            if (acts(kind->tag)) acting.push_back(kind->name);
            if (is_place(*kind)) places.push_back(kind->name);
            if (is_one_per_file(*kind)) only_ones.push_back(kind->name);
        }
        CHECK(acting == std::vector<std::string_view>{"user"});
        CHECK(places == std::vector<std::string_view>{"region", "department"});
        CHECK(only_ones ==
              std::vector<std::string_view>{"customer_feature", "procurement_profile"});
        CHECK(names_file(field(kContact, "customer_id")));
        CHECK_FALSE(names_file(field(kContactPrivate, "contact_id")));
        CHECK_FALSE(names_file(field(kAccessGrant, "scope_ids")));
        CHECK(names_person(field(kCustomer, "owner_user_id")));
        CHECK(names_person(field(kCommunication, "our_user_ids")));
        CHECK_FALSE(names_person(field(kCustomer, "name")));
        CHECK(acts(std::uint16_t{0}) == false);
    }
}
