#include "common/http/response.hpp"

#include <array>
#include <utility>

namespace dossier::http {
namespace {

constexpr std::string_view kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'";

constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kStanding{{
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
}};

}  // namespace

Body::Body(std::string text) {
    auto owner = std::make_shared<const std::string>(std::move(text));
    bytes_ = bytes_of(*owner);
    owner_ = std::move(owner);
}

Body::Body(std::shared_ptr<const Bytes> bytes) : bytes_(*bytes) {
    owner_ = std::move(bytes);
}

Body Body::lasting(ByteView bytes) {
    Body body;
    body.bytes_ = bytes;
    return body;
}

Response text_response(StatusCode status, std::string_view type, std::string text) {
    Response response{.status = status};
    response.headers.set("Content-Type", type);
    response.body = Body(std::move(text));
    return response;
}

Response error_response(StatusCode status, const Error& error) {
    return text_response(status, "text/plain; charset=utf-8",
                         describe(error, Lang::Zh) + "\n" + describe(error, Lang::En) + "\n");
}

Response refusal_response(const Refusal& refusal) {
    Response response = error_response(refusal.status, {refusal.why, {}});
    if (refusal.status == StatusCode::MethodNotAllowed)
        response.headers.set("Allow", "GET, HEAD, POST, PUT, DELETE");
    return response;
}

void add_standing_headers(Headers& headers) {
    headers.add("Content-Security-Policy", kPolicy);
    for (const auto& [name, value] : kStanding) headers.set(name, value);
    if (!headers.has("Cache-Control")) headers.set("Cache-Control", "no-store");
}

}  // namespace dossier::http
