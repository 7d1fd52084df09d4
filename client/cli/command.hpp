// What a command is: its words, its help, its options, and the function that runs it. The tables
// in the files of this folder are the whole command line; parse.cpp turns them into a parser.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/catalog/catalog.hpp"
#include "common/cli/console.hpp"
#include "common/crypto/random.hpp"
#include "common/time/clock.hpp"

#include "client/intake/intake.hpp"
#include "client/store/store.hpp"

namespace dossier::client {

struct Option {
    std::string_view name;  ///< without dashes; "c,customer" has a short and a long form
    Text help;
    bool is_flag = false;
    bool is_required = false;
};

struct Context;

/// How much of the laptop a command needs before it can run.
enum class Needs : std::uint8_t { Nothing, Store };

/// What a command may do while nothing that lies here may be shown (lease.hpp).
enum class WhenLocked : std::uint8_t {
    Refused,
    Records,  ///< it only adds, names no record's content and is sealed
    Runs,
};

struct Command {
    std::string_view path;  ///< "customer add"
    Text help;
    std::string_view example;  ///< one line that works
    /// What stands without an option: "NAME", "KIND FILE"; "[CUSTOMER]" may be left out, "TEXT…"
    /// takes all the words that are left.
    std::string_view words;
    std::vector<Option> options;
    const catalog::Kind* fields = nullptr;  ///< each field a person may set is an option too
    Needs needs = Needs::Store;
    Result<int> (*run)(Context&) = nullptr;
    WhenLocked when_locked = WhenLocked::Refused;
};

/// Options every command takes.
struct Globals {
    std::string dir;
    std::string passphrase_file;
    std::string key_file;
    std::string lang;
    bool json = false;
    bool quiet = false;
};

/// What was typed, and everything a command works with.
struct Context {
    cli::Console& console;
    const Globals& globals;
    const Clock& clock;
    crypto::Random& random;
    std::istream& in;
    const Command* command = nullptr;
    std::vector<std::string> words;
    std::map<std::string, std::vector<std::string>, std::less<>> given;  ///< options by name
    Store* store = nullptr;
    Intake* intake = nullptr;
    crypto::Ids* ids = nullptr;
    Lock lock = Lock::Open;

    [[nodiscard]] bool has(std::string_view option) const {
        return given.find(option) != given.end();
    }
    /// The last value of an option; empty when it was not given.
    [[nodiscard]] std::string value(std::string_view option) const;
    [[nodiscard]] std::string word(std::size_t at) const {
        return at < words.size() ? words[at] : std::string();
    }
    /// All words, as somebody types a text without quotes.
    [[nodiscard]] std::string text() const;
    /// A whole number from 1 on; `otherwise` when it was not given. Errors: cli.usage.
    [[nodiscard]] Result<std::size_t> number(std::string_view option, std::size_t otherwise) const;
};

/// Every command of every table, in the order of `--help`.
std::vector<const Command*> all_commands();
/// What the commands that begin with this word are about ("customer").
Text group_help(std::string_view word);
/// What stands at a place of `Command::words` ("CUSTOMER").
Text place_help(std::string_view place);

// The tables, one a file.
std::span<const Command> laptop_commands();
std::span<const Command> outbox_commands();
std::span<const Command> customer_commands();
std::span<const Command> contact_commands();
std::span<const Command> attach_commands();
std::span<const Command> visit_commands();
std::span<const Command> work_log_commands();
std::span<const Command> case_commands();
std::span<const Command> sheet_commands();
std::span<const Command> vault_commands();

}  // namespace dossier::client
