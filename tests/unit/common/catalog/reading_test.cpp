#include "common/catalog/reading.hpp"

#include <doctest/doctest.h>

#include "common/catalog/canonical.hpp"
#include "common/catalog/country_table.hpp"
#include "common/catalog/customer.hpp"
#include "common/catalog/divisions.hpp"
#include "common/catalog/doubt.hpp"
#include "common/catalog/former_divisions.hpp"
#include "common/catalog/identity.hpp"
#include "common/catalog/places.hpp"

#include "tests/unit/common/catalog/samples.hpp"

using namespace dossier;
using namespace dossier::catalog;

namespace {

/// One row of a list: its cells read one after another.
struct Row {
    FieldValues values;
    std::string notes;  ///< ids of the notes and faults, in order

    Row(std::initializer_list<std::pair<const char*, const char*>> cells) {
        for (const auto& [name, text] : cells) {
            auto told = read_into(kCustomer, *find_field(kCustomer, name), text, values, kTestNow);
            if (!told) notes += std::string(told.error().id()) + " ";
            if (told) {
                for (const Error& note : *told) notes += std::string(note.id()) + " ";
            }
        }
    }
    [[nodiscard]] std::string at(std::string_view name) const {
        const Value* value = find(values, find_field(kCustomer, name)->tag);
        const auto* text = value == nullptr ? nullptr : as_text(*value);
        return text == nullptr ? "" : *text;
    }
};

}  // namespace

