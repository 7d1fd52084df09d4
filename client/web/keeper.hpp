// Who keeps the store for the page: what a page may ask of the program it belongs to, beside the
// actions of the table.
#pragma once

#include <functional>
#include <string>

#include "client/actions/perform.hpp"

namespace dossier::client {

/// None: there is no store yet. Locked: it is closed and its key in nobody's memory.
enum class VaultIs : std::uint8_t { None, Locked, Open };

/// Without anybody at work the store is closed. Source: ux 3.1.
inline constexpr int kIdleMinutes = 10;

inline constexpr Fault kAgentLocked{"page.locked",
                                    ErrorCode::Unauthenticated,
                                    {"已锁定", "locked"},
                                    {"输入口令解锁", "unlock with the passphrase"}};
inline constexpr Fault kAgentWait{
    "page.wait",
    ErrorCode::TooOften,
    {"口令错误次数较多，请过 {} 秒再试", "too many wrong passphrases: wait {} s"},
    {"等候期间不会计入新的失败", "nothing is counted meanwhile"}};

/// Whether a person caused a request, or the page did by itself: that keeps nothing unlocked.
enum class AskedBy : std::uint8_t { Person, Page };

/// Any thread, but for what is said otherwise.
class Keeper {
  public:
    Keeper() = default;
    Keeper(const Keeper&) = delete;
    Keeper& operator=(const Keeper&) = delete;
    virtual ~Keeper() = default;

    virtual VaultIs vault() = 0;
    /// How things stand, as the page shows it: what waits, what the last sync did, what goes on.
    /// Of a locked store only numbers.
    virtual action::Json state(Lang lang) = 0;
    /// Carries an action out. Refused while locked: page.locked.
    virtual action::Outcome carry_out(const Order& order, AskedBy by) = 0;

    /// Makes the store of a laptop that has none, and opens it. Errors: client.weak_passphrase,
    /// vault.exists, those of `make_home`.
    virtual Status make_vault(std::string passphrase) = 0;
    /// Opens the store; one that is open is only tried. Errors: page.wait,
    /// vault.wrong_passphrase, those of `open_home`.
    virtual Status unlock(std::string passphrase) = 0;
    /// Errors: page.wait, vault.wrong_passphrase, client.weak_passphrase.
    virtual Status change_passphrase(std::string now, std::string next) = 0;
    /// Closes the store once what is being done with it has ended; a sync is cut.
    virtual void lock() = 0;
};

}  // namespace dossier::client
