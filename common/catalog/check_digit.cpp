#include "common/catalog/check_digit.hpp"

#include <array>

#include "common/base/ascii.hpp"
#include "common/time/clock.hpp"

namespace dossier::catalog {
namespace {

/// No I, O, S, V, Z: they look like digits.
constexpr std::string_view kUnifiedAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
constexpr std::string_view kIdCheck = "10X98765432";
constexpr std::size_t kLength = 18;

}  // namespace

bool is_unified_code(std::string_view code) {
    if (code.size() != kLength) return false;
    std::size_t sum = 0;
    std::size_t weight = 1;  // 3^i modulo 31
    for (const char c : code.substr(0, kLength - 1)) {
        const auto digit = kUnifiedAlphabet.find(c);
        if (digit == std::string_view::npos) return false;
        sum += digit * weight;
        weight = weight * 3 % 31;
    }
    return code.back() == kUnifiedAlphabet[(31 - sum % 31) % 31];
}

bool is_id_number(std::string_view number) {
    if (number.size() != kLength) return false;
    std::size_t sum = 0;
    for (std::size_t i = 0; i + 1 < kLength; ++i) {
        if (!is_digit(number[i])) return false;
        const std::size_t weight = (std::size_t{1} << (kLength - 1 - i)) % 11;
        sum += static_cast<std::size_t>(number[i] - '0') * weight;
    }
    if (number.back() != kIdCheck[sum % 11]) return false;
    const std::string date = std::string(number.substr(6, 4)) + '-' +
                             std::string(number.substr(10, 2)) + '-' +
                             std::string(number.substr(12, 2));
    return is_civil_date(date);
}

std::optional<std::string> birth_date_of(std::string_view id_number) {
    if (!is_id_number(id_number)) return std::nullopt;
    return std::string(id_number.substr(6, 4)) + '-' + std::string(id_number.substr(10, 2)) + '-' +
           std::string(id_number.substr(12, 2));
}

char mod_11_10(std::string_view digits) {
    int product = 10;
    for (const char c : digits) {
        if (!is_digit(c)) continue;
        const int sum = (c - '0' + product) % 10;
        product = (sum == 0 ? 10 : sum) * 2 % 11;
    }
    return static_cast<char>('0' + (11 - product) % 10);
}

bool holds_mod_11_10(std::string_view number) {
    return !number.empty() && is_digit(number.back()) &&
           mod_11_10(number.substr(0, number.size() - 1)) == number.back();
}

}  // namespace dossier::catalog
