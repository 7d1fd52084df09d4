#include "common/base/phone.hpp"

#include <algorithm>

#include "common/base/ascii.hpp"

namespace dossier {
namespace {

constexpr std::size_t kMobileDigits = 11;
constexpr std::size_t kServiceDigits = 10;  // 400 and 800
constexpr std::size_t kLocalMin = 7;
constexpr std::size_t kLocalMax = 8;
constexpr std::size_t kAreaMin = 3;
constexpr std::size_t kAreaMax = 5;  // "+852"

std::size_t digits_in(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(text, is_digit));
}

/// What stands for a hyphen: dashes of every length, waves, minus; and what an extension begins
/// with. Longer words first.
constexpr std::string_view kHyphens[] = {"–", "—",  "‐",  "‑", "‒",  "―",  "−",
                                         "~", "～", "〜", "∼", "－", "﹣", "."};
constexpr std::string_view kExtensions[] = {"extension", "分机号", "分机", "内线", "ext.", "ext",
                                            "转",        "轉",     "x",    "#",    "*"};

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

template <std::size_t N>
std::size_t begins_with_one(std::string_view text, const std::string_view (&words)[N]) {
    for (const auto word : words) {
        const bool same = text.size() >= word.size() &&
                          std::ranges::equal(text.substr(0, word.size()), word, {}, lower);
        if (same) return word.size();
    }
    return 0;
}

void trim_end(std::string& text) {
    while (text.ends_with(' ') || text.ends_with('-')) text.pop_back();
}

/// Hyphens and extensions as '-', everything else as it is.
std::string with_hyphens(std::string_view typed) {
    std::string plain;
    while (!typed.empty()) {
        if (const auto hyphen = begins_with_one(typed, kHyphens); hyphen > 0) {
            plain += '-';
            typed.remove_prefix(hyphen);
        } else if (const auto word = begins_with_one(typed, kExtensions);
                   word > 0 && digits_in(plain) >= kPhoneDigitsMin) {
            trim_end(plain);
            plain += '-';
            typed.remove_prefix(word);
            typed.remove_prefix(std::min(typed.find_first_not_of(" :."), typed.size()));
        } else {
            plain += typed.front();
            typed.remove_prefix(1);
        }
    }
    return plain;
}

bool is_mobile(std::string_view digits) {
    return digits.size() >= kMobileDigits && digits[0] == '1' && digits[1] >= '3';
}

bool is_service(std::string_view digits) {
    return digits.size() >= kServiceDigits &&
           (digits.starts_with("400") || digits.starts_with("800"));
}

/// Digits of an area code with its 0: three for 010 and 02x, four for the rest of the country; 0
/// for what has none. Source: numbering plan of the fixed network, MIIT.
std::size_t area_digits(std::string_view digits) {
    if (!digits.starts_with('0') || digits.size() < 2) return 0;
    if (digits[1] == '1') return digits.starts_with("010") ? 3 : 0;
    if (digits[1] == '2') return 3;
    return digits[1] >= '3' ? 4 : 0;
}

/// A number after its country code, cut into groups at what is no digit.
struct Groups {
    std::string digits;
    std::vector<std::size_t> ends;

    explicit Groups(std::string_view text) {
        for (const char c : text) {
            if (is_digit(c)) digits += c;
            const bool closes =
                !is_digit(c) && !digits.empty() && (ends.empty() || ends.back() != digits.size());
            if (closes) ends.push_back(digits.size());
        }
        ends.push_back(digits.size());
    }
    /// Where the line ends: at `least` digits or with the group that holds them.
    [[nodiscard]] std::size_t end_of_line(std::size_t least, std::size_t most) const {
        if (digits.size() <= most) return digits.size();
        for (const std::size_t end : ends) {
            if (end >= least && end <= most) return end;
        }
        return digits.size();
    }
};

PhoneNumber cut(const Groups& groups, std::size_t end) {
    return {groups.digits.substr(0, end), groups.digits.substr(end)};
}

PhoneNumber mainland(std::string_view text) {
    const Groups groups(text);
    const auto& digits = groups.digits;
    if (is_mobile(digits)) return cut(groups, kMobileDigits);
    if (is_service(digits)) return cut(groups, kServiceDigits);
    const std::size_t area = area_digits(digits);
    if (area == 0 && digits.starts_with('0')) return {digits, {}};
    return cut(groups, groups.end_of_line(area + kLocalMin, area + kLocalMax));
}

/// Behind +86 the 0 of an area code is left out, or stands in brackets.
std::string behind_country(std::string_view text) {
    std::string rest(text.substr(std::min(text.find_first_of("0123456789("), text.size())));
    if (rest.starts_with("(0)")) rest.erase(0, 3);
    const std::string digits = Groups(rest).digits;
    const bool whole = digits.starts_with('0') || is_mobile(digits) || is_service(digits);
    return whole || digits.size() <= kLocalMax ? rest : "0" + rest;
}

/// Behind the country code; the 0 in brackets is not dialled from abroad. Only North America has
/// numbers of one length, behind which an extension shows.
PhoneNumber abroad(std::string_view text) {
    constexpr std::size_t kNorthAmerica = 11;
    std::string rest(text);
    if (const auto zero = rest.find("(0)"); zero != std::string::npos) rest.erase(zero, 3);
    const std::string digits = Groups(rest).digits;
    const std::size_t end = digits.starts_with('1') ? kNorthAmerica : digits.size();
    return {"+" + digits.substr(0, end), digits.size() > end ? digits.substr(end) : std::string()};
}

}  // namespace

