#include "common/catalog/canonical.hpp"

#include <doctest/doctest.h>

#include "common/catalog/activity.hpp"
#include "common/catalog/contact.hpp"
#include "common/catalog/customer.hpp"
#include "common/catalog/divisions.hpp"
#include "common/catalog/faults.hpp"
#include "common/catalog/organisation.hpp"
#include "common/catalog/places.hpp"

#include "tests/unit/common/catalog/samples.hpp"

using namespace dossier;
using namespace dossier::catalog;

namespace {

/// What typed text becomes, as text; the id of the fault when it is refused.
std::string typed(const Kind& kind, std::string_view name, std::string_view text) {
    const auto value = parse(*find_field(kind, name), text, kTestNow);
    if (!value) return std::string(value.error().id());
    if (const auto number = as_number(*value)) return std::to_string(*number);
    const auto* string = as_text(*value);
    return string == nullptr ? (is_empty(*value) ? "" : to_text(as_record(*value))) : *string;
}

void put(const Kind& kind, FieldValues& values, std::string_view name, Value value) {
    assign(values, find_field(kind, name)->tag, std::move(value));
}

std::string fault_of(const Kind& kind, const FieldValues& values) {
    const auto valid = validate_record(kind, values, kTestNow);
    return valid ? "ok" : std::string(valid.error().id()) + ' ' + valid.error().args[0];
}

FieldValues new_customer() {
    FieldValues values;
    put(kCustomer, values, "name", "杭州明润医药有限公司");
    return with_presets(kCustomer, values, kTestNow);
}

FieldValues new_visit() {
    FieldValues values;
    put(kCommunication, values, "customer_id", RecordId{{1}});
    put(kCommunication, values, "content", "客户询问保修期");
    put(kCommunication, values, "purpose", "新品介绍");
    return with_presets(kCommunication, values, kTestNow);
}

}  // namespace

