#include "common/catalog/check_digit.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "tests/unit/common/catalog/samples.hpp"

using namespace dossier::catalog;

namespace {

/// Every code that differs from `code` in one character.
template <class Law>
void for_every_typing_error(const std::string& code, std::string_view alphabet, Law law) {
    for (std::size_t at = 0; at < code.size(); ++at) {
        for (const char c : alphabet) {
            std::string wrong = code;
            wrong[at] = c;
            if (wrong != code) law(wrong);
        }
    }
}

}  // namespace

TEST_SUITE("common/catalog/check_digit") {
    TEST_CASE("unified codes of real companies hold, and no single typing error does") {
        for (const char* code : {"91350100M000100Y43", "914403001922038216", "91330100799655058B",
                                 "9144030071526726XG"}) {
            CAPTURE(code);
            CHECK(is_unified_code(code));
            for_every_typing_error(
                code, "0123456789ABCDEFGHJKLMNPQRTUWXYIOSVZ",
                [](const std::string& wrong) { CHECK_FALSE(is_unified_code(wrong)); });
        }
        CHECK_FALSE(is_unified_code(""));
        CHECK_FALSE(is_unified_code("91350100M000100Y4"));
        CHECK_FALSE(is_unified_code("91350100m000100y43"));
    }
    TEST_CASE("identity numbers of the standard hold, and no single typing error does") {
        for (const char* number : {"11010519491231002X", "440524188001010014"}) {
            CAPTURE(number);
            CHECK(is_id_number(number));
            for_every_typing_error(number, "0123456789X", [](const std::string& wrong) {
                CHECK_FALSE(is_id_number(wrong));
            });
        }
        CHECK(birth_date_of("11010519491231002X") == "1949-12-31");
    }
    TEST_CASE("an identity number with a day that does not exist is refused, check digit or not") {
        for (char last = '0'; last <= '9'; ++last) {
            CHECK_FALSE(is_id_number(std::string("11010519490231002") + last));
        }
        CHECK_FALSE(is_id_number("11010519490231002X"));
        CHECK_FALSE(birth_date_of("110105").has_value());
    }
    TEST_CASE("MOD 11,10 gives the example of the standard") {
        CHECK(mod_11_10("0794") == '5');
        CHECK(holds_mod_11_10("07945"));
        CHECK(holds_mod_11_10("86095742719"));
        CHECK_FALSE(holds_mod_11_10("86095742791"));
        CHECK_FALSE(holds_mod_11_10(""));
        CHECK_FALSE(holds_mod_11_10("KH-"));
    }
    TEST_CASE("every number with its MOD 11,10 digit holds, letters and hyphens passed over") {
        CHECK(rc::check([](std::uint64_t number) {
            const std::string text = "KH-HD-2026-" + std::to_string(number) + "-";
            const std::string whole = text + mod_11_10(text);
            RC_ASSERT(holds_mod_11_10(whole));
            for_every_typing_error(
                std::to_string(number) + mod_11_10(std::to_string(number)), "0123456789",
                [](const std::string& wrong) { RC_ASSERT(!holds_mod_11_10(wrong)); });
        }));
    }
}
