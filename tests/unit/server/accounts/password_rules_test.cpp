#include "server/accounts/password_rules.hpp"

#include <doctest/doctest.h>

namespace dossier::server {

TEST_SUITE("server/accounts/password_rules") {
    TEST_CASE("a password has ten characters at least, whatever they are") {
        CHECK(check_password("lake seven", "ann").has_value());
        CHECK(check_password("lake seve", "ann").error().is(kShortPassword));
        CHECK(check_password("三月湖边看纸船与月亮", "ann").has_value());
        CHECK(check_password("三月湖边看纸船", "ann").error().is(kShortPassword));
        CHECK(check_password(std::string(129, 'x') + "y", "ann").error().is(kShortPassword));
    }
    TEST_CASE("what is guessed first is refused, however it is dressed up") {
        for (const auto* common :
             {"password123", "P@ssw0rd2026", "1234567890", "0987654321", "qwertyuiop",
              "Qwerty12345", "1qaz2wsx3edc", "aaaaaaaaaaaa", "abcabcabcabc", "admin123456",
              "Welcome2026!", "woaini1314520", "iloveyou1234", "2026-03-02 10", "13800138000",
              "abcdefghij", "asdfghjkl;12", "dossier12345", "letmein12345"}) {
            CAPTURE(common);
            const auto checked = check_password(common, "ann");
            CHECK_FALSE(checked.has_value());
            if (!checked) CHECK(checked.error().is(kCommonPassword));
        }
        CHECK_FALSE(check_password("lijianguo2026", "lijianguo").has_value());
        CHECK(check_password("lijianguo2026", "ann").has_value());
    }
    TEST_CASE("words that have nothing to do with each other are taken") {
        for (const auto* good : {"lake seven paper moon", "correct horse battery", "tL9#vq2Rw8z!",
                                 "paper-boat-17-river", "红茶配三块旧瓦片在雨天"}) {
            CAPTURE(good);
            CHECK(check_password(good, "ann").has_value());
        }
    }
    TEST_CASE("one password typed on two keyboards is the same") {
        CHECK(composed_password("cafe\xCC\x81 lake paper").value() ==
              composed_password("caf\xC3\xA9 lake paper").value());
        CHECK(composed_password("a\xFFz").error().is(kPasswordText));
        CHECK(composed_password(std::string_view("a\0z", 3)).error().is(kPasswordText));
    }
}

}  // namespace dossier::server
