// What is served: the office's console, the laptop's page.
#pragma once

#include <cstddef>

#include <asio/awaitable.hpp>
#include <tl/expected.hpp>

#include "common/http/request.hpp"
#include "common/http/response.hpp"

namespace dossier::http {

class Site {
  public:
    Site() = default;
    Site(const Site&) = delete;
    Site& operator=(const Site&) = delete;
    virtual ~Site() = default;

    /// Asked once the head is judged and before anything of the body is read: how many bytes of
    /// one are taken, or why none are. After a refusal the connection is closed. At once: what has
    /// to look something up belongs into `answer`.
    virtual tl::expected<std::size_t, Response> admit(const Request& head) = 0;

    /// Answers a whole request. On the loop's thread, where it must not block: what takes long goes
    /// to another and is awaited. Given up after a while (Limits::handler), it runs on to its end,
    /// and the site outlives it. What it throws is answered with 500 and told in the log alone.
    virtual asio::awaitable<Response> answer(Request request) = 0;
};

}  // namespace dossier::http
