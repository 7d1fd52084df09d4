#include "server/accounts/one_time_code.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>
#include <new>
#include <stdexcept>

#include <liboath/oath.h>

namespace dossier::server {
namespace {

constexpr std::size_t kSecretBytes = 20;
constexpr unsigned kDigits = 6;
constexpr std::size_t kRecoveryBytes = 10;

/// liboath is started once.
void start() {
    static const int kStarted = oath_init();
    if (kStarted != OATH_OK) throw std::runtime_error(oath_strerror(kStarted));
}

const char* chars(ByteView bytes) {
    return reinterpret_cast<const char*>(bytes.data());
}

/// RFC 4648 base 32, without padding: what phones read.
std::string base32(ByteView secret) {
    char* text = nullptr;
    std::size_t size = 0;
    if (oath_base32_encode(chars(secret), secret.size(), &text, &size) != OATH_OK)
        throw std::bad_alloc();
    const std::unique_ptr<char, decltype(&std::free)> owned(text, &std::free);
    std::string written(text, size);
    while (written.ends_with('=')) written.pop_back();
    return written;
}

std::string in_groups(std::string_view text, char between) {
    std::string grouped;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (at > 0 && at % 4 == 0) grouped.push_back(between);
        grouped.push_back(text[at]);
    }
    return grouped;
}

std::string code_at(ByteView secret, std::uint64_t step) {
    std::array<char, kDigits + 1> code{};
    if (oath_hotp_generate(chars(secret), secret.size(), step, kDigits, false,
                           OATH_HOTP_DYNAMIC_TRUNCATION, code.data()) != OATH_OK)
        throw std::runtime_error("liboath");
    return code.data();
}

/// A login as it may stand in a URI.
std::string escaped(std::string_view text) {
    constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string made;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool is_plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                              (c >= 'A' && c <= 'Z') || c == '-' || c == '_' || c == '.';
        if (is_plain) {
            made.push_back(c);
        } else {
            made.push_back('%');
            made.push_back(kHex[byte >> 4U]);
            made.push_back(kHex[byte & 15U]);
        }
    }
    return made;
}

}  // namespace

Bytes make_code_secret(crypto::Random& random) {
    Bytes secret(kSecretBytes);
    random.fill(secret);
    return secret;
}

std::string written_secret(ByteView secret) {
    return in_groups(base32(secret), ' ');
}

std::string code_uri(ByteView secret, std::string_view login) {
    return "otpauth://totp/Dossier:" + escaped(login) + "?secret=" + base32(secret) +
           "&issuer=Dossier&algorithm=SHA1&digits=6&period=30";
}

std::optional<std::uint64_t> step_of_code(ByteView secret,
                                          std::string_view typed,
                                          Instant now,
                                          std::uint64_t last_step) {
    start();
    std::string digits(typed);
    std::erase(digits, ' ');
    const auto present = now.ms / 1000 / kCodeStep.count();
    std::optional<std::uint64_t> found;
    // All of them, whichever fits: how long it takes tells nothing.
    for (int off = -kCodeStepsOff; off <= kCodeStepsOff; ++off) {
        const auto step = static_cast<std::uint64_t>(std::max<std::int64_t>(present + off, 0));
        const auto code = code_at(secret, step);
        const bool fits = crypto::equal_in_constant_time(bytes_of(code), bytes_of(digits));
        if (fits && step > last_step && !found) found = step;
    }
    return found;
}

std::vector<std::string> make_recovery_codes(crypto::Random& random) {
    std::vector<std::string> codes;
    for (std::size_t made = 0; made < kRecoveryCodes; ++made) {
        std::array<std::uint8_t, kRecoveryBytes> bytes{};
        random.fill(bytes);
        codes.push_back(in_groups(to_base32(bytes), '-'));
    }
    return codes;
}

std::optional<crypto::Digest> digest_of_recovery_code(std::string_view typed) {
    const auto bytes = from_base32(typed);
    if (!bytes || bytes->size() != kRecoveryBytes) return std::nullopt;
    return crypto::blake2b({bytes_of("dossier recovery code"), *bytes});
}

}  // namespace dossier::server
