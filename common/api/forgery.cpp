#include "common/api/forgery.hpp"

#include "common/crypto/digest.hpp"
#include "common/crypto/secret.hpp"

namespace dossier::api {

std::string page_token(std::string_view secret) {
    const auto digest = crypto::blake2b({bytes_of("dossier page"), bytes_of(secret)});
    return to_hex(ByteView(digest).first(16));
}

bool is_forged(const http::Request& request, std::string_view secret) {
    if (is_safe(request.method)) return false;
    const std::string* said = request.header("X-CSRF-Token");
    const auto token = page_token(secret);
    return said == nullptr || !crypto::equal_in_constant_time(bytes_of(*said), bytes_of(token));
}

}  // namespace dossier::api