bool PhoneNumber::is_local() const {
    return number.size() >= kLocalMin && number.size() <= kLocalMax && !number.starts_with('0') &&
           !number.starts_with('+');
}

std::optional<std::string> phone_text(std::string_view typed) {
    std::string number = with_hyphens(typed);
    const std::size_t digits = digits_in(number);
    for (std::size_t i = 0; i < number.size(); ++i) {
        const char c = number[i];
        const bool sign = c == '-' || c == '(' || c == ')' || c == ' ' || (c == '+' && i == 0);
        if (!is_digit(c) && !sign) return std::nullopt;
    }
    if (digits < kPhoneDigitsMin || digits > kPhoneDigitsMax) return std::nullopt;
    return number;
}

std::optional<std::vector<std::string>> phone_texts(std::string_view typed) {
    static constexpr std::string_view kBetween[] = {"/", "、", "；", ";", "，",
                                                    ",", "|",  "\n", "／"};
    std::vector<std::string> parts(1);
    while (!typed.empty()) {
        const std::size_t sign = begins_with_one(typed, kBetween);
        if (sign > 0) parts.emplace_back();
        if (sign == 0) parts.back() += typed.front();
        typed.remove_prefix(std::max<std::size_t>(sign, 1));
    }
    std::vector<std::string> numbers;
    for (std::string& part : parts) {
        part.erase(0, std::min(part.find_first_not_of(' '), part.size()));
        trim_end(part);
        if (part.empty()) continue;
        auto number = phone_text(part);
        if (!number) return std::nullopt;
        const auto before = numbers.empty() ? std::nullopt : phone_from(numbers.back());
        const auto now = phone_from(*number);
        if (before && now && now->is_local() && area_digits(before->number) > 0)
            number->insert(0, before->number.substr(0, area_digits(before->number)) + "-");
        numbers.push_back(std::move(*number));
    }
    return numbers;
}

std::optional<PhoneNumber> phone_from(std::string_view typed) {
    const auto stored = phone_text(typed);
    if (!stored) return std::nullopt;
    std::string_view text = *stored;
    const std::string digits = Groups(text).digits;
    if (text.starts_with("00")) text.remove_prefix(2);
    const bool country = text.starts_with('+') || stored->starts_with("00");
    if (text.starts_with('+')) text.remove_prefix(1);
    if (country && text.starts_with("86")) return mainland(behind_country(text.substr(2)));
    if (country) return abroad(text);
    if (digits.size() > kMobileDigits && digits.starts_with("86") && text.starts_with("86"))
        return mainland(behind_country(text.substr(2)));
    return mainland(text);
}

std::vector<std::string> locals_of(const PhoneNumber& phone) {
    const std::string& number = phone.number;
    if (phone.is_local()) return {number};
    std::vector<std::string> locals;
    if (!number.starts_with('0') && !number.starts_with('+')) return locals;
    for (std::size_t digits = kLocalMin; digits <= kLocalMax; ++digits) {
        if (number.size() >= digits + kAreaMin && number.size() <= digits + kAreaMax)
            locals.push_back(number.substr(number.size() - digits));
    }
    return locals;
}

bool same_line(const PhoneNumber& a, const PhoneNumber& b) {
    const auto is_of = [](const PhoneNumber& local, const PhoneNumber& whole) {
        const auto locals = locals_of(whole);
        return local.is_local() && std::ranges::find(locals, local.number) != locals.end();
    };
    return a.number == b.number || is_of(a, b) || is_of(b, a);
}

}  // namespace dossier
