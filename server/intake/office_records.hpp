// Records of the office itself, and those only it writes, by its events.
#pragma once

#include "common/catalog/field.hpp"

namespace dossier::server {

/// What was disputed, proposed and merged: no person makes, sets or removes such a record. Source:
/// domain 3.3, note 6.
inline bool is_written_by_office(const catalog::Kind& kind) {
    return kind.made_by == catalog::MadeBy::Office;
}

/// Records of the company itself and of its administration, decided by rights of their own.
inline bool is_office_kind(const catalog::Kind& kind) {
    return kind.belongs == catalog::Belongs::Organisation ||
           kind.belongs == catalog::Belongs::Administration;
}

}  // namespace dossier::server
