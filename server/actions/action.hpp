// What an action of dossierd is: a row of common/action with who may ask for it, how it works on
// the store, and the function that does it. It is written once, runs in the process that holds the
// store whoever asked for it, and knows no terminal: cli/ and control/ see its inputs and answers.
#pragma once

#include <functional>
#include <semaphore>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/action/inputs.hpp"

#include "server/reading/asker.hpp"

namespace dossier::server {

using action::Give;
using action::Input;
using action::Inputs;
using action::Means;

/// The office an action works on, and how it gets a unit of work: opened by this process, or
/// crossing to the store's thread of the running one.
struct Workplace {
    Office& office;
    std::function<void(const std::function<void()>&)> in_unit;
    std::string folder = {};     ///< where the office lives
    std::string listening = {};  ///< "host:port" while the office accepts laptops; else empty
    /// The same ahead of everybody else; empty where nobody else is.
    std::function<void(const std::function<void()>&)> at_once = {};
    /// Between two pages of a long reading, inside a unit: what was read is kept, others go on, and
    /// what the office's people cached is read anew.
    std::function<void()> give_way = [] {};
    /// False once nobody waits for the answer: long work stops between two steps. Outside units.
    std::function<bool()> is_wanted = [] { return true; };
    /// Actions that read or write files take one of these, imports the only one of the other;
    /// null = no limit.
    std::counting_semaphore<>* file_places = nullptr;
    std::counting_semaphore<>* import_place = nullptr;
};

struct Action;

/// Of a sign-in at the console; see accounts/sign_ins.hpp.
using SignInNumber = std::uint64_t;

/// Who asks for what, and where the answer goes.
struct Context {
    action::Answer& answer;
    const Action& action;
    const Inputs& inputs;
    Workplace& place;
    Office& office;
    UserId actor;
    std::string purpose;
    std::string start;  ///< where relative file names start
    /// Whoever asks is not at this machine: no file is named but by its last name, in `start`.
    bool is_confined = false;
    SignInNumber sign_in = 0;  ///< under which it was asked; 0 = at the machine's command line

    [[nodiscard]] Lang lang() const { return answer.lang; }
    [[nodiscard]] Asker asker() const { return {actor, purpose, answer.lang}; }
    [[nodiscard]] std::string file(std::string_view name) const;
    [[nodiscard]] const access::Viewer& viewer() const {
        return office.people().viewer(actor, office.now());
    }
};

/// Who acts when nobody is named: nobody in particular, the first administrator, or an error.
enum class Actor : std::uint8_t { Nobody, Administrator, Named };
/// InUnit: wholly inside one unit of work, its answer given after the commit. AtOnce: the same,
/// ahead of everybody else: what stops a laptop or a person. OnStore: asks for units of work
/// itself. Here: always in the process that was started.
enum class Runs : std::uint8_t { InUnit, AtOnce, OnStore, Here };

/// Changes: something of the office's. Reads: nothing but the audit. Machine: folders of the
/// office's machine, or all of its data at once; a matter of that machine's command line alone.
enum class Does : std::uint8_t { Changes, Reads, Machine };

/// The exit code. What was refused is an Error; what was answered before it stays.
using Run = Result<int> (*)(Context&);

struct Action : action::Action {
    Actor actor = Actor::Administrator;
    Runs runs = Runs::InUnit;
    Run run = nullptr;  ///< null for Runs::Here: see app/here.hpp
    Does does = Does::Changes;
    const catalog::Kind* about = nullptr;  ///< of the actions every kind has
};

/// Every action, in the order of the help.
const std::vector<const Action*>& actions();
/// nullptr when there is none of this name ("customer.transfer").
const Action* find_action(std::string_view name);
/// A word that stands for several actions ("user"), in a few words.
Text group_help(std::string_view word);

}  // namespace dossier::server
