// What an action of the laptop is: a row of common/action with how much of the laptop it needs,
// what may be done of it while nothing may be shown, and the function that does it. It knows no
// terminal: cli/ sees its inputs and answers.
#pragma once

#include <functional>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/action/inputs.hpp"
#include "common/crypto/random.hpp"
#include "common/time/clock.hpp"

#include "client/intake/intake.hpp"
#include "client/reading/asker.hpp"

namespace dossier::client {

using action::Give;
using action::Input;
using action::Inputs;
using action::Means;

/// Whoever works on the store has a turn at it: a sync gives way between two messages, so that
/// people work on meanwhile.
using Turn = std::unique_lock<std::mutex>;

/// The laptop an action works on, opened by this process.
struct Laptop {
    Store& store;
    Intake& intake;
    crypto::Ids& ids;
    const Clock& clock;
    crypto::Random& random;
    std::string folder = {};      ///< where the store lies
    std::mutex* turns = nullptr;  ///< null = nobody else works on the store
    /// False once a sync is not wanted any more; empty = always.
    std::function<bool()> is_wanted = {};
    /// Gives the office a way to open the store, too: a forgotten passphrase or a leaver must lose
    /// nothing. Errors: those of vault::add_recovery_slot.
    std::function<Status(const vault::PublicKey&)> open_to_office = {};

    [[nodiscard]] Turn take_turn() const { return turns == nullptr ? Turn() : Turn(*turns); }
};

/// What a long action has done so far.
struct Progress {
    std::string_view code;  ///< "hello", "push", "pull", "attachments", "bye": see Engine::phase
    Text phase;
    std::uint64_t sent = 0;
    std::uint64_t received = 0;
    std::uint64_t bytes = 0;
};

/// Answers in the language of the answer.
using Tell = std::function<void(action::Answer&)>;

/// What an action hears from and tells the one who asked, beside inputs and answer.
struct Exchange {
    std::function<void(const Progress&)> on_progress = {};
    /// How what it answered is said in any language, for who shows it again later.
    std::function<void(Tell)> on_told = {};
};

struct Action;

/// Who asks for what, and where the answer goes.
struct Context {
    action::Answer& answer;
    const Action& action;
    const Inputs& inputs;
    Laptop& laptop;
    Store& store;
    Intake& intake;
    const Exchange& exchange;
    Lock lock = Lock::Open;

    [[nodiscard]] Asker asker() const { return {answer.lang, lock}; }
    [[nodiscard]] std::string say(const Text& text) const { return std::string(answer.in(text)); }
    [[nodiscard]] RecordId new_id() const { return laptop.ids.make<RecordId>(); }
    /// Under which a new record with these values is kept.
    [[nodiscard]] RecordId new_id(const catalog::Kind& kind, const FieldValues& values) const {
        return intake.id_of_new(kind, values, laptop.ids);
    }
};

/// What an action needs before it can run. Nothing: no store, or it opens one itself. Reading: the
/// store, of which it changes nothing. Store: the store. Office: the store by turns, for in between
/// it speaks with the office.
enum class Needs : std::uint8_t { Nothing, Reading, Store, Office };

/// What an action may do while nothing that lies here may be shown (lease.hpp).
enum class WhenLocked : std::uint8_t {
    Refused,
    Records,  ///< it only adds, names no record's content and is sealed
    Runs,
};

/// The exit code. What was refused is an Error; what was answered before it stays.
using Run = Result<int> (*)(Context&);

struct Action : action::Action {
    Needs needs = Needs::Store;
    Run run = nullptr;  ///< null for what talks to a terminal or to key slots: see cli/here.hpp
    WhenLocked when_locked = WhenLocked::Refused;
    const catalog::Kind* about = nullptr;  ///< of the actions every kind has
};

/// Every action, in the order of the help.
const std::vector<const Action*>& actions();
/// nullptr when there is none of this name ("customer.add").
const Action* find_action(std::string_view name);
/// A word that stands for several actions ("customer"), in a few words.
Text group_help(std::string_view word);

}  // namespace dossier::client
