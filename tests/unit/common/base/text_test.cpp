#include "common/base/text.hpp"

#include <cstdlib>
#include <memory>
#include <vector>

#include <doctest/doctest.h>
#include <utf8proc.h>

#include "common/base/result.hpp"

using namespace dossier;

TEST_SUITE("common/base/text") {
    TEST_CASE("canonical text is composed and trimmed, full-width space included") {
        CHECK(canonical_text("  e\xCC\x81t\xC3\xA9\xE3\x80\x80") == "été");
        CHECK(canonical_text(" abc\t") == "abc");
        CHECK(canonical_text("") == "");
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
    }
}
