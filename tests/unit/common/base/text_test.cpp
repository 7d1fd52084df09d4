#include "common/base/text.hpp"

#include <array>
#include <cstdlib>
#include <memory>
#include <vector>

#include <doctest/doctest.h>
#include <utf8proc.h>

#include "common/base/result.hpp"
#include "common/base/safe_text.hpp"
#include "common/base/told.hpp"

using namespace dossier;

TEST_SUITE("common/base/text") {
    TEST_CASE("canonical text is composed and trimmed, full-width space included") {
        CHECK(canonical_text("  e\xCC\x81t\xC3\xA9\xE3\x80\x80") == "été");
        CHECK(canonical_text(" abc\t") == "abc");
        CHECK(canonical_text("") == "");
    }
    TEST_CASE("characters nobody sees are left out, odd spaces become spaces") {
        for (const char* unseen :
             {"\u200B", "\uFEFF", "\u00AD", "\u200E", "\u200F", "\u202A", "\u202E", "\u2066",
              "\u2069", "\u2060", "\u200C", "\u200D", "\u061C", "\u034F"}) {
            CAPTURE(unseen);
            CHECK(canonical_text(std::string("钱塘") + unseen + "仪器") == "钱塘仪器");
            CHECK(canonical_text(unseen + std::string("139") + unseen) == "139");
        }
        for (const char* space : {"\u00A0", "\u202F", "\u2007", "\u2009", "\u205F"}) {
            CAPTURE(space);
            CHECK(canonical_text(std::string("钱塘") + space + "仪器") == "钱塘 仪器");
        }
        CHECK(canonical_text("一\u2028二\u2029三") == "一\n二\n三");
    }
    TEST_CASE("a joiner stays where a script or a pictograph is written with it") {
        CHECK(canonical_text("می\u200Cخواهم") == "می\u200Cخواهم");
        CHECK(canonical_text("👩\u200D🔬") == "👩\u200D🔬");
        CHECK(canonical_text("李\u200D雷") == "李雷");
    }
    TEST_CASE("a passphrase keeps every character it was made of") {
        CHECK(composed_text("\u200Bab\u00A0c\u200E") == "ab\u00A0c\u200E");
    }
    TEST_CASE("canonical text has one form: made so twice it is the same") {
        for (utf8proc_int32_t point = 1; point < 0x33000; ++point) {
            if (point >= 0xD800 && point < 0xE000) continue;
            utf8proc_uint8_t bytes[4];
            const auto size = utf8proc_encode_char(point, bytes);
            const std::string one(reinterpret_cast<const char*>(bytes),
                                  static_cast<std::size_t>(size));
            const auto once = canonical_text("a" + one + " \u200D" + one);
            if (!once || canonical_text(*once) != once) FAIL_CHECK(point);
        }
    }
    TEST_CASE("every character beside every other has the form Unicode says") {
        std::vector<utf8proc_int32_t> wrong;
        for (utf8proc_int32_t point = 0x21; point < 0x1'0000; ++point) {
            if (point >= 0xD800 && point < 0xE000) continue;
            utf8proc_uint8_t bytes[4];
            const auto size = utf8proc_encode_char(point, bytes);
            const std::string one(reinterpret_cast<const char*>(bytes),
                                  static_cast<std::size_t>(size));
            const std::string text = "é中" + one + "a";
            const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> expected(
                utf8proc_NFC(reinterpret_cast<const utf8proc_uint8_t*>(text.c_str())), &std::free);
            const auto found = canonical_text(text);
            if (found == "é中a" || found == "é中 a" || found == "é中\na") continue;  // cleaned
            const bool same =
                found && expected && *found == reinterpret_cast<const char*>(expected.get());
            if (!same && (found || expected)) wrong.push_back(point);
        }
        CHECK(wrong.empty());
    }
    TEST_CASE("bytes that are not UTF-8 have no canonical form") {
        CHECK_FALSE(canonical_text("\xC3").has_value());
        CHECK_FALSE(canonical_text("\xED\xA0\x80").has_value());  // a surrogate
        CHECK_FALSE(canonical_text("\xC0\x80").has_value());      // overlong NUL
    }
    TEST_CASE("NUL, controls and bidirectional overrides are forbidden, line ends are not") {
        CHECK(has_forbidden_character(std::string_view("a\0b", 3)));
        CHECK(
            has_forbidden_character("a\xE2\x80\xAE"
                                    "b"));
        CHECK(has_forbidden_character("a\x1B[0m"));
        CHECK_FALSE(has_forbidden_character("两行\n文字\t"));
    }
    TEST_CASE("head and tail count characters, not bytes") {
        CHECK(head("杭州明润", 2) == "杭州");
        CHECK(tail("杭州明润", 2) == "明润");
        CHECK(head("ab", 5) == "ab");
        CHECK(character_count("杭州a") == 3);
    }
    TEST_CASE("an error tells what, its code and the remedy in the asked language") {
        static constexpr Fault kFault{"test.bad",
                                      ErrorCode::Malformed,
                                      {"字段 {} 不对", "field {} is bad"},
                                      {"改为 {}", "write {}"}};
        const Error error{&kFault, {"fax", "0571-1"}};
        CHECK(describe(error, Lang::Zh) == "字段 fax 不对（test.bad）。处理：改为 0571-1");
        CHECK(describe(error, Lang::En) == "field fax is bad (test.bad). Remedy: write 0571-1");
        CHECK(kFault.next().empty());
    }
    TEST_CASE("an action named in a remedy is no mark to be filled; a shell says it in its words") {
        static constexpr Fault kFault{"test.next",
                                      ErrorCode::NotFound,
                                      {"没有 {}", "there is no {}"},
                                      {"用 {do:case.list} 查 {}，或 {do:dup.not-dup} {}",
                                       "use {do:case.list} for {}, or {do:dup.not-dup} {}"}};
        CHECK(kFault.next() == "case.list");
        const Error error{&kFault, {"{do:x.y}", "2", "3"}};
        const auto words = [](std::string_view action) { return "[" + plain_name(action) + "]"; };
        CHECK(say_actions(describe(error, Lang::Zh), words) ==
              "没有 {do:x.y}（test.next）。处理：用 [case list] 查 2，或 [dup not-dup] 3");
        CHECK(say_actions(describe(error, Lang::En), plain_name) ==
              "there is no {do:x.y} (test.next). Remedy: use case list for 2, or dup not-dup 3");
    }
    TEST_CASE("nobody's words are taken for an action; what was told already stays told") {
        const auto named = fill("{do:case.list}", {});
        CHECK(told("见 {}，{}", std::array<std::string, 2>{"{do:sync}", named}) ==
              "见 {do:sync}，" + named);
        CHECK(has_forbidden_character(named));
        for (const std::string& broken :
             {std::string("\x02"), std::string("\x02\x03"), std::string("\x02 a\x03"),
              std::string("\x02"
                          "abc"),
              std::string("\x02"
                          "A\x03"),
              std::string("a\x03")}) {
            CHECK(say_actions(broken, plain_name) == broken);
            CHECK(told("{}", std::array{broken}) == safe_text(broken));
        }
        CHECK(say_actions("\x02\x02"
                          "a.b\x03",
                          plain_name) ==
              "\x02"
              "a b");
    }
}
