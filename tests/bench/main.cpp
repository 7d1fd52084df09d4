// tests/run --bench
// [vault|sync|first-sync|nightly|load|search|lists|report|attachment|web|guess|tabular …]: prints
// the benchmark table. Timings are never asserted: each figure stands beside its bar or a floor of
// the same run.
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <set>
#include <string>

#include "common/vault/page_cache.hpp"

#include "tests/bench/benches.hpp"

int main(int argc, char** argv) {
    dossier::vault::lock_page_cache(0);  // SQLite set up as in the product, without locked pages
    const std::set<std::string> wanted(argv + 1, argv + argc);
    const auto on = [&](const char* name) { return wanted.empty() || wanted.count(name) > 0; };
    const char* shared = std::getenv("DOSSIER_SHARED");
    if (on("vault")) dossier::bench::run_vault_bench(std::cout);
    const std::filesystem::path folder = shared == nullptr ? DOSSIER_SHARED : shared;
    if (on("sync")) dossier::bench::run_sync_bench(std::cout, folder);
    // Alone, and with a tenth of the rows: what one looks at while making it faster.
    if (wanted.count("first-sync") > 0)
        dossier::bench::run_first_sync_bench(std::cout, folder, 50'000);
    if (wanted.count("first-sync-tenth") > 0)
        dossier::bench::run_first_sync_bench(std::cout, folder, 5'000);
    if (wanted.count("nightly") > 0) dossier::bench::run_nightly_bench(std::cout, folder);
    if (on("search")) dossier::bench::run_search_bench(std::cout, folder);
    if (on("lists")) dossier::bench::run_list_bench(std::cout);
    if (on("report")) dossier::bench::run_report_bench(std::cout);
    if (on("attachment")) dossier::bench::run_attachment_bench(std::cout);
    if (on("load")) {
        for (const int pages : {0, 200}) dossier::bench::run_load_bench(std::cout, 1'000, pages);
    }
    if (on("web")) dossier::bench::run_web_bench(std::cout);
    if (on("guess")) dossier::bench::run_guess_bench(std::cout);
    if (on("tabular")) dossier::bench::run_tabular_bench(std::cout);
}
