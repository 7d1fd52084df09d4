// What somebody at the office may say of a new record though only the office sets it.
#include <doctest/doctest.h>

#include "common/catalog/customer.hpp"
#include "common/catalog/organisation.hpp"
#include "common/catalog/wrong.hpp"
#include "common/merge/faults.hpp"
#include "common/merge/refusals.hpp"

#include "tests/support/peopled_office.hpp"
#include "tests/support/values.hpp"

using namespace dossier;
using namespace dossier::test;
using catalog::kCustomer;

namespace {

struct PresetDesk : PeopledOffice {
    UserId clerk = hired("clerk", "info_clerk", 2);
    UserId manager = hired("manager", "service_manager", 3);
    UserId director = hired("director", "marketing_director", 3);
    UserId general = hired("general", "general_manager", 3);
    UserId regional = hired("regional", "regional_manager", 2);
    RecordId shop = customer(ann, "杭州明润医药有限公司");
    RecordId hidden = customer(cai, "西安秘藏仪器有限公司", 3);

    UserId hired(std::string_view login, std::string_view role, int clearance) {
        const auto id = user(login, east, role);
        REQUIRE(set({}, catalog::kUser, id.as<RecordTag>(), "clearance", std::int64_t{clearance}));
        return id;
    }
    /// The refusal of a new record; nothing when it was made. It is undone either way.
    std::string making(const UserId& who,
                       const GivenFields& given,
                       const catalog::Kind& kind = kCustomer,
                       std::string_view source = "cli") {
        office.people().forget();
        server::Unit unit(*store);
        const auto done = office.change(who, {.source = std::string(source),
                                              .ops = {{.kind = merge::OpKind::Create,
                                                       .record_kind = kind.tag,
                                                       .record = office.ids().make<RecordId>(),
                                                       .fields = values_of(kind, given)}}});
        if (done) return {};
        // It says which field.
        CHECK_FALSE(done.error().args.empty());
        return std::string(done.error().id());
    }
    std::string customer_with(const UserId& who, std::string_view name, const Value& value) {
        return making(who, {{"name", words("宁波新科仪器有限公司")}, {name, value}});
    }
    std::string need_at(const UserId& who, std::int64_t level) {
        return making(who,
                      {{"customer_id", shop}, {"need", words("天平")}, {"secrecy_level", level}},
                      catalog::kDemandPlan);
    }
};

const std::string kTaken;

}  // namespace

TEST_SUITE("server/intake/presets") {
    TEST_CASE("nobody gives a new record a level: it has that of its kind until it is marked") {
        PresetDesk desk;
        for (const auto& who : {desk.ann, desk.clerk, desk.regional, desk.manager}) {
            for (const std::int64_t level : {0, 2, 3}) {
                CHECK(desk.customer_with(who, "secrecy_level", level) == merge::kPresetLevel.id);
            }
            CHECK(desk.customer_with(who, "secrecy_level", std::int64_t{1}) == kTaken);
        }
        for (const std::int64_t level : {0, 2, 3}) {
            CHECK(desk.need_at(desk.ann, level) == merge::kPresetLevel.id);
            CHECK(desk.need_at(desk.manager, level) == merge::kPresetLevel.id);
        }
    }

    TEST_CASE("a salesperson's new file is his own and lies in his own places") {
        PresetDesk desk;
        const auto below = desk.make(
            catalog::kRegion,
            values_of(catalog::kRegion,
                      {{"code", words("HZ")}, {"name", words("杭州")}, {"parent_id", desk.east}}));
        const auto other = desk.make(
            catalog::kDepartment, values_of(catalog::kDepartment, {{"code", words("KF")},
                                                                   {"name", words("客户服务部")}}));
        for (const auto name : {"owner_user_id", "service_user_id"}) {
            CHECK(desk.customer_with(desk.ann, name, desk.ann.as<RecordTag>()) == kTaken);
            CHECK(desk.customer_with(desk.ann, name, desk.ben.as<RecordTag>()) ==
                  merge::kPresetPlace.id);
            CHECK(desk.customer_with(desk.ann, name, desk.cai.as<RecordTag>()) ==
                  merge::kPresetPlace.id);
        }
        CHECK(desk.customer_with(desk.ann, "region_id", desk.east) == kTaken);
        CHECK(desk.customer_with(desk.ann, "region_id", below) == kTaken);
        CHECK(desk.customer_with(desk.ann, "region_id", desk.west) == merge::kPresetPlace.id);
        CHECK(desk.customer_with(desk.ann, "department_id", desk.department) == kTaken);
        CHECK(desk.customer_with(desk.ann, "department_id", other) == merge::kPresetPlace.id);
    }

    TEST_CASE("who makes files within his reach puts them anywhere in it, and nowhere else") {
        PresetDesk desk;
        for (const auto name : {"owner_user_id", "service_user_id"}) {
            for (const auto& who : {desk.clerk, desk.manager, desk.regional})
                CHECK(desk.customer_with(who, name, desk.ben.as<RecordTag>()) == kTaken);
        }
        CHECK(desk.customer_with(desk.clerk, "region_id", desk.west) == kTaken);
        CHECK(desk.customer_with(desk.regional, "region_id", desk.east) == kTaken);
        CHECK(desk.customer_with(desk.regional, "region_id", desk.west) == merge::kPresetPlace.id);
    }

    TEST_CASE("a number comes by an import of who posts files, and tells others of no hidden one") {
        PresetDesk desk;
        REQUIRE(desk.set({}, kCustomer, desk.hidden, "customer_no", words("KH-XB-2026-000009-1")));
        const auto with = [&](const UserId& who, std::string_view number, std::string_view source) {
            return desk.making(
                who, {{"name", words("宁波新科仪器有限公司")}, {"customer_no", words(number)}},
                kCustomer, source);
        };
        for (const auto number : {"KH-XB-2026-000009-1", "KH-XB-2026-000010-9"}) {
            CHECK(with(desk.ann, number, "cli") == merge::kPresetNumber.id);
            CHECK(with(desk.ann, number, "import") == merge::kPresetNumber.id);
            CHECK(with(desk.regional, number, "import") == merge::kPresetNumber.id);
            CHECK(with(desk.clerk, number, "cli") == merge::kPresetNumber.id);
        }
        CHECK(with(desk.clerk, "KH-XB-2026-000010-9", "import") == kTaken);
        CHECK(with(desk.clerk, "KH-XB-2026-000009-1", "import") == merge::kNotUnique.id);
    }

    TEST_CASE("what only the office sets is refused by name, new or changed, never dropped") {
        PresetDesk desk;
        for (const auto& [name, value] :
             GivenFields{{"grade", words("A")},
                         {"file_state", words("active")},
                         {"is_key", std::int64_t{1}},
                         {"custodian_user_id", desk.ann.as<RecordTag>()},
                         {"deleted_at", std::int64_t{1'772'416'800'000}},
                         {"created_by", desk.cai.as<RecordTag>()}}) {
            CAPTURE(name);
            CHECK(desk.customer_with(desk.ann, name, value) == merge::kServerOnly.id);
            CHECK(desk.customer_with(desk.clerk, name, value) == merge::kServerOnly.id);
            const auto changed = desk.set(desk.ann, kCustomer, desk.shop, name, value);
            REQUIRE_FALSE(changed);
            CHECK(changed.error().id() == merge::kServerOnly.id);
            CHECK(changed.error().args == std::vector<std::string>{catalog::label_of(
                                              *catalog::find_field(kCustomer, name))});
        }
    }
}
