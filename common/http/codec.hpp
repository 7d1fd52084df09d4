// Bytes to requests and answers to bytes. The parser is Beast's (Boost 1.81), without its sockets
// and its messages: known here and in no other file, and none of its headers either. The head of an
// answer is written here: Beast's serializer wants Beast's messages, at three times the compiler's
// time, and looks at the fields no more closely. Neither socket nor clock: however the bytes are
// cut, the same request comes out of them, or none.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "common/http/head.hpp"
#include "common/http/headers.hpp"
#include "common/http/limits.hpp"
#include "common/http/refusal.hpp"
#include "common/http/status.hpp"

namespace dossier::http {

/// One request. What it holds is bounded: its head by `head_bytes_max`, its body by what is
/// allowed, between them nothing.
class RequestParser {
  public:
    enum class State : unsigned char {
        Head,     ///< wants more of the head
        Decide,   ///< the head is whole; nothing is taken before `allow_body`
        Body,     ///< wants more of the body
        Done,     ///< whole; what follows belongs to the next request
        Refused,  ///< for good
    };

    explicit RequestParser(const Limits& limits);
    RequestParser(const RequestParser&) = delete;
    RequestParser& operator=(const RequestParser&) = delete;
    ~RequestParser();

    /// Takes as much of `input` as it can; how many bytes. What it leaves, up to `line_bytes_max`,
    /// is to be given again with more behind it.
    std::size_t take(std::string_view input);
    [[nodiscard]] State state() const;
    /// From Decide on.
    [[nodiscard]] const Head& head() const;
    /// Whether the client wants to go on with another request. From Decide on.
    [[nodiscard]] bool keeps_alive() const;
    /// The body it will have, if any, may be that large: refused at once when it says it is larger.
    void allow_body(std::size_t bytes_max);
    /// The body so far, without the chunks it came in; trailers are dropped.
    [[nodiscard]] std::size_t body_bytes() const;
    /// How many more the sender has said will come; 0 where he has not, or the head is not whole.
    [[nodiscard]] std::size_t declared_bytes() const;
    std::string take_body();
    /// Once Refused: 400, 413 or 431.
    [[nodiscard]] Refusal refusal() const;

  private:
    class Machine;
    std::unique_ptr<Machine> machine_;
};

/// How the receiver knows where an answer ends.
struct Framing {
    std::optional<std::size_t> body_bytes;  ///< without one: by the connection's end
    bool keeps_alive = false;
    std::string date = {};  ///< `http_date`; left out when empty
};

/// Status line, fields and the empty line.
std::string response_head(StatusCode status, const Headers& headers, const Framing& framing);

}  // namespace dossier::http
