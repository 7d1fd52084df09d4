#include "client/app/app.hpp"

#include <exception>
#include <iterator>

#include "common/cli/delivered.hpp"
#include "common/cli/render.hpp"

#include "client/actions/perform.hpp"
#include "client/cli/here.hpp"
#include "client/cli/home.hpp"
#include "client/cli/progress_line.hpp"

namespace dossier::client {
namespace {

/// An action that knows no terminal: notes and progress appear while it runs, its answer after.
int run_action(const Parsed& parsed,
               const Surroundings& around,
               cli::Console& console,
               Laptop& laptop) {
    const auto& globals = parsed.globals;
    action::Outcome outcome;
    {
        ProgressLine line(console, around.clock, !globals.quiet && !globals.json);
        const Order order{
            .action = parsed.action,
            .inputs = parsed.inputs,
            .lang = globals.lang,
            .exchange = {
                .on_progress = [&](const Progress& progress) { line.show(progress); },
                .standard_input =
                    [&] { return std::string(std::istreambuf_iterator<char>(around.in), {}); }},
            .on_note = [&](const std::string& words) {
                line.clear();
                console.tell(words);
            }};
        outcome = perform(order, laptop);
    }
    return cli::render(console, outcome);
}

/// Opens what the command needs. `store` is the caller's: it outlives what goes wrong.
Result<int> run_command(const Parsed& parsed,
                        const Surroundings& around,
                        cli::Console& console,
                        std::unique_ptr<Store>& store) {
    const auto& [clock, random, in, out, err] = around;
    Here here{parsed, console, clock, random, in};
    if (parsed.action->needs == Needs::Nothing) return run_here(here);
    auto how = unlock_from(parsed.globals, console, Asking::Once);
    if (!how) return pass(how);
    auto opened = open_home(parsed.globals.folder, *how, random);
    if (!opened) return pass(opened);
    store = std::move(*opened);
    Intake intake(*store, clock);
    crypto::Ids ids(clock, random);
    Laptop laptop{*store, intake, ids, clock, random, parsed.globals.folder};
    if (parsed.action->run != nullptr) return run_action(parsed, around, console, laptop);
    const auto lock = pass_gate(*store, clock.now(), *parsed.action);
    if (!lock) return tl::unexpected(lock.error());
    here.laptop = &laptop;
    return run_here(here);
}

int run_words(const std::vector<std::string>& words, const Surroundings& around) {
    cli::Console console{around.out, around.err, kProgramName, cli::early_lang(words),
                         cli::early_json(words)};
    const auto parsed = parse(words);
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
