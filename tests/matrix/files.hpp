// What really becomes of each operation on a customer's file: cells as the table writes them.
#pragma once

#include "tests/matrix/desk.hpp"
#include "tests/matrix/wire.hpp"

namespace dossier::test {

/// Operations of cells/files.csv.
std::vector<std::string> file_operations();

/// One cell a file, in the order of `World::files`.
using Cells = std::vector<std::string>;

/// show, list, history: by the command line at the office.
Cells shown(World& world, Desk& desk);
Cells listed(World& world, Desk& desk);
Cells histories(World& world, Desk& desk);

/// What a laptop of the person gets of customer, contact and content.
struct Carried {
    Cells customer;
    Cells contact;
    Cells content;
};
Carried carried(World& world, Wire& wire);

/// What the office answers to the operation when a laptop of the person brings it, written at that
/// time; by default now.
Cells pushed(World& world, Wire& wire, std::string_view operation, Instant written = {});
/// The op a push of this name consists of, on these records.
merge::Op op_for(PeopledOffice& office, std::string_view operation, const File& file);
/// A verdict as the table writes it.
std::string cell_of(const merge::Verdict& verdict);

}  // namespace dossier::test
