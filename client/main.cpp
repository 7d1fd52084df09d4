#include <iostream>

#include <sys/stat.h>

#include "common/cli/standard_streams.hpp"
#include "common/crypto/secret.hpp"
#include "common/vault/page_cache.hpp"

#include "client/app/app.hpp"

int main(int argc, char** argv) {
    dossier::cli::hold_standard_streams();
    dossier::crypto::forbid_core_dumps();
    dossier::vault::lock_page_cache(16U << 20U);
    ::umask(077);
    return dossier::client::run(argc, argv, std::cin, std::cout, std::cerr);
}
