// What can be wrong with a request before anybody looks at what it asks for, and with answering it.
#pragma once

#include "common/base/result.hpp"

namespace dossier::http {

inline constexpr Fault kMalformed{"http.malformed",
                                  ErrorCode::Malformed,
                                  {"请求不符合 HTTP/1.1 的格式", "the request is not HTTP/1.1"},
                                  {"用浏览器打开本页", "open this page with a browser"}};
inline constexpr Fault kHeadTooLarge{
    "http.head_too_large",
    ErrorCode::Oversized,
    {"请求的首行和标头过大", "the request's first line and headers are too large"},
    {"在浏览器中清除本站的 Cookie 后再试",
     "clear this site's cookies in the browser and try again"}};
inline constexpr Fault kTargetTooLong{
    "http.target_too_long",
    ErrorCode::Oversized,
    {"网址过长", "the address is too long"},
    {"减少筛选条件，或改用导出文件", "ask with fewer filters, or export a file instead"}};
inline constexpr Fault kBadTarget{"http.bad_target",
                                  ErrorCode::Malformed,
                                  {"网址写法有误", "the address is written wrongly"},
                                  {"从首页重新进入", "start again from the first page"}};
inline constexpr Fault kUnknownMethod{
    "http.unknown_method",
    ErrorCode::Usage,
    {"本服务不接受这种请求方法", "this method is not served here"},
    {"使用 GET、HEAD、POST、PUT 或 DELETE", "use GET, HEAD, POST, PUT or DELETE"}};
inline constexpr Fault kNoHost{"http.no_host",
                               ErrorCode::Malformed,
                               {"请求没有写明一个主机名", "the request does not name one host"},
                               {"用浏览器打开本页", "open this page with a browser"}};
inline constexpr Fault kForeignHost{
    "http.foreign_host",
    ErrorCode::Denied,
    {"本服务不以这个主机名提供", "nothing is served here under this host name"},
    {"用设置中写明的地址打开，或由管理员把该名称加入设置",
     "open it under an address of the settings, or have the administrator add this name to them"}};
inline constexpr Fault kBadLength{
    "http.bad_length",
    ErrorCode::Malformed,
    {"请求正文的长度没有写清", "the length of the request's body is not told in one way"},
    {"检查中间的代理服务器", "check the proxy in between"}};
inline constexpr Fault kUnknownTransfer{
    "http.unknown_transfer",
    ErrorCode::Malformed,
    {"不支持请求的传输编码", "the request's transfer coding is not known here"},
    {"不加编码发送，或只用 chunked", "send without a coding, or with chunked alone"}};
inline constexpr Fault kEncodedBody{"http.encoded_body",
                                    ErrorCode::Malformed,
                                    {"不接受压缩过的请求正文", "bodies are not taken compressed"},
                                    {"不压缩发送", "send it uncompressed"}};
inline constexpr Fault kUnknownExpectation{
    "http.unknown_expectation",
    ErrorCode::Malformed,
    {"不支持请求的 Expect 标头", "the request's Expect header is not known here"},
    {"去掉该标头", "leave it out"}};
inline constexpr Fault kCrossSite{
    "http.cross_site",
    ErrorCode::Denied,
    {"请求来自另一个网站的页面", "the request comes from another site's page"},
    {"关闭那个页面，在本站的页面上操作", "close that page and do it on a page of this site"}};
inline constexpr Fault kBodyTooLarge{
    "http.body_too_large",
    ErrorCode::Oversized,
    {"发送的内容过大", "what was sent is too large"},
    {"缩小文件，或分几次发送", "make the file smaller, or send it in parts"}};
inline constexpr Fault kBroken{
    "http.broken",
    ErrorCode::Failed,
    {"程序出错，请求没有完成", "the program failed; the request was not finished"},
    {"再试一次；若再次出现，把日志交给管理员",
     "try again; if it recurs, give the log to the administrator"}};
inline constexpr Fault kTooSlow{
    "http.too_slow",
    ErrorCode::TimedOut,
    {"处理时间过长，结果未知", "it took too long; whether it was done is not known"},
    {"刷新页面，看是否已完成", "load the page again and see whether it was done"}};
inline constexpr Fault kTooManyStreams{
    "http.too_many_streams",
    ErrorCode::Busy,
    {"打开的页面过多，不再实时更新", "too many pages are open; this one is not kept up to date"},
    {"关闭几个页面后刷新", "close some of them and load this one again"}};

}  // namespace dossier::http
