#include "common/base/ids.hpp"

#include <algorithm>

#include "common/base/check.hpp"

namespace dossier {

std::string uuid_text(ByteView id) {
    DOSSIER_CHECK(id.size() == 16);
    std::string text = to_hex(id);
    for (const std::size_t at : {8U, 13U, 18U, 23U}) text.insert(at, 1, '-');
    return text;
}

std::optional<std::array<std::uint8_t, 16>> uuid_from(std::string_view text) {
    std::string digits(text);
    if (text.size() == 36) {
        for (const std::size_t at : {23U, 18U, 13U, 8U}) {
            if (digits[at] != '-') return std::nullopt;
            digits.erase(at, 1);
        }
    }
    if (digits.size() != 32) return std::nullopt;
    const auto raw = from_hex(digits);
    if (!raw) return std::nullopt;
    std::array<std::uint8_t, 16> id{};
    std::copy(raw->begin(), raw->end(), id.begin());
    return id;
}

}  // namespace dossier