TEST_SUITE("common/catalog/canonical") {
    TEST_CASE("money is typed in yuan and kept in fen, exactly") {
        const auto fen = [](std::string_view text) { return typed(kCustomer, "assets_fen", text); };
        CHECK(fen("1,200.50") == "120050");
        CHECK(fen("1200.5元") == "120050");
        CHECK(fen("￥１，２００．５") == "120050");
        CHECK(fen("5000万") == "5000000000");
        CHECK(fen("1.5亿元") == "15000000000");
        CHECK(fen("0.001万") == "1000");
        CHECK(fen("0.005") == "field.number");
        CHECK(fen("92233720368547758.08") == "field.number");
        CHECK(fen("-1") == "field.out_of_range");
        CHECK(fen("many") == "field.number");
        CHECK(fen(".") == "field.number");
    }
    TEST_CASE("percentages, yes and no, and whole numbers are typed as people write them") {
        CHECK(typed(kCustomer, "completeness_bp", "86.5%") == "8650");
        CHECK(typed(kCustomer, "completeness_bp", "100.01") == "field.out_of_range");
        CHECK(typed(kCustomer, "is_key", "是") == "1");
        CHECK(typed(kCustomer, "is_key", "No") == "0");
        CHECK(typed(kCustomer, "is_key", "maybe") == "field.yes_no");
        CHECK(typed(kCustomerFeature, "employee_count", "1,800") == "1800");
        CHECK(typed(kCustomerFeature, "employee_count", "1.5") == "field.number");
    }
    TEST_CASE("choices are typed by code or by label in either language") {
        CHECK(typed(kCustomer, "source", "展会沙龙会议") == "event");
        CHECK(typed(kCustomer, "source", "Field Visit") == "field_visit");
        CHECK(typed(kCustomer, "source", "rumour") == "field.unknown_choice");
        CHECK(typed(kCustomer, "party_role", "供货方，buyer、采购方") == R"(["buyer","supplier"])");
    }
    TEST_CASE("a secrecy level is typed as its name or its number, and shown by its name") {
        CHECK(typed(kCustomer, "secrecy_level", "机密") == "2");
        CHECK(typed(kCustomer, "secrecy_level", "Top secret") == "3");
        CHECK(typed(kCustomer, "secrecy_level", "０") == "0");
        CHECK(typed(kCustomer, "secrecy_level", "4") == "field.out_of_range");
        CHECK(typed(kCustomer, "secrecy_level", "保密") == "field.number");
        const Field& level = *find_field(kCustomer, "secrecy_level");
        CHECK(display(level, std::int64_t{1}, Lang::Zh) == "秘密");
        CHECK(display(level, std::int64_t{0}, Lang::En) == "internal");
    }
    TEST_CASE("dates and times are typed in the usual forms, today and now included") {
        CHECK(typed(kCustomer, "founded_on", "2009年5月18日") == "2009-05-18");
        CHECK(typed(kCustomer, "founded_on", "今天") == "2026-09-21");
        CHECK(typed(kCustomer, "first_contact_at", "now") == std::to_string(kTestNow.ms));
        CHECK(typed(kCustomer, "first_contact_at", "2026-03-02 10:10") == "1772417400000");
        CHECK(typed(kContactPrivate, "birthday", "8月16日") == "--08-16");
        CHECK(typed(kContactPrivate, "birthday", "--02-29") == "--02-29");
        CHECK(typed(kContactPrivate, "birthday", "--02-30") == "field.date");
    }
    TEST_CASE("a province is typed by name, full or usual, and kept as its code") {
        CHECK(typed(kCustomer, "province", "浙江省") == "330000");
        CHECK(typed(kCustomer, "province", "广西") == "450000");
        CHECK(typed(kCustomer, "province", "香港特别行政区") == "810000");
        CHECK(typed(kCustomer, "province", "330000") == "330000");
        CHECK(typed(kCustomer, "province", "Zhejiang") == "field.province");
        CHECK(typed(kCustomer, "country", "中国") == "CN");
        CHECK(display(field(kCustomer, "country"), "CN", Lang::Zh) == "中国");
        CHECK(display(field(kCustomer, "country"), "CN", Lang::En) == "China");
        CHECK(typed(kCustomer, "country", "de") == "DE");
        for (char first = 'A'; first <= 'Z'; ++first) {
            for (char second = 'A'; second <= 'Z'; ++second) {
                const std::string code{first, second};
                if (!is_country(code)) continue;
                for (const Lang lang : {Lang::Zh, Lang::En}) {
                    const auto shown = display(field(kCustomer, "country"), code, lang);
                    CAPTURE(shown);
                    CHECK(shown != code);
                    CHECK(typed(kCustomer, "country", shown) == code);
                }
            }
        }
    }
    TEST_CASE("a city or district is typed by name, full, usual or former, and kept as its code") {
        CHECK(typed(kCustomer, "city", "杭州市") == "330100");
        CHECK(typed(kCustomer, "city", "杭州") == "330100");
        CHECK(typed(kCustomer, "city", "浙江省杭州市") == "330100");
        CHECK(typed(kCustomer, "city", "330100") == "330100");
        CHECK(typed(kCustomer, "city", "北京") == "110100");
        CHECK(typed(kCustomer, "city", "朝阳") == "211300");
        CHECK(typed(kCustomer, "city", "大理") == "532900");
        CHECK(typed(kCustomer, "city", "丽江地区") == "530700");
        CHECK(typed(kCustomer, "city", "张家港市") == "320582");
        CHECK(typed(kCustomer, "district", "富阳市") == "330111");
        CHECK(typed(kCustomer, "district", "长春市朝阳区") == "220104");
        CHECK(typed(kCustomer, "district", "北京市海淀区") == "110108");
    }
    TEST_CASE("a city nobody knows is refused with an example, one of several names them all") {
        for (const char* name : {"杭洲", "浙江省", "海南", "市", "Hangzhou"})
            CHECK(typed(kCustomer, "city", name) == "field.division");
        const auto unknown = parse(*find_field(kCustomer, "city"), "杭洲", kTestNow);
        CHECK(dossier::describe(unknown.error(), Lang::Zh).find("330100") != std::string::npos);
        const auto several = parse(*find_field(kCustomer, "district"), "朝阳区", kTestNow);
        CHECK(several.error().id() == "field.division_ambiguous");
        CHECK(dossier::describe(several.error(), Lang::Zh).find("北京市朝阳区 / 长春市朝阳区") !=
              std::string::npos);
    }
    TEST_CASE("the city beside it tells which of several districts is meant") {
        const auto& district = *find_field(kCustomer, "district");
        FieldValues beside;
        CHECK(with_city(kCustomer, district, "西湖区", beside) == "西湖区");
        assign(beside, field(kCustomer, "city").tag, std::string("330100"));
        CHECK(with_city(kCustomer, district, "西湖区", beside) == "330106");
        CHECK(with_city(kCustomer, district, "朝阳区", beside) == "朝阳区");
        CHECK(with_city(kCustomer, field(kCustomer, "fax"), "西湖区", beside) == "西湖区");
    }
    TEST_CASE(
        "the province beside it tells which of several districts is meant, where no city does") {
        const auto& district = *find_field(kCustomer, "district");
        const auto beside = [](const char* province) {
            FieldValues values;
            assign(values, field(kCustomer, "province").tag, std::string(province));
            return values;
        };
        CHECK(with_city(kCustomer, district, "普陀区", beside("310000")) == "310107");
        CHECK(with_city(kCustomer, district, "普陀区", beside("330000")) == "330903");
        CHECK(with_city(kCustomer, district, "普陀区", beside("110000")) == "普陀区");
    }
    TEST_CASE("what is shown of any division is understood as the same division") {
        for (const auto& each : divisions()) {
            const auto code = std::to_string(each.code);
            for (const char* name : {"city", "district"}) {
                const auto& of = *find_field(kCustomer, name);
                const auto shown = display(of, code, Lang::Zh);
                if (typed(kCustomer, name, shown) != code) FAIL_CHECK(name, " ", code, " ", shown);
            }
        }
    }
    TEST_CASE("numbers are brought to one form: half-width, upper case, extension after a hyphen") {
        CHECK(typed(kCustomer, "fax", "０５７１－８８９９００１２") == "0571-88990012");
        CHECK(typed(kCustomer, "fax", "0571-88990012转801") == "0571-88990012-801");
        CHECK(typed(kCustomer, "unified_code", "91350100m000100y43") == "91350100M000100Y43");
        CHECK(typed(kCustomer, "id_no", "11010519491231002x") == "11010519491231002X");
        CHECK(typed(kCustomer, "geo", "30.279, 120.125") == "30279000,120125000");
    }
    TEST_CASE("lists are typed with separators, phones with or without their kind") {
        CHECK(typed(kCustomer, "former_names", "甲；乙、甲") == R"(["甲","乙"])");
        CHECK(
            typed(kContact, "phones", "13900001111、office:0571-88990011、住宅 0571-1234567") ==
            R"([{"kind":"mobile","number":"13900001111"},{"kind":"office","number":"0571-88990011"},{"kind":"home","number":"0571-1234567"}])");
        CHECK(typed(kContact, "phones", "call me") == "field.phone");
        CHECK(typed(kCustomer, "owners", "周明远 60%、李四 40%") ==
              R"([{"name":"周明远","share_bp":6000},{"name":"李四","share_bp":4000}])");
    }
    TEST_CASE("one-line fields keep one line, long ones their lines") {
        CHECK(typed(kCustomer, "name", "杭州\r\n明润\t药业") == "杭州 明润 药业");
        CHECK(typed(kCustomer, "remark", "一\r\n二") == "一\n二");
    }
    TEST_CASE("nothing typed, nothing in a list and no identity all mean empty") {
        CHECK(typed(kCustomer, "name", " 　 ") == "");
        CHECK(typed(kCustomer, "former_names", "[]") == "");
        CHECK(typed(kCustomer, "former_names", "、") == "");
        for (const Value& value : {Value(""), Value("  "), Value()}) {
            CHECK(is_empty(*validate(*find_field(kCustomer, "name"), value, kTestNow)));
        }
        CHECK(is_empty(*validate(*find_field(kCustomer, "owner_user_id"), RecordId{}, kTestNow)));
    }
    TEST_CASE(
        "a repeated element counts once where lists unite, and stays where rows are appended") {
        CHECK(typed(kCustomer, "former_names", R"(["a","a"])") == R"(["a"])");
        CHECK(typed(kWorkLog, "remark", R"(["b","a","b"])") == R"(["b","a","b"])");
    }
    TEST_CASE("references are typed as UUID, in any order and case") {
        const std::string id = "01900000-0000-7000-8000-0000000000ab";
        CHECK(typed(kCustomer, "owner_user_id", "0190000000007000800000000000 00AB") ==
              "field.reference");
        CHECK(typed(kCustomer, "owner_user_id", "019000000000700080000000000000AB") == id);
        CHECK(typed(kProcurementProfile, "deciders", id + "," + id) == "[\"" + id + "\"]");
        CHECK(typed(kProcurementProfile, "deciders", "李四") == "field.reference");
    }
    TEST_CASE("masks show what domain rule 6 allows and hide the rest") {
        const auto mask = [](const Kind& kind, const char* name, const char* value) {
            return *as_text(masked(*find_field(kind, name), Value(value)));
        };
        CHECK(mask(kCustomer, "id_no", "330106198504120011") == "330●●●11");
        CHECK(mask(kCustomer, "fax", "0571-88990012") == "●●●0012");
        CHECK(mask(kCustomer, "credit_class", "2") == "●●●");
        CHECK(mask(kCustomer, "fax", "0012") == "●●●");
        CHECK(mask(kContact, "phones", R"([{"kind":"mobile","number":"13900001111"}])") ==
              "●●●1111");
        CHECK(is_empty(masked(*find_field(kCustomer, "fax"), Value())));
    }
    TEST_CASE("a draft needs a name; everything else a salesperson need not say is preset") {
        CHECK(fault_of(kCustomer, new_customer()) == "ok");
        CHECK(fault_of(kCustomer, with_presets(kCustomer, {}, kTestNow)) ==
              "field.required 客户名称/Customer name");
        const FieldValues values = new_customer();
        CHECK(*find(values, field(kCustomer, "country").tag) == Value("CN"));
        CHECK(*find(values, field(kCustomer, "file_state").tag) == Value("draft"));
        CHECK(*find(values, field(kCustomer, "first_contact_at").tag) == Value(kTestNow.ms));
    }
    TEST_CASE("a preset never replaces what was said") {
        FieldValues values;
        put(kCustomer, values, "country", "DE");
        values = with_presets(kCustomer, values, kTestNow);
        CHECK(*find(values, field(kCustomer, "country").tag) == Value("DE"));
    }
    TEST_CASE(
        "what nobody said is its author's: a file is his, his region's and his department's") {
        const auto id = [](std::uint8_t last) {
            RecordId made;
            made.bytes[15] = last;
            return made;
        };
        const Author ann{.user = id(1), .region = id(2), .department = id(3)};
        const auto held = [](const Kind& kind, const FieldValues& values, std::string_view name) {
            return record_in(values, kind, name);
        };
        FieldValues given;
        put(kCustomer, given, "region_id", id(9));
        const auto file = with_presets(kCustomer, given, kTestNow, ann);
        CHECK(held(kCustomer, file, "owner_user_id") == id(1));
        CHECK(held(kCustomer, file, "collector_user_id") == id(1));
        CHECK(held(kCustomer, file, "region_id") == id(9));
        CHECK(held(kCustomer, file, "department_id") == id(3));
        const auto log = with_presets(kWorkLog, {}, kTestNow, ann);
        CHECK(held(kWorkLog, log, "user_id") == id(1));
        const auto nobodys = with_presets(kCustomer, {}, kTestNow);
        CHECK(held(kCustomer, nobodys, "owner_user_id").is_none());
    }
    TEST_CASE("every preset is a valid value of its field") {
        for (const Kind* kind : kinds()) {
            for (const Field& field : kind->fields) {
                CAPTURE(std::string(field.name));
                // A number of days is a setting of the company's, not a value.
                const bool is_days = field.preset.starts_with('+');
                if (!field.preset.empty() && !is_days && !field.preset.starts_with(kAuthor))
                    CHECK(parse(field, field.preset, kTestNow).has_value());
            }
        }
    }
    TEST_CASE("some sources need a detail, a referral its customer") {
        FieldValues values = new_customer();
        put(kCustomer, values, "source", "event");
        CHECK(fault_of(kCustomer, values) == "field.required_when 来源说明/Source detail");
        put(kCustomer, values, "source_detail", "2026春季药交会");
        CHECK(fault_of(kCustomer, values) == "ok");
        put(kCustomer, values, "source", "referral");
        CHECK(fault_of(kCustomer, values) == "field.required_when 介绍客户/Referring customer");
    }
    TEST_CASE("a status set by hand has an end within 12 months, and loss a reason") {
        FieldValues values = new_customer();
        put(kCustomer, values, "status_override", "lost");
        CHECK(fault_of(kCustomer, values) == "field.required_when 流失原因/Reason of loss");
        put(kCustomer, values, "loss_reason", "价格");
        put(kCustomer, values, "status_override_until", "2028-01-01");
        CHECK(fault_of(kCustomer, values) == "field.too_far 人工状态至/Status by hand until");
        put(kCustomer, values, "status_override_until", "2027-09-21");
        CHECK(fault_of(kCustomer, values) == "ok");
    }
    TEST_CASE("a visit has a purpose and does not end before it starts") {
        FieldValues values = new_visit();
        CHECK(fault_of(kCommunication, values) == "ok");
        put(kCommunication, values, "ended_at", kTestNow.ms - 1);
        CHECK(fault_of(kCommunication, values) == "field.order 结束时间/Ended at");
        put(kCommunication, values, "ended_at", kTestNow.ms);
        CHECK(fault_of(kCommunication, values) == "ok");
        put(kCommunication, values, "purpose", Value());
        CHECK(fault_of(kCommunication, values) == "field.required_when 目的/Purpose");
        put(kCommunication, values, "kind", "phone");
        CHECK(fault_of(kCommunication, values) == "ok");
    }
    TEST_CASE("a grant names a person or a role, never both or neither") {
        FieldValues values;
        for (const char* name : {"from_at", "to_at"}) put(kAccessGrant, values, name, kTestNow.ms);
        put(kAccessGrant, values, "scope_kind", "customer");
        put(kAccessGrant, values, "scope_ids", R"(["01900000-0000-7000-8000-000000000001"])");
        put(kAccessGrant, values, "purpose", "售后排查");
        values = with_presets(kAccessGrant, values, kTestNow);
        CHECK(fault_of(kAccessGrant, values) == "field.exactly_one 被授权人/Grantee");
        put(kAccessGrant, values, "grantee_role", "technician");
        CHECK(fault_of(kAccessGrant, values) == "ok");
        put(kAccessGrant, values, "grantee_user_id", RecordId{{1}});
        CHECK(fault_of(kAccessGrant, values) == "field.exactly_one 被授权人/Grantee");
    }
    TEST_CASE(
        "a new record comes out canonical, without empty values; unknown fields are refused") {
        FieldValues values = new_customer();
        put(kCustomer, values, "name", " 明润 ");
        put(kCustomer, values, "fax", "");
        const auto valid = validate_record(kCustomer, values, kTestNow);
        REQUIRE(valid);
        CHECK(*find(*valid, field(kCustomer, "name").tag) == Value("明润"));
        CHECK(find(*valid, field(kCustomer, "fax").tag) == nullptr);
        assign(values, 5000, "x");
        CHECK(fault_of(kCustomer, values) == "field.unknown 5000");
    }
}
