#include "common/http/tls.hpp"

#include <asio/buffer.hpp>
#include <asio/ssl/context.hpp>

namespace dossier::http {

Result<std::shared_ptr<asio::ssl::context>> tls_context(const Pem& pem) {
    auto context = std::make_shared<asio::ssl::context>(asio::ssl::context::tls_server);
    SSL_CTX* native = context->native_handle();
    SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
    SSL_CTX_set_options(native, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_NO_TICKET |
                                    SSL_OP_CIPHER_SERVER_PREFERENCE);
    SSL_CTX_set_session_cache_mode(native, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_num_tickets(native, 0);
    std::error_code failed;
    context->use_certificate_chain(asio::buffer(pem.certificate), failed);
    if (!failed) context->use_private_key(asio::buffer(pem.key), asio::ssl::context::pem, failed);
    if (failed) return fail(kCannotServeTls, failed.message());
    return context;
}

}  // namespace dossier::http
