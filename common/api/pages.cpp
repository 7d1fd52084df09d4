#include "common/api/pages.hpp"

#include <algorithm>

namespace dossier::api {

http::Response answer_page(const http::Assets& assets, const http::Request& request) {
    if (auto found = assets.answer(request)) return std::move(*found);
    const auto& path = request.target.path;
    const auto last = path.substr(path.rfind('/') + 1);
    const bool is_of_page = is_safe(request.method) && last.find('.') == std::string::npos;
    if (is_of_page) {
        http::Request first = request;
        first.target.path = "/";
        if (auto found = assets.answer(first)) return std::move(*found);
    }
    const Fault& why = assets.is_empty() && is_of_page ? kNoPages : kNoPage;
    return http::error_response(http::StatusCode::NotFound, {&why, {}});
}

bool takes_file(const Asked& asked) {
    return std::ranges::any_of(asked.route->action->inputs,
                               [](const Input& input) { return input.means == Means::FileRead; });
}

tl::expected<Asked, const Fault*> asked_in(const Routes& routes,
                                           const http::Request& request,
                                           bool is_path) {
    auto asked = routes.find(request.target.path);
    if (!asked) return tl::unexpected(is_path ? &kWrongMethod : &kNoPage);
    const bool reads = asked->route->method == http::Method::Get;
    const bool fits = request.method == http::Method::Post || (reads && is_safe(request.method));
    if (!fits) return tl::unexpected(&kWrongMethod);
    return std::move(*asked);
}

}  // namespace dossier::api
