// A whole request, as the site that answers it sees it: judged, its target decoded, its body read.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "common/http/head.hpp"
#include "common/http/headers.hpp"
#include "common/http/target.hpp"

namespace dossier::http {

struct Request {
    Method method = Method::Get;
    Target target;
    std::vector<Header> headers;
    std::string body;
    std::string peer;  ///< the address at the other end of the connection, never one a header names
    bool is_tls = false;
    /// Of this machine, at the other end of the connection; nothing where it is not known, or not
    /// asked for (ServerOptions::tells_user).
    std::optional<std::uint32_t> user = {};

    /// The value of the first field of that name; nothing when there is none.
    [[nodiscard]] const std::string* header(std::string_view name) const {
        return value_of(headers, name);
    }
};

}  // namespace dossier::http
