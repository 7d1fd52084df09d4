// What encryption costs: the vault against plain SQLite on the same work in the same run.
#pragma once

#include <iosfwd>

namespace dossier::bench {

/// Prints milliseconds and ratios beside their bars; about a minute. Median of five interleaved
/// rounds: a 100,000 rows in one transaction, b 2,000 single transactions, c 100,000 point reads
/// with a 2 MB cache, d a scan of the whole file, e open and first read, f one durable save.
void run_vault_bench(std::ostream& out);

}  // namespace dossier::bench
