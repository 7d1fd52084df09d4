// The one place where the network library itself is compiled (ASIO_SEPARATE_COMPILATION).
#include <asio/impl/src.hpp>
