// The shared benchmark workload (W1–W4) mapped onto the catalog. A column without a counterpart
// goes to a text field that holds its size, so that every byte of the workload is stored and sent.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "common/base/value.hpp"

namespace dossier::bench {

struct WorkRecord {
    RecordId id;
    RecordId customer;  ///< of a visit
    FieldValues values;
};

/// One edit of W2 or W3: who, which customer, which workload columns become what.
struct WorkEdit {
    int laptop = 0;
    RecordId customer;
    FieldValues changed;
};

struct Workload {
    std::vector<WorkRecord> customers;
    std::vector<WorkRecord> visits;
    std::vector<WorkEdit> edits;  ///< W2 round 1
    std::vector<std::pair<int, WorkRecord>> new_visits;
    std::vector<WorkEdit>
        clashes;       ///< W3 round 1: first 500 customers different fields, then the same
    std::string rows;  ///< every row as the generator wrote it: what zstd -3 is measured on
};

/// Runs the generator of `shared/workload` for `customers` customers and reads what it made.
/// Errors: nullopt when the folder or node is not there; says so on standard error.
std::optional<Workload> load_workload(const std::filesystem::path& shared, int customers);

}  // namespace dossier::bench
