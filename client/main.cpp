#include <iostream>

#include <sys/stat.h>

#include "common/crypto/secret.hpp"
#include "common/vault/page_cache.hpp"

#include "client/app/app.hpp"

int main(int argc, char** argv) {
    dossier::crypto::forbid_core_dumps();
    dossier::vault::lock_page_cache(16U << 20U);
    ::umask(077);
    return dossier::client::run(argc, argv, std::cin, std::cout, std::cerr);
}
