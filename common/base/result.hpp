// Expected failure: what went wrong, what to do about it, in both languages.
// Result for decoding, verifying, permission, not found, refusal by a peer; exceptions for a
// broken disk, memory or driver; DOSSIER_CHECK for programmer errors.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

#include "common/base/text.hpp"

namespace dossier {

/// What the receiver of an error can do about it. The value is the exit code of both binaries
/// where the command line promises one (`README.md`, exit codes), else 1.
enum class ErrorCode : unsigned char {
    Failed,         ///< nothing more precise is known
    Usage,          ///< the command was written wrongly
    Malformed,      ///< bytes or a value that do not follow their format
    Oversized,      ///< larger than a stated limit
    NotFound,       ///< no such thing, or none the asker may know of
    Denied,         ///< the role may not do this
    NeedsApproval,  ///< allowed once somebody has approved it
    Stale,          ///< somebody changed it meanwhile; look again
    Conflict,       ///< contradicts another value or record
    Partial,        ///< some items were not accepted
    NoStore,        ///< no database here
    Busy,           ///< in use by another process
    TooOften,       ///< asked again too soon; its first argument says for how many seconds to wait
    Unauthenticated,  ///< wrong passphrase or key
    Unreachable,      ///< the peer does not answer
    TimedOut,         ///< the peer stopped answering
    DeviceRefused,    ///< device not approved, suspended or revoked
    WrongServer,      ///< not the office this laptop was enrolled with
    Version,          ///< too old or too new
    Corrupt,          ///< stored data does not verify
    ClockSkew,        ///< clock off beyond the limit
    NoSpace,          ///< disk full or read-only
};

/// One thing that can go wrong, declared once beside the code that detects it and passed by
/// reference; `id` is stable and shown to people ("vault.wrong_passphrase").
struct Fault {
    std::string_view id;
    ErrorCode code;
    Text what;
    Text remedy;

    /// The action that helps: the one the remedy names first ("case.list"); empty for none.
    [[nodiscard]] std::string_view next() const { return action_in(remedy.zh); }
};

/// A fault that happened: `args` fill the "{}" marks of `what`, then those of `remedy`.
struct Error {
    const Fault* fault;
    std::vector<std::string> args;

    [[nodiscard]] ErrorCode code() const { return fault->code; }
    [[nodiscard]] std::string_view id() const { return fault->id; }
    [[nodiscard]] bool is(const Fault& other) const { return fault->id == other.id; }
};

template <class T>
using Result = tl::expected<T, Error>;
using Status = Result<void>;

/// The failing branch of a Result: `return fail(kWrongPassphrase, path);`
template <class... Args>
tl::unexpected<Error> fail(const Fault& fault, Args&&... args) {
    return tl::unexpected(Error{&fault, {std::string(std::forward<Args>(args))...}});
}
/// Hands an error on from one Result type to another.
template <class T>
tl::unexpected<Error> pass(Result<T>& failed) {
    return tl::unexpected(std::move(failed.error()));
}

/// "what (id)。处理：remedy" in the asked language, one line, with the actions it names still to be
/// said (told.hpp).
std::string describe(const Error& error, Lang lang);
/// Exit code of the command lines for `code` (`ux` table of the README).
int exit_code(ErrorCode code);

}  // namespace dossier
