// The office's certificate: made here for a network of its own, or given as PEM files; and what
// people compare to know it by. OpenSSL behind a few names.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/result.hpp"
#include "common/time/clock.hpp"

namespace dossier::http {

inline constexpr Fault kCannotReadPem{"http.cannot_read_pem",
                                      ErrorCode::NotFound,
                                      {"读不了文件 {}：{}", "cannot read file {}: {}"},
                                      {"检查路径和权限", "check the path and the permissions"}};
inline constexpr Fault kNoCertificate{
    "http.no_certificate",
    ErrorCode::Malformed,
    {"{} 里没有 PEM 格式的证书", "there is no certificate in PEM form in {}"},
    {"给出以 -----BEGIN CERTIFICATE----- 开头的文件",
     "give a file that begins with -----BEGIN CERTIFICATE-----"}};
inline constexpr Fault kNoPrivateKey{
    "http.no_private_key",
    ErrorCode::Malformed,
    {"{} 里没有未加密的 PEM 格式私钥", "there is no unencrypted private key in PEM form in {}"},
    {"给出以 -----BEGIN PRIVATE KEY----- 开头的文件；加密的私钥先用 openssl pkey 解密",
     "give a file that begins with -----BEGIN PRIVATE KEY-----; decrypt one that is encrypted with "
     "openssl pkey first"}};
inline constexpr Fault kOpenPrivateKey{
    "http.open_private_key",
    ErrorCode::Denied,
    {"私钥文件 {} 对本机所有用户开放", "every user of this machine may read the private key {}"},
    {"先运行 chmod o-rwx 该文件", "run chmod o-rwx on it first"}};
inline constexpr Fault kForeignPrivateKey{
    "http.foreign_private_key",
    ErrorCode::Conflict,
    {"私钥 {} 与证书 {} 不是一对", "private key {} does not belong to certificate {}"},
    {"给出同时签发的证书和私钥", "give the certificate and the key that were issued together"}};
inline constexpr Fault kCertificateOver{
    "http.certificate_over",
    ErrorCode::Stale,
    {"证书 {} 现在无效：有效期为 {} 至 {}", "certificate {} is not valid now: it is from {} to {}"},
    {"换上有效的证书，并检查本机时间",
     "give one that is valid, and check the clock of this machine"}};

/// A certificate (a chain may follow it) and its private key, both PEM. The key's bytes are wiped.
struct Pem {
    Pem(std::string certificate_text, std::string key_text);
    Pem(const Pem&) = delete;
    Pem& operator=(const Pem&) = delete;
    Pem(Pem&& other) noexcept = default;
    Pem& operator=(Pem&&) = delete;
    ~Pem();

    std::string certificate;
    std::string key;
};

/// EC P-256, valid for `names` (host names and addresses; at least one) from a day before `now`,
/// for clocks that are behind. Signed by itself: browsers ask once, and people compare the
/// fingerprint. Throws std::runtime_error when OpenSSL fails, std::invalid_argument for a name that
/// is none.
Pem make_self_signed(const std::vector<std::string>& names,
                     Instant now,
                     std::chrono::days lasts = std::chrono::days(3650));

/// Reads both and sees that they belong together and are valid `now`. Errors: the faults above.
Result<Pem> load_pem(const std::string& certificate_path, const std::string& key_path, Instant now);

/// SHA-256 of the first certificate in `pem`, as browsers show it: "0A:1B:…". Errors: nullopt
/// when there is none.
std::optional<std::string> fingerprint(std::string_view pem);

}  // namespace dossier::http
