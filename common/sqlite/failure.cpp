#include "common/sqlite/failure.hpp"

#include <cerrno>
#include <new>
#include <system_error>

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

namespace dossier::sqlite {
namespace {

/// The most precise code there is: some failures come without a connection to ask.
int code_of(const SQLite::Exception& failure) {
    const int extended = failure.getExtendedErrorCode();
    return extended > 0 ? extended : failure.getErrorCode();
}

const Fault& fault_of(int code) {
    // The vault answers damage with this extended code.
    if (code == SQLITE_IOERR_DATA) return kDamaged;
    // Every allocation that fails below SQLite comes up as this one.
    if (code == SQLITE_IOERR_NOMEM) return kNoMemory;
    switch (code & 0xFF) {
        case SQLITE_FULL:
        case SQLITE_READONLY:
        case SQLITE_CANTOPEN:
        case SQLITE_PERM:
            return kNoSpace;
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return kDamaged;
        case SQLITE_NOMEM:
            return kNoMemory;
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return kBusy;
        default:
            return kBroken;
    }
}

}  // namespace

Error error_of(const std::exception& failure) {
    if (const auto* of_sqlite = dynamic_cast<const SQLite::Exception*>(&failure))
        return {&fault_of(code_of(*of_sqlite)), {"SQLite " + std::to_string(code_of(*of_sqlite))}};
    if (const auto* of_system = dynamic_cast<const std::system_error*>(&failure)) {
        const auto code = of_system->code().value();
        if (code == ENOSPC || code == EDQUOT || code == EACCES || code == EROFS || code == EPERM)
            return {&kNoSpace, {}};
        return {&kBroken, {std::to_string(code)}};
    }
    if (dynamic_cast<const std::bad_alloc*>(&failure) != nullptr) return {&kNoMemory, {}};
    return {&kBroken, {failure.what()}};
}

}  // namespace dossier::sqlite
