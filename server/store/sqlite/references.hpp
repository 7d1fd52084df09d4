// Part of `verify`: what records name must be of a kind they may name.
#pragma once

#include <functional>

#include "common/sqlite/connection.hpp"

#include "server/store/rows.hpp"

namespace dossier::server {

/// Tells `wrong` of each record with a reference to a record of a kind its field may not name, and
/// the name of that field. What is named and not here is no fault: it may never have been sent.
void check_references(sqlite::Connection& db,
                      const std::function<void(const RecordId&, std::string_view)>& wrong);

}  // namespace dossier::server
