#include "common/http/headers.hpp"

#include <algorithm>
#include <array>

namespace dossier::http {
namespace {

constexpr std::array<std::string_view, 4> kOfSession{"Content-Length", "Transfer-Encoding",
                                                     "Connection", "Date"};

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool is_token_character(char c) {
    const bool is_letter = lower(c) >= 'a' && lower(c) <= 'z';
    return is_letter || (c >= '0' && c <= '9') ||
           std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

bool ends_field(char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}

void check(std::string_view name, std::string_view value) {
    if (!is_token(name)) throw HeaderRefused("the name of a header is no token");
    if (std::any_of(kOfSession.begin(), kOfSession.end(),
                    [&](std::string_view each) { return same_word(each, name); }))
        throw HeaderRefused("a header that frames the answer");
    if (std::any_of(value.begin(), value.end(), ends_field))
        throw HeaderRefused("a control character in a header");
}

}  // namespace

std::string lower_case(std::string_view text) {
    std::string low(text);
    std::transform(low.begin(), low.end(), low.begin(), lower);
    return low;
}

bool same_word(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return lower(x) == lower(y); });
}

bool is_token(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), is_token_character);
}

std::size_t count_of(std::span<const Header> headers, std::string_view name) {
    return static_cast<std::size_t>(
        std::count_if(headers.begin(), headers.end(),
                      [&](const Header& each) { return same_word(each.name, name); }));
}

const std::string* value_of(std::span<const Header> headers, std::string_view name) {
    const auto found = std::find_if(headers.begin(), headers.end(),
                                    [&](const Header& each) { return same_word(each.name, name); });
    return found == headers.end() ? nullptr : &found->value;
}

void Headers::set(std::string_view name, std::string_view value) {
    check(name, value);
    std::erase_if(all_, [&](const Header& each) { return same_word(each.name, name); });
    all_.push_back({std::string(name), std::string(value)});
}

void Headers::add(std::string_view name, std::string_view value) {
    check(name, value);
    all_.push_back({std::string(name), std::string(value)});
}

}  // namespace dossier::http