TEST_SUITE("common/catalog/reading") {
    TEST_CASE("phones as pasted are cleaned, split or left empty") {
        for (const char* typed :
             {"\u202A13900000901\u202C", "\u206613900000901\u2069", "139\u200B00000901",
              "139\u00AD00000901", "\uFEFF13900000901", "139\u200C00000901"})
            CHECK(Row{{"phone_main", typed}}.at("phone_main") == "13900000901");
        for (const char* typed : {"0571–55500907", "0571—55500907", "0571\u201155500907",
                                  "0571−55500907", "０５７１－５５５００９０７", "0571～55500907"})
            CHECK(Row{{"phone_main", typed}}.at("phone_main") == "0571-55500907");
        CHECK(Row{{"phone_main", "0571\u300055500926"}}.at("phone_main") == "0571 55500926");
        CHECK(Row{{"phone_main", "＋86 13900000928"}}.at("phone_main") == "+86 13900000928");
        for (const char* typed : {"0571-55500917 分机 12", "0571-55500917 ext. 12",
                                  "0571-55500917#12", "0571-55500917x12", "0571-55500917*12"})
            CHECK(Row{{"phone_main", typed}}.at("phone_main") == "0571-55500917-12");
        const Row two{{"phone_main", "0571-55500913/55500914"}};
        CHECK(two.at("phone_main") == "0571-55500913");
        CHECK(two.at("phones_other") == R"(["0571-55500914"])");
        CHECK(two.notes == "field.split_phones ");
        for (const char* nothing : {"无", "-", "/", "N/A", " "}) {
            const Row row{{"phone_main", nothing}};
            CHECK(row.at("phone_main") == "");
            CHECK(row.notes == "");
        }
        const Row named{{"fax", "1234567"}, {"fax", "张先生13900000924"}};
        CHECK(named.notes == "field.phone ");
        CHECK(named.at("fax") == "1234567");
    }
    TEST_CASE("a code whose check fails is kept, marked with why, and read back without the mark") {
        const auto kept = [](const char* typed) { return Row{{"unified_code", typed}}; };
        CHECK(kept("91350100M000100Y43").notes == "");
        for (const char* same : {"9135 0100 M000 100Y 43", "91350100-M000100Y-43",
                                 "９１３５０１００m000100y43", "\u200B91350100M000100Y43\u00A0"}) {
            CHECK(kept(same).at("unified_code") == "91350100M000100Y43");
            CHECK(kept(same).notes == "");
        }
        const Field& code = *find_field(kCustomer, "unified_code");
        for (const auto& [typed, why] : {std::pair{"91350100M000100Y44", "校验位不符"},
                                         {"330106700000001", "15 位税号"},
                                         {"110101194912310021", "校验位不符"},
                                         {"11010519491231002X", "身份证号"},
                                         {"330106199001010296", "身份证号"},
                                         {"70000000-X", "组织机构代码"},
                                         {"91330106MAO0000319", "I O S V Z"},
                                         {"9133010********05Y", "遮盖"},
                                         {"91330106MA2000031", "不是 18 位"}}) {
            const Row row = kept(typed);
            CAPTURE(typed);
            CHECK(row.notes == "field.kept_unverified ");
            const auto shown = display(code, row.at("unified_code"), Lang::Zh);
            CHECK(shown.find("未核") != std::string::npos);
            CHECK(shown.find(why) != std::string::npos);
            CHECK(*as_text(*parse(code, shown, kTestNow)) == row.at("unified_code"));
            const auto english = display(code, row.at("unified_code"), Lang::En);
            CHECK(*as_text(*parse(code, english, kTestNow)) == row.at("unified_code"));
        }
        for (const char* none : {"无", "办理中"}) {
            CHECK(kept(none).at("unified_code") == "");
            CHECK(kept(none).notes == "");
        }
        CHECK(kept("在办").notes == "field.code ");
    }
    TEST_CASE("places no table knows are kept as text, those of the tables as codes") {
        const Row island{{"country", "CN"},
                         {"province", "香港特别行政区"},
                         {"city", "香港岛"},
                         {"district", "中西区"}};
        CHECK(island.at("province") == "810000");
        CHECK(island.at("city") == "");
        CHECK(island.at("place_text") == "香港岛 中西区");
        CHECK(island.notes == "field.kept_elsewhere field.kept_elsewhere ");
        const Row same{{"province", "香港"}, {"city", "香港"}};
        CHECK(same.at("place_text") == "");
        CHECK(same.notes == "");
        // A district of Dalian has the name of one of Taipei.
        const Row taipei{{"province", "台湾省"}, {"city", "台北市"}, {"district", "中山区"}};
        CHECK(taipei.at("place_text") == "台北市 中山区");
        CHECK(taipei.at("district") == "");
        CHECK(Row{{"city", "澳门"}}.at("province") == "820000");
        CHECK(Row{{"country", "德国"}, {"city", "München"}}.at("place_text") == "München");
        const Row zone{{"city", "苏州市"}, {"district", "苏州工业园区"}};
        CHECK(zone.at("industrial_zone") == "苏州工业园区");
        CHECK(zone.notes == "field.kept_elsewhere ");
        const Row typo{{"city", "杭洲"}};
        CHECK(typo.notes == "field.division ");
        CHECK(Row{{"district", "浦东新区"}}.at("district") == "310115");
        CHECK(Row{{"province", "香港"}, {"district", "中西区"}, {"district", "中西区"}}.at(
                  "place_text") == "中西区");
    }
    TEST_CASE("places in traditional characters are those of the tables") {
        for (const char* typed : {"台灣", "臺灣省", "臺灣"})
            CHECK(Row{{"province", typed}}.at("province") == "710000");
        const Row row{{"country", "中國"},
                      {"province", "廣東省"},
                      {"city", "廣州市"},
                      {"district", "天河區"}};
        CHECK(row.notes == "");
        CHECK(row.at("country") == "CN");
        CHECK(row.at("province") == "440000");
        CHECK(row.at("city") == "440100");
        CHECK(row.at("district") == "440106");
        CHECK(Row{{"district", "餘杭區"}}.at("district") == "330110");
        CHECK(Row{{"country", "Åland Islands"}}.at("country") == "AX");
        CHECK(Row{{"district", "蘇州工業園區"}}.at("industrial_zone") == "蘇州工業園區");
    }
    TEST_CASE("what stands beside or below the tables' districts is kept as text and told") {
        const Row town{{"province", "广东"}, {"city", "东莞市"}, {"district", "长安镇"}};
        CHECK(town.at("city") == "441900");
        CHECK(town.at("place_text") == "长安镇");
        CHECK(town.notes == "field.kept_elsewhere ");
        const Row capital{{"province", "北京市"}, {"city", "市辖区"}, {"district", "朝阳区"}};
        CHECK(capital.at("place_text") == "市辖区");
        CHECK(capital.at("district") == "110105");
        for (const char* typed : {"县", "市轄區", "古荡街道", "長安鎮"})
            CHECK(Row{{"district", typed}}.at("place_text") == typed);
    }
    TEST_CASE("kinds of documents are known by the names people write") {
        for (const char* typed : {"身份证", "居民身份证", "二代身份证", "第二代居民身份证"})
            CHECK(Row{{"id_kind", typed}}.at("id_kind") == "resident");
        CHECK(Row{{"id_kind", "台胞证"}}.at("id_kind") == "taiwan_permit");
        CHECK(Row{{"id_kind", "ID card"}}.at("id_kind") == "resident");
        CHECK_FALSE(Row{{"id_kind", "学生证"}}.notes.empty());
    }
    TEST_CASE("former districts and cities are understood, whole tables of them") {
        const auto district = [](const char* name) {
            return Row{{"district", name}}.at("district");
        };
        CHECK(district("江干区") == "330102");
        CHECK(district("杭州市下城区") == "330105");
        CHECK(district("上海市卢湾区") == "310101");
        CHECK(district("闸北区") == "310106");
        CHECK(Row{{"city", "襄樊市"}}.at("city") == "420600");
        // Several had that name.
        CHECK(Row{{"district", "南市区"}}.notes == "field.division_ambiguous ");
        CHECK(Row{{"city", "上海市"}, {"district", "南市区"}}.at("district") == "310101");
        for (const FormerDivision& each : kFormerDivisions) {
            CAPTURE(std::string(each.name));
            const auto sort = each.code % 100 == 0 ? DivisionSort::City : DivisionSort::District;
            CHECK(division_name(std::to_string(each.code), sort).has_value());
        }
    }
    TEST_CASE("a country is typed by its Chinese, English or other name or by its codes") {
        const auto country = [](const char* typed) {
            return Row{{"country", typed}}.at("country");
        };
        for (const char* typed : {"美国", "USA", "usa", "U.S.A.", "United States of America", "US"})
            CHECK(country(typed) == "US");
        for (const char* typed : {"韩国", "South Korea", "Korea, Republic of", "KOR"})
            CHECK(country(typed) == "KR");
        for (const char* typed : {"中国", "CHN", "China", "PRC"}) CHECK(country(typed) == "CN");
        for (const char* typed : {"中国香港", "香港", "HK", "Hong Kong"})
            CHECK(country(typed) == "HK");
        for (const char* typed : {"英国", "United Kingdom", "UK"}) CHECK(country(typed) == "GB");
        CHECK(country("俄罗斯") == "RU");
        CHECK(country("Germany") == "DE");
        CHECK(Row{{"country", "Atlantis"}}.notes == "field.country ");
        CHECK(kCountries.size() == 249);
        for (const Country& each : kCountries) {
            CAPTURE(std::string(each.code));
            for (const auto name : {each.code, each.code3, each.zh, each.en})
                CHECK(country_code(name) == each.code);
        }
    }
    TEST_CASE("identity documents are of a kind, and the number fits the kind that was said") {
        for (const auto& [number, kind] : {std::pair{"11010519491231002X", "resident"},
                                           {"110101800101001", "resident"},
                                           {"83000019900101001X", "residence_permit"},
                                           {"911124198108030024", "foreigner_permit"},
                                           {"USA340182060708", "foreigner_permit"},
                                           {"H12345678", "hk_macao_permit"},
                                           {"M1234567801", "hk_macao_permit"},
                                           {"12345678", "taiwan_permit"},
                                           {"E12345678", "passport"}}) {
            CHECK(id_kind_of(number) == kind);
            const Row row{{"id_no", number}};
            CHECK(row.at("id_no") == number);
            CHECK(row.at("id_kind") == (std::string(kind) == "resident" ? "" : kind));
        }
        CHECK(Row{{"id_no", "1101 0519 4912 3100 2x"}}.at("id_no") == "11010519491231002X");
        CHECK(Row{{"id_no", "83000019900101001X"}}.notes == "field.kept_unverified ");
        CHECK(Row{{"id_kind", "护照"}, {"id_no", "12345678"}}.at("id_kind") == "passport");
        const auto whole = [](const char* kind, const char* number) {
            FieldValues values;
            assign(values, find_field(kCustomer, "id_kind")->tag, std::string(kind));
            assign(values, find_field(kCustomer, "id_no")->tag, std::string(number));
            const auto valid = validate_whole(kCustomer, values, kTestNow);
            return valid ? std::string("ok") : std::string(valid.error().id());
        };
        CHECK(whole("resident", "11010519491231002X") == "ok");
        CHECK(whole("passport", "E12345678") == "ok");
        CHECK(whole("resident", "E12345678") == "field.identity");
        CHECK(whole("hk_macao_permit", "E12345678") == "field.identity");
        CHECK(whole("resident", "110●●●2X") == "ok");  // masked: nothing can be said
    }
}
