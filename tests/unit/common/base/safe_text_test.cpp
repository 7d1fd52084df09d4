#include "common/base/safe_text.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "common/base/log.hpp"
#include "common/base/result.hpp"

namespace dossier {
namespace {

/// Everything that can steer a terminal, break a line or turn its direction.
constexpr std::string_view kHostile =
    "\x1b]0;x\x07\x08\x7f\r"
    "\xC2\x9B"
    "2J\xC2\x85"
    "\xE2\x80\xAE\xE2\x80\x8F\xE2\x81\xA6\xD8\x9C\xE2\x80\xA8";

bool is_harmless(std::string_view text) {
    for (const char c : text) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) return false;
    }
    for (const auto* each : {"\xC2\x9B", "\xC2\x85", "\xE2\x80\xAE", "\xE2\x80\x8F", "\xE2\x81\xA6",
                             "\xD8\x9C", "\xE2\x80\xA8"}) {
        if (text.find(each) != std::string_view::npos) return false;
    }
    return true;
}

constexpr Fault kTold{
    "test.told", ErrorCode::Denied, {"“{}”不行", "'{}' does not do"}, {"改 {}", ""}};

TEST_SUITE("common/base/safe_text") {
    TEST_CASE("controls, C1 and characters of direction are gone, words stay") {
        const auto safe = safe_text("明润" + std::string(kHostile) + "医药\nA\tB");
        CHECK(is_harmless(safe));
        CHECK(safe == "明润]0;x2J 医药 A B");
        CHECK(safe_text("a\nb\tc\rd", Lines::Keep) == "a\nb\tcd");
    }

    TEST_CASE("broken bytes become one sign each, and what is safe stays as it is") {
        CHECK(safe_text("a\xC3(\xFF") == "a\xEF\xBF\xBD(\xEF\xBF\xBD");
        for (const std::string& text : {std::string(kHostile), std::string("a\xC3\x28"),
                                        std::string("杭州𠮷é"), std::string()}) {
            for (const Lines lines : {Lines::Join, Lines::Keep})
                CHECK(safe_text(safe_text(text, lines), lines) == safe_text(text, lines));
        }
        CHECK(safe_text("杭州𠮷é") == "杭州𠮷é");
    }

    TEST_CASE("a JSON text means the same and steers nothing") {
        const nlohmann::json value{{"name", "明润" + std::string(kHostile)}};
        const auto safe = safe_json(value.dump());
        CHECK(is_harmless(safe));
        CHECK(nlohmann::json::parse(safe) == value);
    }

    TEST_CASE("a refusal quotes its arguments in one harmless line") {
        const Error error{&kTold, {std::string(kHostile) + "\n错误：假", std::string(kHostile)}};
        for (const Lang lang : {Lang::Zh, Lang::En}) CHECK(is_harmless(describe(error, lang)));
    }

    TEST_CASE("a word of the other side cannot forge a line of the log") {
        const auto path = std::filesystem::temp_directory_path() / "dossier-safe-text.log";
        std::filesystem::remove(path);
        open_log(path.string(), LogLevel::Info)
            ->info("sync.refused", {{"reason", std::string(kHostile) + "\n2026 info forged"}});
        std::ifstream in(path);
        const std::string whole{std::istreambuf_iterator<char>(in), {}};
        std::filesystem::remove(path);
        REQUIRE(whole.ends_with('\n'));
        CHECK(is_harmless(whole.substr(0, whole.size() - 1)));
    }
}

}  // namespace
}  // namespace dossier
