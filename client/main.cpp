#include <iostream>

#include <sys/stat.h>

#include "common/crypto/secret.hpp"

#include "client/app/app.hpp"

int main(int argc, char** argv) {
    dossier::crypto::forbid_core_dumps();
    ::umask(077);
    return dossier::client::run(argc, argv, std::cin, std::cout, std::cerr);
}
