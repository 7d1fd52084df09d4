// What a browser, or anybody else, may send: read at once and in pieces as the first byte says, the
// requests that are believed are the same, and each is framed in one way only. What is taken from
// them into an answer never begins a line of it.
#include <algorithm>

#include "common/base/bytes.hpp"
#include "common/base/check.hpp"
#include "common/base/text.hpp"
#include "common/http/codec.hpp"
#include "common/http/cookies.hpp"
#include "common/http/target.hpp"

using namespace dossier;
using namespace dossier::http;

namespace {

using State = RequestParser::State;

constexpr std::size_t kBodyBytesMax = 1'000;
const Rules kRules{.hosts = {"h:80", "localhost:8080"}};

struct Believed {
    Head head;
    std::string body;
    bool keeps_alive;
};

void check_framing(const Believed& request) {
    const auto& headers = request.head.headers;
    const std::string* length = value_of(headers, "Content-Length");
    const bool chunked = value_of(headers, "Transfer-Encoding") != nullptr;
    DOSSIER_CHECK(count_of(headers, "Host") == 1);
    DOSSIER_CHECK(length == nullptr || !chunked);
    DOSSIER_CHECK(length == nullptr || std::stoull(*length) == request.body.size());
    DOSSIER_CHECK(length != nullptr || chunked || request.body.empty());
    DOSSIER_CHECK(request.body.size() <= kBodyBytesMax);
}

void check_answer(const Believed& request) {
    const auto target = parse_target(request.head.target);
    DOSSIER_CHECK(target && target->path.starts_with('/') && is_utf8(target->path));
    Headers headers;
    std::size_t lines = 3;  // the status, Connection, the empty one
    std::vector<std::string> values{target->path};
    for (const auto& [name, value] : target->query) values.push_back(value);
    if (const auto cookie = cookie_sent(request.head.headers, "a"))
        values.push_back(set_cookie("a", *cookie, true));
    for (const std::string& each : values) {
        try {
            headers.add("X-Value", each);
            ++lines;
        } catch (const HeaderRefused&) {
        }
    }
    const std::string head = response_head(StatusCode::Ok, headers, {});
    DOSSIER_CHECK(static_cast<std::size_t>(std::count(head.begin(), head.end(), '\n')) == lines);
}

/// One connection, as far as anything on it is believed.
std::vector<Believed> read(std::string_view input, std::size_t piece) {
    const Limits& limits = kRules.limits;
    std::vector<Believed> all;
    auto parser = std::make_unique<RequestParser>(limits);
    std::string held;
    while (!input.empty()) {
        held += input.substr(0, piece);
        input.remove_prefix(std::min(piece, input.size()));
        for (bool goes_on = true; goes_on;) {
            held.erase(0, parser->take(held));
            goes_on = false;
            if (parser->state() == State::Decide) {
                if (refusal_of(parser->head(), kRules)) return all;
                parser->allow_body(kBodyBytesMax);
                goes_on = true;
            } else if (parser->state() == State::Done) {
                all.push_back({parser->head(), parser->take_body(), parser->keeps_alive()});
                if (!all.back().keeps_alive) return all;
                parser = std::make_unique<RequestParser>(limits);
                goes_on = !held.empty();
            }
        }
        if (parser->state() == State::Refused) return all;
        DOSSIER_CHECK(held.size() <= std::max(limits.head_bytes_max, limits.line_bytes_max));
    }
    return all;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 1) return 0;
    const std::string_view input = text_of(ByteView{data, size}.subspan(1));
    const auto at_once = read(input, std::max<std::size_t>(input.size(), 1));
    const auto in_pieces = read(input, std::max<std::size_t>(data[0], 1));
    DOSSIER_CHECK(at_once.size() == in_pieces.size());
    for (std::size_t i = 0; i < at_once.size(); ++i) {
        DOSSIER_CHECK(at_once[i].head.method == in_pieces[i].head.method);
        DOSSIER_CHECK(at_once[i].head.target == in_pieces[i].head.target);
        DOSSIER_CHECK(at_once[i].head.headers == in_pieces[i].head.headers);
        DOSSIER_CHECK(at_once[i].body == in_pieces[i].body);
        check_framing(at_once[i]);
        check_answer(at_once[i]);
        (void)cross_site_refusal_of(at_once[i].head, kRules);
    }
    return 0;
}
