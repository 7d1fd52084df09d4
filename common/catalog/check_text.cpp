#include "common/catalog/check_text.hpp"

#include <algorithm>

#include "common/base/ascii.hpp"
#include "common/base/ids.hpp"
#include "common/base/phone.hpp"
#include "common/catalog/check_digit.hpp"
#include "common/catalog/doubt.hpp"
#include "common/catalog/geo.hpp"
#include "common/catalog/identity.hpp"
#include "common/catalog/industry.hpp"
#include "common/catalog/places.hpp"
#include "common/catalog/wrong.hpp"

namespace dossier::catalog {
namespace {

std::string upper(std::string text) {
    for (char& c : text) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    return text;
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
    for (std::size_t at = text.find(from); at != std::string::npos;
         at = text.find(from, at + to.size())) {
        text.replace(at, from.size(), to);
    }
}

/// Runs of line ends and tabs become one space in a one-line field, CR LF becomes LF elsewhere.
std::string folded_lines(std::string text, bool one_line) {
    if (text.find_first_of("\r\n\t") == std::string::npos) return text;
    if (!one_line) {
        replace_all(text, "\r\n", "\n");
        std::ranges::replace(text, '\r', '\n');
        return text;
    }
    std::string folded;
    for (const char c : text) {
        const bool gap = c == '\r' || c == '\n' || c == '\t';
        if (!gap) folded += c;
        if (gap && !folded.ends_with(' ')) folded += ' ';
    }
    return folded;
}

Result<std::string> checked_phone(const Field& field, const std::string& typed) {
    auto number = phone_text(typed);
    if (!number) return wrong(kBadPhone, field, typed);
    return std::move(*number);
}

/// A code whose check fails is kept: `doubt` says so wherever it is shown.
Result<std::string> checked_unified_code(const Field& field, const std::string& typed) {
    std::string code = bare_code(typed);
    if (!may_be_code(code)) return wrong(kBadCode, field, typed);
    return code;
}

bool is_email(std::string_view text) {
    const auto at = text.find('@');
    if (at == std::string_view::npos || at == 0 || at > 64) return false;
    const auto bad = [](char c) {
        return c <= ' ' || c > '~' ||
               std::string_view("()<>[]:;,\\\"").find(c) != std::string::npos;
    };
    const auto domain = text.substr(at + 1);
    if (std::ranges::any_of(text, bad) || domain.find('@') != std::string_view::npos) return false;
    const auto dot = domain.find('.');
    return dot != std::string_view::npos && dot > 0 && !domain.ends_with('.') &&
           text.find("..") == std::string_view::npos;
}

bool is_division(std::string_view code) {
    return code.size() == 6 && all_digits(code) && code[0] >= '1' && code[0] <= '8';
}

bool is_period(std::string_view text) {
    return text.size() == 6 && all_digits(text.substr(0, 4)) && text[4] == 'Q' && text[5] >= '1' &&
           text[5] <= '4';
}

Result<std::string> checked_id_number(const Field& field, std::string number, Instant now) {
    number = bare_id_number(without_doubt(number));
    if (id_kind_of(number).empty()) return wrong(kBadCheckDigit, field, number);
    const auto born = birth_date_of(number);
    if (born && *born > office_date(now)) return wrong(kInFuture, field, *born);
    return number;
}

Result<std::string> checked_id(const Field& field, const std::string& text) {
    const auto id = id_from<RecordId>(text);
    if (!id || id->is_none()) return wrong(kBadReference, field, text);
    return to_text(*id);
}

Result<std::string> checked_key(const Field& field, const std::string& text) {
    const auto key = from_hex(text);
    if (!key || key->size() != 32) return wrong(kBadPublicKey, field, text);
    return to_hex(*key);
}

Result<std::string> checked_content_id(const Field& field, const std::string& text) {
    const auto id = from_hex(text);
    if (!id || id->size() != 32) return wrong(kBadContentId, field, text);
    return to_hex(*id);
}

/// What a file system could take for more than a name.
bool is_file_name(std::string_view name) {
    return !name.starts_with('.') && name.find_first_of("/\\:*?\"<>|") == std::string_view::npos;
}

Result<std::string> checked_geo(const Field& field, const std::string& text) {
    const auto place = geo_from_stored(text);
    if (!place) return wrong(kBadGeo, field, text);
    return stored_geo(*place);
}

Result<std::string> one_of_form(const Field& field,
                                std::string text,
                                bool fits,
                                const Fault& fault) {
    if (!fits) return wrong(fault, field, text);
    return text;
}

/// The check of the field on a text that is canonical, not empty and half-width.
Result<std::string> checked_code(const Field& field, std::string text, Instant now) {
    switch (field.check) {
        case Check::UnifiedCode:
            return checked_unified_code(field, text);
        case Check::IdNumber:
            return checked_id_number(field, std::move(text), now);
        case Check::Phone:
        case Check::Phones:
            return checked_phone(field, text);
        case Check::Email:
            return one_of_form(field, text, is_email(text), kBadEmail);
        case Check::Country:
            text = upper(std::move(text));
            return one_of_form(field, text, is_country(text), kBadCountry);
        case Check::City:
        case Check::District:
            return one_of_form(field, text, is_division(text), kBadDivision);
        case Check::Industry:
            return industry_code(text);
        case Check::Province:
            return one_of_form(field, text, province_name(text).has_value(), kBadProvince);
        case Check::Geo:
            return checked_geo(field, text);
        case Check::ValidPeriod:
            text = upper(std::move(text));
            return one_of_form(field, text, is_period(text), kBadPeriod);
        case Check::RecordId:
            return checked_id(field, text);
        case Check::PublicKey:
            return checked_key(field, text);
        case Check::FileName:
            return one_of_form(field, text, is_file_name(text), kBadFileName);
        case Check::ContentId:
            return checked_content_id(field, text);
        default:
            return text;
    }
}

}  // namespace

std::string half_width(std::string_view text) {
    std::string narrow;
    narrow.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        // U+FF01 … U+FF5E are EF BC 81 … EF BD 9E: ASCII 0x21 … 0x7E.
        const auto at = [&](std::size_t k) { return static_cast<unsigned char>(text[i + k]); };
        const bool three = i + 2 < text.size() && at(0) == 0xEF;
        const unsigned point = three ? ((at(1) & 0x3FU) << 6U) | (at(2) & 0x3FU) : 0U;
        if (three && point >= 0xF01 && point <= 0xF5E) {
            narrow += static_cast<char>(point - 0xF01 + 0x21);
            i += 2;
        } else if (text.substr(i).starts_with("　")) {
            narrow += ' ';
            i += 2;
        } else {
            narrow += text[i];
        }
    }
    return narrow;
}

Result<std::string> checked_text(const Field& field, std::string_view raw, Instant now) {
    const auto limit = std::to_string(field.length_max);
    // No composition makes 16 bytes of a character: longer input need not be normalised to refuse.
    if (raw.size() > 16 * (std::size_t{field.length_max} + 64)) {
        return wrong(kTooLong, field, raw, limit);
    }
    auto text = canonical_text(raw);
    if (!text || has_forbidden_character(*text)) return wrong(kForbiddenCharacter, field, raw);
    std::string line = folded_lines(std::move(*text), field.length_max <= kOneLineMax);
    const bool code = field.check != Check::None;
    if (code && !line.empty()) {
        auto checked = checked_code(field, half_width(line), now);
        if (!checked) return checked;
        line = std::move(*checked);
    }
    if (character_count(line) > field.length_max) return wrong(kTooLong, field, line, limit);
    return line;
}

}  // namespace dossier::catalog
