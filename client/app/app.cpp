#include "client/app/app.hpp"

#include <algorithm>
#include <exception>
#include <filesystem>
#include <iterator>

#include "common/cli/delivered.hpp"
#include "common/cli/render.hpp"
#include "common/control/socket.hpp"

#include "client/actions/home.hpp"
#include "client/actions/perform.hpp"
#include "client/app/agent_commands.hpp"
#include "client/cli/here.hpp"
#include "client/cli/progress_line.hpp"
#include "client/cli/stream_files.hpp"
#include "client/cli/unlock.hpp"

namespace dossier::client {
namespace {

namespace fs = std::filesystem;

/// What stands in a file, or is typed into standard input, is read in this process: an agent that
/// carries out the command sees neither. Errors: client.cannot_read.
Status read_typed(Parsed& parsed, std::istream& in) {
    for (const Input& input : parsed.action->inputs) {
        const auto key = input.key();
        if (!parsed.inputs.has(key)) continue;
        const auto& given = parsed.inputs.all(key);
        const bool from_stream = given.size() == 1 && given.front() == "-";
        if (input.means == Means::Long && from_stream)
            parsed.inputs.put(key, {std::string(std::istreambuf_iterator<char>(in), {})});
        if (input.means != Means::FirstLine) continue;
        std::string line;
        if (from_stream) {
            std::getline(in, line);
        } else {
            auto read = first_line(given.front());
            if (!read) return pass(read);
            line = std::move(*read);
        }
        parsed.inputs.put(key, {std::move(line)});
    }
    return {};
}

/// An action that knows no terminal: notes and progress appear while it runs, its answer after.
action::Outcome run_action(const Parsed& parsed,
                           const Surroundings& around,
                           cli::Console& console,
                           Laptop& laptop) {
    const auto& globals = parsed.globals;
    ProgressLine line(console, around.clock, !globals.quiet && !globals.json);
    const Order order{
        .action = parsed.action,
        .inputs = parsed.inputs,
        .lang = globals.lang,
        .exchange = {.on_progress = [&](const Progress& progress) { line.show(progress); }},
        .on_note = [&](const std::string& words) {
            line.clear();
            console.tell(words);
        }};
    return perform(order, laptop);
}

/// Where standard output gets a file, what is said beside it stays out of it. Errors: cli.stream.
Result<int> tell(cli::Console& console, action::Outcome outcome, const StreamFiles& streams) {
    streams.as_typed(outcome);
    if (!streams.writes() || outcome.refusal) return cli::render(console, outcome);
    for (const auto& note : outcome.answer.notes) console.tell(note);
    if (auto delivered = streams.deliver(console.out); !delivered) return pass(delivered);
    return outcome.code;
}

/// Opens what the command needs. `store` is the caller's: it outlives what goes wrong.
Result<int> run_command(Parsed& parsed,
                        const Surroundings& around,
                        cli::Console& console,
                        std::unique_ptr<Store>& store) {
    const auto& [clock, random, in, out, err] = around;
    if (is_about_agent(*parsed.action)) return run_about_agent(parsed, around, console);
    Here here{parsed, console, clock, random, in};
    if (parsed.action->needs == Needs::Nothing) return run_here(here);
    if (auto read = read_typed(parsed, in); !read) return pass(read);
    const auto streams = StreamFiles::lay(parsed, in);
    if (!streams) return tl::unexpected(streams.error());
    if (auto asked = ask_agent(parsed, console); !asked || *asked) {
        if (!asked) return pass(asked);
        return tell(console, std::move(**asked), *streams);
    }
    auto how = unlock_from(parsed.globals, console, Asking::Once);
    if (!how) return pass(how);
    auto opened = open_home(parsed.globals.folder, *how, random);
    if (!opened) return pass(opened);
    store = std::move(*opened);
    Intake intake(*store, clock);
    crypto::Ids ids(clock, random);
    Laptop laptop{.store = *store,
                  .intake = intake,
                  .ids = ids,
                  .clock = clock,
                  .random = random,
                  .folder = parsed.globals.folder,
                  .open_to_office = [&](const vault::PublicKey& office) {
                      return vault::add_recovery_slot(paths_in(parsed.globals.folder), *how,
                                                      office);
                  }};
    return tell(console, run_action(parsed, around, console, laptop), *streams);
}

int run_words(const std::vector<std::string>& words, const Surroundings& around) {
    cli::Console console{around.out, around.err, kProgramName, cli::early_lang(words),
                         cli::early_json(words)};
    auto parsed = parse(words);
    if (!parsed) return console.fail(parsed.error());
    console.lang = parsed->globals.lang;
    if (!parsed->help.empty()) {
        around.out << parsed->help;
        return 0;
    }
    std::unique_ptr<Store> store;
    try {
        const auto done = run_command(*parsed, around, console, store);
        if (store != nullptr && store->lease.lock(around.clock.now()) == Lock::Wiped) {
            // The office knows: keys first, then what they opened.
            store.reset();
            destroy_home(parsed->globals.folder);
        }
        return done ? *done : console.fail(done.error());
    } catch (const std::exception& failure) {
        return console.fail(meaning_of(failure, store.get()));
    }
}

}  // namespace

int run(const std::vector<std::string>& words, const Surroundings& around) {
    const int code = run_words(words, around);
    cli::Console console{around.out, around.err, kProgramName, cli::early_lang(words),
                         cli::early_json(words)};
    return cli::delivered(console, code);
}

int run(int argc, const char* const* argv, std::istream& in, std::ostream& out, std::ostream& err) {
    const SystemClock clock;
    crypto::SystemRandom random;
    return run(std::vector<std::string>(argv + 1, argv + argc), {clock, random, in, out, err});
}

}  // namespace dossier::client
