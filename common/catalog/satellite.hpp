// What is kept beside a customer's file in small tables, and the lists of the company: a kind is a
// table here and its name in the last line. Source: domain 2.2.7.
#pragma once

#include "common/catalog/table.hpp"

namespace dossier::catalog {

/// The kinds of this table, for the list of all (catalog.cpp).
inline constexpr std::array<const Kind*, 0> kSatellites{};

}  // namespace dossier::catalog
