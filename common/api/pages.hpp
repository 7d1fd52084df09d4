// The files of a page, and what is answered where there is nothing.
#pragma once

#include "common/api/routes.hpp"
#include "common/http/assets.hpp"

namespace dossier::api {

inline constexpr Fault kNoPage{"console.no_page",
                               ErrorCode::NotFound,
                               {"没有这个地址", "there is nothing at this address"},
                               {"从首页重新进入", "start again from the first page"}};
inline constexpr Fault kWrongMethod{
    "console.method",
    ErrorCode::Usage,
    {"这个地址不能这样请求", "this address is not asked in this way"},
    {"用 GET 读取，用 POST 更改", "read with GET, change with POST"}};
inline constexpr Fault kForged{
    "console.forged",
    ErrorCode::Denied,
    {"请求没有带上本页面的凭据", "the request does not carry the token of this page"},
    {"刷新页面后重试", "load the page again and try once more"}};
inline constexpr Fault kWrongPurpose{"console.purpose",
                                     ErrorCode::Malformed,
                                     {"查阅目的没有传好", "the purpose did not come whole"},
                                     {"重新填写目的", "state it again"}};
inline constexpr Fault kNoPages{
    "console.not_built",
    ErrorCode::NotFound,
    {"本程序未带网页", "this program was built without pages"},
    {"装上 Node.js 与 npm 后重新构建（-DDOSSIER_WEB=npm）；接口 /api/v1 可用",
     "install Node.js and npm and build again (-DDOSSIER_WEB=npm); the interface /api/v1 works"}};

/// The file of this path, or the page itself for an address within it: the page shows what belongs
/// there. 404 for anything else: console.no_page, console.not_built.
http::Response answer_page(const http::Assets& assets, const http::Request& request);

/// Whether a file is sent along with what is asked.
bool takes_file(const Asked& asked);

/// The action the request asks for; else the fault to refuse it with: console.method where the
/// path is there but not asked for in this way (`is_path`: it is, beside the actions), or
/// console.no_page.
tl::expected<Asked, const Fault*> asked_in(const Routes& routes,
                                           const http::Request& request,
                                           bool is_path);

}  // namespace dossier::api
