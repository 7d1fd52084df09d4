#include "server/accounts/password_rules.hpp"

#include <algorithm>
#include <array>

#include "common/base/text.hpp"

namespace dossier::server {
namespace {

/// What people begin their passwords with when they have to have one, letters alone; digits and
/// signs around them are what they add. From lists of stolen passwords, and words of this work.
constexpr std::array<std::string_view, 92> kStems{
    "password", "passw",     "passwd",     "passwort",   "admin",     "administrator", "root",
    "welcome",  "letmein",   "qwerty",     "qwertyuiop", "asdfghjkl", "asdf",          "asdfgh",
    "zxcvbnm",  "zxcvbn",    "zxcv",       "qazwsx",     "qazwsxedc", "qwer",          "qwe",
    "qweasd",   "qweasdzxc", "iloveyou",   "iloveu",     "love",      "lovely",        "loveyou",
    "monkey",   "dragon",    "master",     "sunshine",   "princess",  "football",      "baseball",
    "superman", "batman",    "trustnoone", "shadow",     "michael",   "jordan",        "computer",
    "internet", "secret",    "changeme",   "default",    "guest",     "user",          "test",
    "testing",  "demo",      "temp",       "temporary",  "login",     "access",        "abc",
    "abcd",     "abcdef",    "abcdefgh",   "a",          "aa",        "woaini",        "woainima",
    "wodemima", "mima",      "mimamima",   "nihao",      "zhongguo",  "china",         "beijing",
    "shanghai", "huawei",    "xiaomi",     "tencent",    "taobao",    "alibaba",       "gongsi",
    "kehu",     "dangan",    "dossier",    "dossierd",   "customer",  "office",        "company",
    "sales",    "manager",   "spring",     "summer",     "autumn",    "winter",        "helloworld",
    "hello",
};

/// Rows and columns of a keyboard, each also read backwards.
constexpr std::array<std::string_view, 9> kRows{"01234567890",
                                                "qwertyuiop",
                                                "asdfghjkl",
                                                "zxcvbnm",
                                                "abcdefghijklmnopqrstuvwxyz",
                                                "1qaz2wsx3edc4rfv5tgb",
                                                "qazwsxedcrfvtgb",
                                                "!@#$%^&*()",
                                                "1q2w3e4r5t6y7u8i9o0p"};

bool is_letter(char c) {
    return c >= 'a' && c <= 'z';
}

/// Small letters, and letters for the digits and signs people write in their place.
std::string plain(std::string_view password) {
    constexpr std::string_view kSigns = "@4310$5!7";
    constexpr std::string_view kLetters = "aaeiossit";
    std::string text;
    for (char c : password) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        const auto at = kSigns.find(c);
        text.push_back(at == std::string_view::npos ? c : kLetters[at]);
    }
    return text;
}

std::string small(std::string_view password) {
    std::string text(password);
    for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return text;
}

std::string letters_of(std::string_view text) {
    std::string letters;
    std::ranges::copy_if(text, std::back_inserter(letters), is_letter);
    return letters;
}

/// Without the digits and signs at both ends, which stand for no letters there.
std::string_view without_ends(std::string_view text) {
    while (!text.empty() && !is_letter(text.front())) text.remove_prefix(1);
    while (!text.empty() && !is_letter(text.back())) text.remove_suffix(1);
    return text;
}

bool is_stem(const std::string& letters) {
    return std::ranges::find(kStems, std::string_view(letters)) != kStems.end();
}

/// The same short piece over and over: "abcabcabcabc".
bool is_repeated(std::string_view text) {
    for (std::size_t length = 1; length <= 4 && length < text.size(); ++length) {
        std::size_t at = length;
        while (at < text.size() && text[at] == text[at - length]) ++at;
        if (at == text.size()) return true;
    }
    return false;
}

/// How many characters are left when every run of three or more along a row is taken for one.
std::size_t without_runs(std::string_view text) {
    const auto follows = [](char a, char b) {
        return std::ranges::any_of(kRows, [&](std::string_view row) {
            for (std::size_t at = 1; at < row.size(); ++at) {
                if ((row[at - 1] == a && row[at] == b) || (row[at - 1] == b && row[at] == a))
                    return true;
            }
            return a == b;
        });
    };
    std::size_t left = text.size();
    for (std::size_t begin = 0; begin < text.size();) {
        std::size_t end = begin + 1;
        while (end < text.size() && follows(text[end - 1], text[end])) ++end;
        if (end - begin >= 3) left -= end - begin - 1;
        begin = end;
    }
    return left;
}

bool is_ascii(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c >= 0x20 && c < 0x7F; });
}

/// Digits and a sign or two alone are a date or a number of a phone: tried early, whatever they
/// are.
bool is_number(std::string_view text) {
    return std::ranges::all_of(text, [](char c) {
        return (c >= '0' && c <= '9') || c == '-' || c == '/' || c == '.' || c == '+' || c == ' ';
    });
}

bool is_common(std::string_view password, std::string_view login) {
    const std::string low = small(password);
    if (is_repeated(low)) return true;
    if (!is_ascii(password)) return false;
    if (is_number(low)) return true;
    constexpr std::size_t kUnlike = 6;
    if (without_runs(low) < kUnlike) return true;
    const std::string name = small(login);
    std::string left = low;
    if (const auto at = left.find(name); name.size() >= 3 && at != std::string::npos)
        left.erase(at, name.size());
    // What is left beside the own login is too short, or a number.
    if (left.size() != low.size() && (left.size() < kUnlike || is_number(left))) return true;
    return is_stem(letters_of(low)) || is_stem(letters_of(plain(without_ends(low))));
}

}  // namespace

Result<std::string> composed_password(std::string_view typed) {
    auto composed = composed_text(typed);
    if (!composed || has_forbidden_character(*composed)) return fail(kPasswordText);
    return std::move(*composed);
}

Status check_password(std::string_view password, std::string_view login) {
    const auto characters = character_count(password);
    if (characters < kPasswordCharactersMin || characters > kPasswordCharactersMax)
        return fail(kShortPassword, std::to_string(kPasswordCharactersMin),
                    std::to_string(kPasswordCharactersMax));
    if (is_common(password, login)) return fail(kCommonPassword);
    return {};
}

}  // namespace dossier::server
