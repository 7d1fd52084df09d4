#include "common/catalog/identity.hpp"

#include <algorithm>
#include <array>

#include "common/base/ascii.hpp"
#include "common/catalog/check_digit.hpp"
#include "common/time/clock.hpp"

namespace dossier::catalog {
namespace {

bool is_letter(char c) {
    return c >= 'A' && c <= 'Z';
}
bool is_among(std::size_t size, std::initializer_list<std::size_t> sizes) {
    return std::ranges::find(sizes, size) != sizes.end();
}

bool is_of_territory(std::string_view number) {
    const auto code = number.substr(0, 6);
    return code == "810000" || code == "820000" || code == "830000";
}

/// 15 digits: the year of birth with two of them, no check character.
bool is_old_resident(std::string_view number) {
    if (number.size() != 15 || !all_digits(number)) return false;
    return is_civil_date("19" + std::string(number.substr(6, 2)) + '-' +
                         std::string(number.substr(8, 2)) + '-' +
                         std::string(number.substr(10, 2)));
}
/// 17 digits and a digit or X, right or not: is_doubtful_id tells which.
bool is_of_18(std::string_view number) {
    return number.size() == 18 && all_digits(number.substr(0, 17)) &&
           (is_digit(number.back()) || number.back() == 'X');
}
bool is_resident(std::string_view number) {
    if (is_old_resident(number)) return true;
    return is_of_18(number) && number[0] != '9' && !is_of_territory(number);
}
bool is_residence_permit(std::string_view number) {
    return is_of_18(number) && is_of_territory(number);
}
/// Since 2023 18 characters that begin with 9; before, three letters of the country and 12 digits.
bool is_foreigner_permit(std::string_view number) {
    if (number.size() == 15)
        return std::ranges::all_of(number.substr(0, 3), is_letter) && all_digits(number.substr(3));
    return is_of_18(number) && number[0] == '9';
}
/// With the two digits of the renewal, or without.
bool is_hk_macao_permit(std::string_view number) {
    return is_among(number.size(), {9, 11}) && (number[0] == 'H' || number[0] == 'M') &&
           all_digits(number.substr(1));
}
bool is_taiwan_permit(std::string_view number) {
    return is_among(number.size(), {8, 10}) && all_digits(number);
}
bool is_passport(std::string_view number) {
    return number.size() >= 5 && number.size() <= 12 && std::ranges::any_of(number, is_digit) &&
           std::ranges::all_of(number, [](char c) { return is_digit(c) || is_letter(c); });
}

struct IdKind {
    std::string_view code;
    bool (*fits)(std::string_view);
};
/// The narrowest first.
constexpr std::array kIdKinds{
    IdKind{"resident", is_resident},
    IdKind{"residence_permit", is_residence_permit},
    IdKind{"foreigner_permit", is_foreigner_permit},
    IdKind{"hk_macao_permit", is_hk_macao_permit},
    IdKind{"taiwan_permit", is_taiwan_permit},
    IdKind{"passport", is_passport},
    IdKind{"other", is_passport},
};

}  // namespace

std::string bare_id_number(std::string_view typed) {
    std::string bare;
    for (const char c : typed) {
        if (c == ' ' || c == '-') continue;
        bare += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    return bare;
}

bool is_doubtful_id(std::string_view bare) {
    return is_of_18(bare) && !is_id_number(bare);
}

std::string_view id_kind_of(std::string_view bare) {
    const auto* at =
        std::ranges::find_if(kIdKinds, [&](const IdKind& each) { return each.fits(bare); });
    return at == kIdKinds.end() ? std::string_view() : at->code;
}

bool fits_id_kind(std::string_view kind, std::string_view bare) {
    const auto* at = std::ranges::find(kIdKinds, kind, &IdKind::code);
    return at != kIdKinds.end() && at->fits(bare);
}

}  // namespace dossier::catalog
