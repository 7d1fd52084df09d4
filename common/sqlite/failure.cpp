#include "common/sqlite/failure.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

namespace dossier::sqlite {
namespace {

const Fault& fault_of(const SQLite::Exception& failure) {
    // The vault answers damage with this extended code.
    if (failure.getExtendedErrorCode() == SQLITE_IOERR_DATA) return kDamaged;
    switch (failure.getErrorCode() & 0xFF) {
        case SQLITE_FULL:
        case SQLITE_READONLY:
        case SQLITE_CANTOPEN:
        case SQLITE_PERM:
            return kNoSpace;
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return kDamaged;
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return kBusy;
        default:
            return kBroken;
    }
}

}  // namespace

Error error_of(const std::exception& failure) {
    const auto* of_sqlite = dynamic_cast<const SQLite::Exception*>(&failure);
    return {of_sqlite == nullptr ? &kBroken : &fault_of(*of_sqlite), {failure.what()}};
}

}  // namespace dossier::sqlite
