// The kind the others of a customer hang on.
#pragma once

#include "common/catalog/field.hpp"

namespace dossier::catalog {

/// A customer's file itself, on which the others hang.
inline bool is_file(const Kind& kind) {
    return kind.belongs == Belongs::Customer && kind.parent.empty();
}

}  // namespace dossier::catalog
