#include "common/merge/overlay.hpp"

#include "common/catalog/canonical.hpp"
#include "common/catalog/customer.hpp"

#include "tests/support/law.hpp"
#include "tests/unit/common/merge/office.hpp"

using namespace dossier;
using namespace dossier::merge;
using namespace dossier::merge::test;
using dossier::test::Draw;
using dossier::test::holds;

namespace {

const catalog::Kind& kKind = catalog::kCustomer;
const catalog::Field& kFax = catalog::field(catalog::kCustomer, "fax");
const catalog::Field& kPartyRole = catalog::field(catalog::kCustomer, "party_role");
const RecordId kMingrun{{1}};

Op set(const catalog::Field& field, const Value& base, const Value& next) {
    return {.kind = OpKind::Set,
            .record_kind = kKind.tag,
            .record = kMingrun,
            .base_fv = Fv{1},
            .base = {{field.tag, base}},
            .fields = {{field.tag, next}}};
}

Value some_roles(Draw& draw) {
    std::vector<std::string> roles;
    for (const auto* role : {"buyer", "dealer", "end_user", "supplier"}) {
        if (draw.coin()) roles.emplace_back(role);
    }
    return list(roles);
}

const Value& held(const FieldValues& values, const catalog::Field& field) {
    static const Value kEmpty;
    const auto* value = find(values, field.tag);
    return value == nullptr ? kEmpty : *value;
}

/// One random edit of what the person sees now.
Op any_edit(Draw& draw, const FieldValues& view) {
    if (draw.coin()) return set(kPartyRole, held(view, kPartyRole), some_roles(draw));
    return set(kFax, held(view, kFax), draw.element<std::string>("1", "2", "3"));
}

}  // namespace

TEST_SUITE("common/merge/overlay") {
    TEST_CASE("with nothing unsent a person sees the office's values") {
        holds([](Draw& draw) {
            const FieldValues mirror{{kFax.tag, std::string("1")},
                                     {kPartyRole.tag, some_roles(draw)}};
            RC_ASSERT(overlay(kKind, mirror, kMingrun, {}) == mirror);
        });
    }
    TEST_CASE("a person sees what he last wrote, and colleagues' elements beside his own") {
        const std::vector<Op> unsent{
            set(kFax, std::string("1"), std::string("2")),
            set(kFax, std::string("2"), std::string("3")),
            set(kPartyRole, list({"buyer", "dealer"}), list({"dealer", "supplier"}))};
        const FieldValues mirror{{kPartyRole.tag, list({"buyer", "dealer", "end_user"})},
                                 {kFax.tag, std::string("9")}};
        const auto view = overlay(kKind, mirror, kMingrun, unsent);
        CHECK(held(view, kFax) == Value(std::string("3")));
        CHECK(held(view, kPartyRole) == list({"dealer", "end_user", "supplier"}));
    }
    TEST_CASE("events and other records change no value until the office says so") {
        auto other = set(kFax, {}, std::string("2"));
        other.record = RecordId{{2}};
        auto event = set(kFax, {}, {});
        event.kind = OpKind::Event;
        const FieldValues mirror{{kFax.tag, std::string("1")}};
        CHECK(overlay(kKind, mirror, kMingrun, std::vector{other, event}) == mirror);
    }
    TEST_CASE("a removal shows at once, and takes no value with it") {
        auto removal = set(kFax, {}, {});
        removal.kind = OpKind::Remove;
        const FieldValues mirror{{kFax.tag, std::string("1")}};
        const auto view = overlay(kKind, mirror, kMingrun, std::vector{removal});
        CHECK(held(view, kFax) == Value(std::string("1")));
        CHECK(find(view, 5) != nullptr);  // deleted_at
    }
    TEST_CASE(
        "of a list an author's own words are what he added, and the office says them or not") {
        const auto op = set(kPartyRole, list({"buyer", "dealer"}), list({"dealer", "supplier"}));
        const auto words = own_words(kKind, op);
        CHECK(held(words, kPartyRole) == list({"supplier"}));
        CHECK(says(kKind, {{kPartyRole.tag, list({"buyer", "supplier"})}}, words));
        CHECK_FALSE(says(kKind, {{kPartyRole.tag, list({"buyer"})}}, words));
        const auto fax = own_words(kKind, set(kFax, std::string("1"), std::string("2")));
        CHECK(says(kKind, {{kFax.tag, std::string("2")}}, fax));
        CHECK_FALSE(says(kKind, {{kFax.tag, std::string("1")}}, fax));
    }
    TEST_CASE("a field of a newer version is shown as it was written") {
        auto op = set(kFax, {}, std::string("2"));
        op.fields = {{60'000, std::string("new")}};
        const auto view = overlay(kKind, {}, kMingrun, std::vector{op});
        CHECK(*find(view, 60'000) == Value(std::string("new")));
    }
    TEST_CASE("when the office has applied all that is unsent, a person sees the office's values") {
        holds([](Draw& draw) {
            FieldValues office{{kFax.tag, std::string("0")}, {kPartyRole.tag, some_roles(draw)}};
            FieldValues view = office;
            std::vector<Op> unsent;
            const int count = draw.between(0, 6);
            for (int i = 0; i < count; ++i) {
                unsent.push_back(any_edit(draw, view));
                view = overlay(kKind, view, kMingrun, std::span(&unsent.back(), 1));
            }
            // Meanwhile a colleague changed the roles; the office judges every op in order.
            assign(office, kPartyRole.tag, some_roles(draw));
            std::uint64_t number = 0;
            for (const auto& op : unsent) {
                const auto tag = op.fields.front().tag;
                const GroupState current{{{tag, *find(office, tag)}}, stamp(1, 1), Fv{2}};
                const GroupEdit edit{op.base, op.fields, stamp(9, 2, ++number), op.base_fv};
                const auto judged = judge(*catalog::find_field(kKind, tag), current, edit);
                assign(office, tag, judged.values.front().value);
            }
            RC_ASSERT(overlay(kKind, office, kMingrun, unsent) == office);
        });
    }
}
