// The one place where the network library's part for TLS is compiled (ASIO_SEPARATE_COMPILATION).
#include <asio/ssl/impl/src.hpp>
