#include "common/base/phone.hpp"

#include <doctest/doctest.h>

using namespace dossier;

namespace {

std::string stored(std::string_view typed) {
    return phone_text(typed).value_or("none");
}
std::string number(std::string_view typed) {
    const auto phone = phone_from(typed);
    return phone ? phone->number + (phone->extension.empty() ? "" : " " + phone->extension)
                 : "none";
}
bool one_line(std::string_view a, std::string_view b) {
    return same_line(*phone_from(a), *phone_from(b)) && same_line(*phone_from(b), *phone_from(a));
}
using Texts = std::vector<std::string>;

}  // namespace

TEST_SUITE("common/base/phone") {
    TEST_CASE("dashes of every sort are a hyphen, and so is what an extension begins with") {
        for (const char* dash : {"-", "–", "—", "‑", "−", "~", "～", "－", "."})
            CHECK(stored(std::string("0571") + dash + "55500907") == "0571-55500907");
        for (const char* word : {" 分机 ", " ext. ", " ext ", "#", "x", "*", "转", " Extension: "})
            CHECK(stored(std::string("0571-55500917") + word + "8012") == "0571-55500917-8012");
        CHECK(stored("(0571)55500920") == "(0571)55500920");
        CHECK(stored("+1-415-555-0101 x12") == "+1-415-555-0101-12");
        for (const char* none : {"", "张先生13900000924", "x12345", "无", "1234", "0571-5550a",
                                 "1234567890123456789", "139+00000905"})
            CHECK(stored(none) == "none");
    }
    TEST_CASE("one line is one number, with and without country code, area code and extension") {
        for (const char* same :
             {"13900001001", "+86 139 0000 1001", "0086-139-0000-1001", "8613900001001"})
            CHECK(number(same) == "13900001001");
        for (const char* same : {"0571-55501004", "+86-571-55501004", "0086 571 55501004",
                                 "(0571)5550 1004", "+86 (0)571 55501004", "0571 5550-1004"})
            CHECK(number(same) == "057155501004");
        CHECK(number("0571-55501011-8012") == "057155501011 8012");
        CHECK(number("010-55501011-12") == "01055501011 12");
        CHECK(number("13900001001-12") == "13900001001 12");
        CHECK(number("400-555-1007") == "4005551007");
        CHECK(number("+852 2555 5555") == "+85225555555");
        CHECK(number("00852-25555555") == "+85225555555");
        CHECK(number("+1-415-555-0101 x12") == "+14155550101 12");
        CHECK(number("+49 (0)30 5555-0100") == "+493055550100");
        CHECK(number("01-55-55-01-00") == "0155550100");
        CHECK(number("55501004") == "55501004");
    }
    TEST_CASE("a line is the same with its area code and without, not with another one") {
        CHECK(one_line("55501004", "0571-55501004"));
        CHECK(one_line("0571-55501004-8012", "+86 571 5550 1004"));
        CHECK(one_line("25555559", "+852 2555 5559"));
        CHECK_FALSE(one_line("010-55501004", "0571-55501004"));
        CHECK_FALSE(one_line("0571-55501005", "0571-55501004"));
        CHECK_FALSE(one_line("13900001001", "+85213900001001"));
    }
    TEST_CASE("a cell with several numbers gives each, with the area code of the one before") {
        CHECK(phone_texts("0571-55500913/55500914") == Texts{"0571-55500913", "0571-55500914"});
        CHECK(phone_texts("0571-55500915、55500916") == Texts{"0571-55500915", "0571-55500916"});
        CHECK(phone_texts("0571-55500931;13900000931") == Texts{"0571-55500931", "13900000931"});
        CHECK(phone_texts("0571-55500931") == Texts{"0571-55500931"});
        CHECK(phone_texts("/") == Texts{});
        CHECK_FALSE(phone_texts("0571-55500931/王").has_value());
    }
}
