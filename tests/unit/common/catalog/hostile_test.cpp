#include <doctest/doctest.h>

#include "common/catalog/customer.hpp"
#include "common/catalog/describe.hpp"
#include "common/catalog/faults.hpp"

#include "tests/unit/common/catalog/samples.hpp"

using namespace dossier;
using namespace dossier::catalog;

namespace {

const Field& of_customer(std::string_view name) {
    return *find_field(kCustomer, name);
}

/// The fault of a value, or "ok".
std::string fault_of(const Field& field, const Value& value) {
    const auto valid = validate(field, value, kTestNow);
    return valid ? "ok" : std::string(valid.error().id());
}
std::string fault_of(std::string_view name, const Value& value) {
    return fault_of(of_customer(name), value);
}

bool is_number(const Field& field) {
    return field.type == Type::Int || field.type == Type::Money ||
           field.type == Type::BasisPoints || field.type == Type::Bool || field.type == Type::Time;
}

}  // namespace

TEST_SUITE("common/catalog/hostile") {
    TEST_CASE("no field of any kind takes a value of another type") {
        for (const Kind* kind : kinds()) {
            for (const Field* field : all_fields(*kind)) {
                CAPTURE(std::string(kind->name));
                CAPTURE(std::string(field->name));
                if (is_number(*field) || field->type == Type::Ref) {
                    CHECK(fault_of(*field, "7") == "field.wrong_type");
                } else {
                    CHECK(fault_of(*field, std::int64_t{7}) == "field.wrong_type");
                }
                if (field->type == Type::Ref) {
                    CHECK(fault_of(*field, std::int64_t{7}) == "field.wrong_type");
                } else {
                    CHECK(fault_of(*field, RecordId{{7}}) == "field.wrong_type");
                }
            }
        }
    }
    TEST_CASE("no field of text takes a megabyte, a NUL, an escape or broken UTF-8") {
        const std::string bad[] = {std::string(1U << 20U, 'a'), std::string("a\0b", 3), "a\x1B[2J",
                                   "\xC3", "\xED\xA0\x80"};
        for (const Kind* kind : kinds()) {
            for (const Field* field : all_fields(*kind)) {
                if (is_number(*field) || field->type == Type::Ref) continue;
                CAPTURE(std::string(field->name));
                for (const std::string& text : bad) {
                    CHECK(fault_of(*field, text) != "ok");
                    CHECK(fault_of(*field, "[\"" + text + "\"]") != "ok");
                    CHECK_FALSE(parse(*field, text, kTestNow).has_value());
                }
            }
        }
    }
    TEST_CASE("a text may be as long as its field says, in characters, and no longer") {
        std::string name;
        for (int i = 0; i < 120; ++i) name += "杭";
        CHECK(fault_of("name", name) == "ok");
        CHECK(fault_of("name", name + "州") == "field.too_long");
        CHECK(fault_of("former_names", "[\"" + name + "州\"]") == "field.too_long");
    }
    TEST_CASE("numbers outside their range are refused") {
        CHECK(fault_of("completeness_bp", std::int64_t{10'001}) == "field.out_of_range");
        CHECK(fault_of("assets_fen", std::int64_t{-1}) == "field.out_of_range");
        CHECK(fault_of("is_key", std::int64_t{2}) == "field.out_of_range");
        CHECK(fault_of("last_verified_at", INT64_MAX) == "field.out_of_range");
        CHECK(fault_of(*find_field(kCustomer, "secrecy_level"), std::int64_t{4}) ==
              "field.out_of_range");
    }
    TEST_CASE("what happened cannot lie in the future, ten minutes of a wrong clock excepted") {
        const std::int64_t minute = 60'000;
        CHECK(fault_of("first_contact_at", kTestNow.ms + 10 * minute) == "ok");
        CHECK(fault_of("first_contact_at", kTestNow.ms + 11 * minute) == "field.future");
        CHECK(fault_of("founded_on", "2026-09-21") == "ok");
        CHECK(fault_of("founded_on", "2026-09-22") == "field.future");
        CHECK(fault_of("next_review_on", "2027-01-01") == "ok");
    }
    TEST_CASE("dates that do not exist are refused") {
        for (const char* date : {"2026-02-29", "2026-2-3", "0000-00-00", "20260203", "--08-16"}) {
            CHECK(fault_of("founded_on", date) == "field.date");
        }
    }
    TEST_CASE("codes outside their list are refused, and the remedy names the list") {
        const auto refused = validate(of_customer("grade"), "D", kTestNow);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().is(kUnknownChoice));
        CHECK(catalog::describe(refused.error(), Lang::Zh).find("N(未评)") != std::string::npos);
        CHECK(fault_of("party_role", R"(["buyer","thief"])") == "field.unknown_choice");
        CHECK(fault_of("party_role", R"({"buyer":1})") == "field.malformed");
        CHECK(fault_of("party_role", R"([["buyer"]])") == "field.malformed");
    }
    TEST_CASE("numbers that are none of any document are refused") {
        for (const char* code : {"914403001922038216", "914403001922038261", "70000000-X"})
            CHECK(fault_of("unified_code", code) == "ok");
        for (const char* code : {"12345", "华泽", "ABCDEFGH", "91440300192203821612"})
            CHECK(fault_of("unified_code", code) == "field.code");
        CHECK(fault_of("id_no", "11010519491231002X") == "ok");
        CHECK(fault_of("id_no", "110105194912310021") == "ok");
        for (const char* number : {"1101051949123100", "11010519491231002Y", "护照", "1234"})
            CHECK(fault_of("id_no", number) == "field.check_digit");
        CHECK(fault_of("id_no", "110105203001010028") == "field.future");  // born in 2030
    }
    TEST_CASE("phones, mail addresses, countries, places and shares must look like themselves") {
        for (const char* phone : {"call me", "12", "+", "0571+88990011", "1234567890123456789"}) {
            CHECK(fault_of("fax", phone) == "field.phone");
        }
        for (const char* mail : {"a", "@b.cn", "a@b", "a b@c.cn", "a@b@c.cn", "a@b..cn", "<a@b.cn>",
                                 "a@b.cn,c@d.cn"}) {
            CHECK(fault_of("email_main", mail) == "field.email");
        }
        CHECK(fault_of("country", "XX") == "field.country");
        CHECK(fault_of("city", "杭州") == "field.division");
        CHECK(fault_of("province", "990000") == "field.province");
        CHECK(fault_of("geo", "91000000,0") == "field.geo");
        CHECK(fault_of("geo", "30.1,120.1") == "field.geo");
        CHECK(
            fault_of("owners", R"([{"name":"a","share_bp":6000},{"name":"b","share_bp":4001}])") ==
            "field.shares");
        CHECK(fault_of("owners", R"([{"name":"a","share_bp":-1}])") == "field.shares");
        CHECK(fault_of("owners", R"([{"name":"a","share_bp":1,"x":1}])") == "field.shares");
        CHECK(fault_of("owners", R"({"name":"a"})") == "field.shares");
    }
    TEST_CASE("lists have a bounded number of elements") {
        std::string many = "[";
        for (int i = 0; i < 501; ++i) many += (i == 0 ? "\"" : ",\"") + std::to_string(i) + '"';
        CHECK(fault_of("former_names", many + ']') == "field.too_many");
    }
    TEST_CASE("an error quotes at most forty characters, and none that could harm a terminal") {
        const auto refused =
            validate(of_customer("fax"), "\x1B[31m" + std::string(500, 'x'), kTestNow);
        REQUIRE_FALSE(refused);
        for (const auto& arg : refused.error().args) {
            CHECK(character_count(arg) <= 41);
            CHECK(arg.find('\x1B') == std::string::npos);
        }
        CHECK(refused.error().args.front() == "传真/Fax");
    }
    TEST_CASE("random bytes and random JSON never pass uncanonical") {
        CHECK(rc::check([] {
            const auto text = *rc::gen::string<std::string>();
            for (const char* name :
                 {"name", "former_names", "owners", "party_role", "fax", "geo"}) {
                const auto valid = validate(of_customer(name), text, kTestNow);
                if (valid) RC_ASSERT((*validate(of_customer(name), *valid, kTestNow) == *valid));
            }
        }));
    }
}
