#include "client/app/app.hpp"

#include <exception>

#include <SQLiteCpp/Exception.h>
#include <sqlite3.h>

#include "client/cli/home.hpp"
#include "client/cli/parse.hpp"

namespace dossier::client {
namespace {

constexpr Fault kBroken{"client.broken",
                        ErrorCode::Failed,
                        {"操作失败：{}", "it failed: {}"},
                        {"已保存的内容不受影响；再试一次，仍不行请联系管理员",
                         "what was saved is safe; try again, then call the administrator"}};
constexpr Fault kDiskFull{
    "client.disk_full",
    ErrorCode::NoSpace,
    {"磁盘已满或不可写，没有保存", "the disk is full or read-only; nothing was saved"},
    {"释放空间后再试；之前保存的内容仍在",
     "free some space and try again; what was saved before is there"}};

/// What a broken disk or database means to people; the vault knows more than SQLite's number.
Error meaning_of(const SQLite::Exception& error, Store* store) {
    if (store != nullptr && store->vault() != nullptr) {
        if (auto fault = store->vault()->last_fault()) return *fault;
    }
    const int code = error.getErrorCode() & 0xFF;
    if (code == SQLITE_FULL || code == SQLITE_READONLY || code == SQLITE_CANTOPEN)
        return {&kDiskFull, {}};
    return {&kBroken, {error.what()}};
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
    }
    return context.command->run(context);
}

}  // namespace

int run(int argc, const char* const* argv, std::istream& in, std::ostream& out, std::ostream& err) {
    cli::Console console{out, err, lang_from_environment(), false};
    auto parsed = parse(argc, argv);
    for (int i = 1; i < argc; ++i)
        console.json = console.json || std::string_view(argv[i]) == "--json";
    if (!parsed) return console.fail(parsed.error());
    auto lang = cli::pick_lang(parsed->globals.lang);
    if (!lang) return console.fail(lang.error());
    console.lang = *lang;
    if (!parsed->help.empty()) {
        out << parsed->help;
        return 0;
    }
    const SystemClock clock;
    crypto::SystemRandom random;
    Context context{console, parsed->globals, clock, random, in};
    context.command = parsed->command;
    context.words = parsed->words;
    context.given = parsed->given;
    std::unique_ptr<Store> store;
    try {
        const auto done = run_command(context, store);
        return done ? *done : console.fail(done.error());
    } catch (const SQLite::Exception& error) {
        return console.fail(meaning_of(error, store.get()));
    } catch (const std::exception& error) {
        return console.fail({&kBroken, {error.what()}});
    }
}

}  // namespace dossier::client
