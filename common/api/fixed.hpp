// What a site answers beside its actions, each at a path of its own: one row a method and path.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "common/base/text.hpp"
#include "common/http/request.hpp"
#include "common/http/response.hpp"

namespace dossier::api {

/// One who asks, as far as the request tells it.
struct Caller {
    const http::Request& request;
    std::string token;  ///< the browser's secret; empty = none came
    Lang lang;
};

/// Done on a thread that may wait.
using Work = std::function<http::Response()>;

template <class Site>
struct Fixed {
    http::Method method;
    std::string_view path;  ///< with a slash at its end: whatever is below it
    http::Response (Site::*handler)(const Caller&);
    bool is_dear = false;  ///< tries or makes a password
    bool is_open = false;  ///< for who is not known, too
};

template <class Site>
struct Found {
    const Fixed<Site>* row = nullptr;  ///< null = nothing is asked for in this way
    bool is_path = false;              ///< but there is something at this path
};

/// The row that answers the request.
template <class Site>
Found<Site> find_fixed(std::span<const Fixed<Site>> rows, const http::Request& request) {
    Found<Site> found;
    const auto& path = request.target.path;
    for (const auto& row : rows) {
        const bool is_below = row.path.ends_with('/') && path.starts_with(row.path);
        if (path != row.path && !is_below) continue;
        found.is_path = true;
        const bool is_head =
            row.method == http::Method::Get && request.method == http::Method::Head;
        if (row.method == request.method || is_head) found.row = &row;
        if (found.row != nullptr) return found;
    }
    return found;
}

}  // namespace dossier::api
