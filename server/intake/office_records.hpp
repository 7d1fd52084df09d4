// Records of the office itself, and those only it writes, by its events.
#pragma once

#include "common/catalog/field.hpp"

namespace dossier::server {

/// What was disputed, proposed and merged, what is to be done and was asked for: no person sets or
/// removes such a record. Source: domain 3.3, note 6.
using catalog::is_written_by_office;

/// Records of the company itself and of its administration, decided by rights of their own.
inline bool is_office_kind(const catalog::Kind& kind) {
    return kind.belongs == catalog::Belongs::Organisation ||
           kind.belongs == catalog::Belongs::Administration;
}

}  // namespace dossier::server
