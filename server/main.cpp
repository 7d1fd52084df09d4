// dossierd: the office of the customer files. Everything is in the libraries; this only hands them
// the process.
#include <filesystem>
#include <iostream>

#include <sys/stat.h>

#include "common/cli/standard_streams.hpp"
#include "common/crypto/secret.hpp"
#include "common/vault/page_cache.hpp"

#include "server/app/run.hpp"

int main(int count, char** words) {
    dossier::cli::hold_standard_streams();
    dossier::crypto::forbid_core_dumps();
    ::umask(077);
    dossier::vault::lock_page_cache(64U << 20U);
    std::error_code error;
    const auto start = std::filesystem::current_path(error);
    return dossier::server::run_line({words + 1, words + count}, start.string(), std::cout,
                                     std::cerr);
}
