#include "client/app/app.hpp"

#include <exception>

#include "common/cli/delivered.hpp"
#include "common/sqlite/failure.hpp"

#include "client/cli/gate.hpp"
#include "client/cli/home.hpp"
#include "client/cli/parse.hpp"

namespace dossier::client {
namespace {

/// What a broken disk or database means to people; the vault knows more than SQLite's number.
Error meaning_of(const std::exception& failure, Store* store) {
    if (store != nullptr && store->vault() != nullptr) {
        if (auto fault = store->vault()->last_fault()) return *fault;
    }
    return sqlite::error_of(failure);
}

Result<int> run_command(Context& context, std::unique_ptr<Store>& store) {
    std::unique_ptr<Intake> intake;
    crypto::Ids ids(context.clock, context.random);
    context.ids = &ids;
    if (context.command->needs == Needs::Store) {
        auto how = unlock_from(context.globals, context.console, Asking::Once);
        if (!how) return pass(how);
        auto opened = open_home(context.globals.dir, *how, context.random);
        if (!opened) return pass(opened);
        store = std::move(*opened);
        intake = std::make_unique<Intake>(*store, context.clock);
        context.store = store.get();
        context.intake = intake.get();
        if (auto open = pass_gate(context); !open) return pass(open);
    }
    return context.command->run(context);
}

int run_words(const std::vector<std::string>& words, const Surroundings& around) {
    cli::Console console{around.out, around.err, cli::early_lang(words), cli::early_json(words)};
    auto parsed = parse(words);
    if (!parsed) return console.fail(parsed.error());
    auto lang = cli::pick_lang(parsed->globals.lang);
    if (!lang) return console.fail(lang.error());
    console.lang = *lang;
    if (!parsed->help.empty()) {
        around.out << parsed->help;
        return 0;
    }
    Context context{console, parsed->globals, around.clock, around.random, around.in};
    context.command = parsed->command;
    context.words = parsed->words;
    context.given = parsed->given;
    std::unique_ptr<Store> store;
    try {
        const auto done = run_command(context, store);
        if (store != nullptr && store->lease.lock(around.clock.now()) == Lock::Wiped) {
            // The office knows: keys first, then what they opened.
            store.reset();
            destroy_home(parsed->globals.dir);
        }
        return done ? *done : console.fail(done.error());
    } catch (const std::exception& failure) {
        return console.fail(meaning_of(failure, store.get()));
    }
}

}  // namespace

int run(const std::vector<std::string>& words, const Surroundings& around) {
    const int code = run_words(words, around);
    cli::Console console{around.out, around.err, cli::early_lang(words), cli::early_json(words)};
    return cli::delivered(console, code);
}

int run(int argc, const char* const* argv, std::istream& in, std::ostream& out, std::ostream& err) {
    const SystemClock clock;
    crypto::SystemRandom random;
    return run(std::vector<std::string>(argv + 1, argv + argc), {clock, random, in, out, err});
}

}  // namespace dossier::client
