// What a command of dossierd is: its words, its arguments and help, and what it is given to work
// with. Commands are written once; they run in the process that holds the store, whoever typed
// them. Reading arguments and printing help is parse.cpp's, opening stores run.cpp's.
#pragma once

#include <functional>
#include <map>
#include <semaphore>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/cli/console.hpp"

#include "server/reading/asker.hpp"

namespace dossier::server {

enum class Give : std::uint8_t { Required, Optional, Flag, Many, SomeRequired };

/// One argument: "LOGIN" stands where it is written, "--region" is named.
struct Arg {
    std::string_view name;
    std::string_view value;  ///< what stands for the value of a named one in the help
    Text help;
    Give give = Give::Optional;
};

/// What was given, by the name of the argument.
class Args {
  public:
    void put(std::string_view name, std::vector<std::string> values) {
        given_[std::string(name)] = std::move(values);
    }
    [[nodiscard]] bool has(std::string_view name) const { return given_.contains(name); }
    /// Empty when it was not given.
    [[nodiscard]] const std::string& text(std::string_view name) const;
    [[nodiscard]] const std::vector<std::string>& all(std::string_view name) const;
    /// Errors: cli.usage for what is no whole number ≥ 0.
    [[nodiscard]] Result<std::uint64_t> number(std::string_view name,
                                               std::uint64_t otherwise) const;

  private:
    std::map<std::string, std::vector<std::string>, std::less<>> given_;
};

/// Options every command takes.
struct Globals {
    std::string folder;
    std::string key_file;
    std::string as;
    std::string purpose;
    Lang lang = Lang::Zh;
    bool json = false;
};

/// The office a command works on, and how it gets a unit of work: opened by this process, or
/// crossing to the store's thread of the running one.
struct Workplace {
    Office& office;
    std::function<void(const std::function<void()>&)> in_unit;
    std::string listening;  ///< "host:port" while the office accepts laptops; else empty
    /// The same ahead of everybody else; empty where nobody else is.
    std::function<void(const std::function<void()>&)> at_once = {};
    /// Between two pages of a long reading, inside a unit: what was read is kept, others go on, and
    /// what the office's people cached is read anew.
    std::function<void()> give_way = [] {};
    /// False once nobody waits for the answer: long work stops between two steps. Outside units.
    std::function<bool()> is_wanted = [] { return true; };
    /// Commands that read or write files take one of these, imports the only one of the other;
    /// null = no limit.
    std::counting_semaphore<>* file_places = nullptr;
    std::counting_semaphore<>* import_place = nullptr;
};

struct Context {
    cli::Console& console;
    const Args& args;
    const Globals& globals;
    Workplace& place;
    Office& office;
    UserId actor;
    std::string start;  ///< where relative file names start

    [[nodiscard]] Lang lang() const { return console.lang; }
    [[nodiscard]] Asker asker() const { return {actor, globals.purpose, console.lang}; }
    [[nodiscard]] std::string file(std::string_view name) const;
    [[nodiscard]] const access::Viewer& viewer() const {
        return office.people().viewer(actor, office.now());
    }
};

/// Who acts when --as does not say: nobody in particular, the first administrator, or an error.
enum class Actor : std::uint8_t { Nobody, Administrator, Named };
/// InUnit: wholly inside one unit of work, its output shown after the
/// commit. AtOnce: the same, ahead of everybody else: what stops a laptop or a person. OnStore:
/// asks for units of work itself. Here: always in the process that was started.
enum class Runs : std::uint8_t { InUnit, AtOnce, OnStore, Here };

/// The exit code. What was refused is an Error; what was written before it stays written.
using Run = Result<int> (*)(Context&);

struct Command {
    std::string_view words;  ///< "user add"
    Text help;
    std::string_view example;
    std::span<const Arg> args;
    Actor actor = Actor::Administrator;
    Runs runs = Runs::InUnit;
    Run run = nullptr;  ///< null for Runs::Here: see here.hpp
};

/// Every command, in the order of the help.
std::vector<const Command*> commands();
/// A word that stands for several commands ("user"), in a few words.
Text group_help(std::string_view word);

}  // namespace dossier::server
