// What the console needs of the office's folder: its certificate, made once or given, and where it
// may be asked for.
#pragma once

#include "common/http/certificate.hpp"
#include "common/http/server.hpp"

#include "server/app/office_home.hpp"

namespace dossier::server {

/// Where the console is served, as it was asked for.
struct ConsoleAddress {
    std::string host;  ///< an address of this machine, or a name of it
    std::uint16_t port = 0;
    bool is_plain = false;           ///< without TLS
    std::vector<std::string> names;  ///< further names people open it under
    std::string certificate;         ///< PEM files that were given; empty = the office's own
    std::string private_key;
};

inline constexpr Fault kConsoleAddress{
    "console.address",
    ErrorCode::Usage,
    {"网页不能提供在 {} 上", "pages cannot be served on {}"},
    {"写 主机:端口，例如 0.0.0.0:8443", "write HOST:PORT, for example 0.0.0.0:8443"}};
inline constexpr Fault kHalfPair{
    "console.half_pair",
    ErrorCode::Usage,
    {"证书和私钥须一起给出", "certificate and private key are given together"},
    {"同时写 --certificate 和 --private-key", "name both --certificate and --private-key"}};

/// Makes the office's own certificate, unless it is there; its fingerprint. Errors: office.folder,
/// http.cannot_read_pem, http.no_certificate.
Result<std::string> make_console_certificate(const OfficeHome& home, Instant now);

/// The options of a server at this address, and the fingerprint people compare; empty without TLS.
struct ConsoleServing {
    http::ServerOptions options;
    std::string fingerprint;
};
/// Errors: console.address, console.half_pair, and those of the certificate.
Result<ConsoleServing> console_serving(const OfficeHome& home,
                                       const ConsoleAddress& address,
                                       Instant now);

}  // namespace dossier::server
