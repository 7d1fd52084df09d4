#include "common/http/refusal.hpp"

#include <algorithm>
#include <array>

#include "common/http/faults.hpp"
#include "common/http/target.hpp"

namespace dossier::http {
namespace {

bool is_digits(std::string_view text, std::size_t length_max) {
    return !text.empty() && text.size() <= length_max &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_host_character(char c) {
    const bool is_letter_or_digit = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    return is_letter_or_digit || c == '-' || c == '.' || c == '_';
}

bool is_host_name(std::string_view name) {
    if (name.starts_with('[')) {
        const std::string_view inside = name.substr(1, name.size() - 2);
        return name.ends_with(']') && !inside.empty() &&
               inside.find_first_not_of("0123456789abcdef:.") == std::string_view::npos;
    }
    return !name.empty() && std::all_of(name.begin(), name.end(), is_host_character);
}

const std::string* only_value(const Head& head, std::string_view name) {
    return count_of(head.headers, name) == 1 ? value_of(head.headers, name) : nullptr;
}

std::optional<std::string> host_asked(const Head& head, const Rules& rules) {
    const std::string* host = only_value(head, "Host");
    return host == nullptr ? std::nullopt : host_and_port(*host, default_port(rules.scheme));
}

// Each says that something is wrong; in the order they are asked.

bool target_too_long(const Head& head, const Rules& rules) {
    return head.target.size() > rules.limits.target_bytes_max;
}
bool too_many_headers(const Head& head, const Rules& rules) {
    return head.headers.size() > rules.limits.headers_max;
}
bool header_too_long(const Head& head, const Rules& rules) {
    return std::any_of(head.headers.begin(), head.headers.end(), [&](const Header& each) {
        return each.value.size() > rules.limits.header_value_bytes_max;
    });
}
bool unknown_method(const Head& head, const Rules&) {
    return !method_from(head.method);
}
bool bad_target(const Head& head, const Rules&) {
    return !parse_target(head.target);
}
bool no_host(const Head& head, const Rules& rules) {
    return !host_asked(head, rules);
}
bool foreign_host(const Head& head, const Rules& rules) {
    const auto host = host_asked(head, rules);
    return std::find(rules.hosts.begin(), rules.hosts.end(), host) == rules.hosts.end();
}
bool bad_length(const Head& head, const Rules&) {
    const std::size_t lengths = count_of(head.headers, "Content-Length");
    if (lengths == 0) return false;
    constexpr std::size_t kDigitsMax = 18;  // whatever has more is beyond every limit
    return lengths > 1 || !is_digits(*value_of(head.headers, "Content-Length"), kDigitsMax) ||
           count_of(head.headers, "Transfer-Encoding") > 0;
}
bool unknown_transfer(const Head& head, const Rules&) {
    if (count_of(head.headers, "Transfer-Encoding") == 0) return false;
    const std::string* coding = only_value(head, "Transfer-Encoding");
    return coding == nullptr || *coding != "chunked" || head.minor != 1;
}
bool encoded_body(const Head& head, const Rules&) {
    return count_of(head.headers, "Content-Encoding") > 0;
}
bool unknown_expectation(const Head& head, const Rules&) {
    if (count_of(head.headers, "Expect") == 0) return false;
    const std::string* expected = only_value(head, "Expect");
    return expected == nullptr || !same_word(*expected, "100-continue");
}

struct Reason {
    bool (*is_wrong)(const Head&, const Rules&);
    Refusal refusal;
};
constexpr std::array<Reason, 11> kReasons{{
    {target_too_long, {StatusCode::UriTooLong, &kTargetTooLong}},
    {too_many_headers, {StatusCode::HeadersTooLarge, &kHeadTooLarge}},
    {header_too_long, {StatusCode::HeadersTooLarge, &kHeadTooLarge}},
    {unknown_method, {StatusCode::MethodNotAllowed, &kUnknownMethod}},
    {bad_target, {StatusCode::BadRequest, &kBadTarget}},
    {no_host, {StatusCode::BadRequest, &kNoHost}},
    {foreign_host, {StatusCode::MisdirectedRequest, &kForeignHost}},
    {bad_length, {StatusCode::BadRequest, &kBadLength}},
    {unknown_transfer, {StatusCode::NotImplemented, &kUnknownTransfer}},
    {encoded_body, {StatusCode::UnsupportedMediaType, &kEncodedBody}},
    {unknown_expectation, {StatusCode::ExpectationFailed, &kUnknownExpectation}},
}};

/// "https://name:port" for the same host as the request's; nothing else is.
bool is_own_origin(std::string_view origin, const Head& head, const Rules& rules) {
    const std::string_view start = rules.scheme == Scheme::Https ? "https://" : "http://";
    if (!same_word(origin.substr(0, start.size()), start)) return false;
    const auto host = host_and_port(origin.substr(start.size()), default_port(rules.scheme));
    return host && host == host_asked(head, rules);
}

}  // namespace

std::string_view default_port(Scheme scheme) {
    return scheme == Scheme::Https ? "443" : "80";
}

std::optional<std::string> host_and_port(std::string_view text, std::string_view port) {
    const std::string low = lower_case(text);
    const std::string_view whole = low;
    const std::size_t bracket = whole.rfind(']');
    const std::size_t colon = whole.find(':', bracket == std::string_view::npos ? 0 : bracket);
    const std::string_view name = whole.substr(0, colon);
    if (!is_host_name(name)) return std::nullopt;
    if (colon == std::string_view::npos) return std::string(name) + ":" + std::string(port);
    if (!is_digits(whole.substr(colon + 1), 5)) return std::nullopt;
    return low;
}

std::optional<Refusal> refusal_of(const Head& head, const Rules& rules) {
    for (const Reason& each : kReasons) {
        if (each.is_wrong(head, rules)) return each.refusal;
    }
    return std::nullopt;
}

std::optional<Refusal> cross_site_refusal_of(const Head& head, const Rules& rules) {
    const auto method = method_from(head.method);
    if (method && is_safe(*method)) return std::nullopt;
    const Refusal refusal{StatusCode::Forbidden, &kCrossSite};
    for (const Header& each : head.headers) {
        if (same_word(each.name, "Origin") && !is_own_origin(each.value, head, rules))
            return refusal;
        if (same_word(each.name, "Sec-Fetch-Site") && each.value != "same-origin") return refusal;
    }
    return std::nullopt;
}

}  // namespace dossier::http
