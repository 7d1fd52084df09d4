// How this server speaks TLS: 1.2 at least, no renegotiation, no compression, and no session that
// is resumed, so that a certificate that was changed is the one every browser sees. Source: OWASP
// ASVS 5, V12.
#pragma once

#include <memory>

#include "common/base/result.hpp"
#include "common/http/certificate.hpp"

namespace asio::ssl {
class context;
}

namespace dossier::http {

inline constexpr Fault kCannotServeTls{
    "http.cannot_serve_tls",
    ErrorCode::Malformed,
    {"证书或私钥不能用于 TLS：{}", "the certificate or its key cannot serve TLS: {}"},
    {"换一张证书，或删去设置中的证书，由程序自己生成",
     "give another certificate, or take it out of the settings and let the program make one"}};

/// Errors: http.cannot_serve_tls with OpenSSL's own words.
Result<std::shared_ptr<asio::ssl::context>> tls_context(const Pem& pem);

}  // namespace dossier::http
