// Every benchmark, as main.cpp calls it.
#pragma once

#include <filesystem>
#include <ostream>

namespace dossier::bench {

void run_vault_bench(std::ostream& out);
/// `shared`: as for sync; without it only the searches are timed.
void run_search_bench(std::ostream& out, const std::filesystem::path& shared);
/// Pages of long lists at the office and on a laptop.
void run_list_bench(std::ostream& out);
/// A report over many files at the office.
void run_report_bench(std::ostream& out);
void run_attachment_bench(std::ostream& out);
void run_tabular_bench(std::ostream& out);
/// `shared`: the folder with `workload/`; skipped with a word when it is not there.
void run_sync_bench(std::ostream& out, const std::filesystem::path& shared);
/// Only W1, with so many customers and twice as many visits.
void run_first_sync_bench(std::ostream& out, const std::filesystem::path& shared, int customers);
/// Only W2 and W4.
void run_nightly_bench(std::ostream& out, const std::filesystem::path& shared);

/// What the time of an answer tells somebody who guesses ids.
void run_guess_bench(std::ostream& out);

/// The console: small reads, open pages, hostile senders.
void run_web_bench(std::ostream& out);

/// So many laptops at once against the real office program, which serves so many open pages, too.
void run_load_bench(std::ostream& out, int laptops, int pages);

}  // namespace dossier::bench
