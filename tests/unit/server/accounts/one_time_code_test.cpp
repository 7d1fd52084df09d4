#include "server/accounts/one_time_code.hpp"

#include <set>

#include <doctest/doctest.h>

namespace dossier::server {
namespace {

Bytes secret_of_rfc() {
    const auto text = bytes_of("12345678901234567890");
    return {text.begin(), text.end()};
}

}  // namespace

TEST_SUITE("server/accounts/one_time_code") {
    TEST_CASE("the codes are those of RFC 6238, appendix B") {
        struct Vector {
            std::int64_t seconds;
            const char* code;
        };
        for (const auto& [seconds, code] :
             {Vector{59, "287082"}, Vector{1'111'111'109, "081804"},
              Vector{1'111'111'111, "050471"}, Vector{1'234'567'890, "005924"},
              Vector{2'000'000'000, "279037"}, Vector{20'000'000'000, "353130"}}) {
            CAPTURE(seconds);
            const auto step = step_of_code(secret_of_rfc(), code, {seconds * 1000}, 0);
            REQUIRE(step.has_value());
            CHECK(*step == static_cast<std::uint64_t>(seconds / 30));
        }
    }
    TEST_CASE("a code is good half a minute early and late, in any grouping, and never twice") {
        const Instant then{1'111'111'111'000};
        const auto secret = secret_of_rfc();
        const auto step = step_of_code(secret, "050 471", then, 0);
        REQUIRE(step.has_value());
        CHECK(step_of_code(secret, "050471", then.plus(std::chrono::seconds(30)), 0) == step);
        CHECK(step_of_code(secret, "050471", then.plus(-std::chrono::seconds(30)), 0) == step);
        CHECK_FALSE(step_of_code(secret, "050471", then.plus(std::chrono::seconds(60)), 0));
        CHECK_FALSE(step_of_code(secret, "050471", then, *step));
        for (const auto* wrong : {"", "050472", "50471", "0504710", "abcdef"})
            CHECK_FALSE(step_of_code(secret, wrong, then, 0));
    }
    TEST_CASE("what the picture says is what phones read") {
        CHECK(code_uri(secret_of_rfc(), "李 an") ==
              "otpauth://totp/Dossier:%E6%9D%8E%20an?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
              "&issuer=Dossier&algorithm=SHA1&digits=6&period=30");
        CHECK(written_secret(secret_of_rfc()) == "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
    }
    TEST_CASE("ten recovery codes differ, and are known however they are typed") {
        crypto::SeededRandom random(1);
        const auto codes = make_recovery_codes(random);
        CHECK(std::set(codes.begin(), codes.end()).size() == kRecoveryCodes);
        auto typed = codes.front();
        std::erase(typed, '-');
        for (char& c : typed) c = static_cast<char>(std::tolower(c));
        CHECK(digest_of_recovery_code(typed) == digest_of_recovery_code(codes.front()));
        CHECK(digest_of_recovery_code(codes[1]) != digest_of_recovery_code(codes[0]));
        CHECK_FALSE(digest_of_recovery_code("123456").has_value());
    }
}

}  // namespace dossier::server
