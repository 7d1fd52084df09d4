// An answer: a status, headers, and bytes or a stream of events.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "common/base/bytes.hpp"
#include "common/base/result.hpp"
#include "common/http/events.hpp"
#include "common/http/headers.hpp"
#include "common/http/refusal.hpp"
#include "common/http/status.hpp"

namespace dossier::http {

/// Bytes that are sent from where they lie, however many are sent them at once: eight readers of 64
/// MiB who read nothing would otherwise cost eight times as much.
class Body {
  public:
    Body() = default;
    explicit Body(std::string text);
    explicit Body(std::shared_ptr<const Bytes> bytes);
    /// Of what outlives the server: what is built into the program.
    static Body lasting(ByteView bytes);
    /// Valid as long as this body or a copy of it.
    [[nodiscard]] ByteView bytes() const { return bytes_; }

  private:
    std::shared_ptr<const void> owner_;
    ByteView bytes_;
};

struct Response {
    StatusCode status = StatusCode::Ok;
    Headers headers = {};
    Body body = {};
    std::shared_ptr<Events> events = nullptr;  ///< sent instead of a body, until it ends
};

/// `type` with its charset: "application/json; charset=utf-8".
Response text_response(StatusCode status, std::string_view type, std::string text);
/// The fault in words, zh-CN and English, each a line.
Response error_response(StatusCode status, const Error& error);
Response refusal_response(const Refusal& refusal);

/// What stands in every answer: pages load nothing from elsewhere, are shown in no frame, tell no
/// other site where they came from; types are not guessed; nothing is kept by a browser unless the
/// answer says so itself. A Content-Security-Policy of the answer is kept beside that of the
/// server: a browser keeps to both. Source: OWASP ASVS 5, V3.
void add_standing_headers(Headers& headers);

}  // namespace dossier::http
