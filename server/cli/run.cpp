#include "server/cli/run.hpp"

#include <sstream>

#include "common/access/faults.hpp"
#include "common/cli/delivered.hpp"
#include "common/sqlite/failure.hpp"

#include "server/app/office_home.hpp"
#include "server/cli/file_place.hpp"
#include "server/cli/here.hpp"
#include "server/control/socket.hpp"
#include "server/reading/find.hpp"

namespace dossier::server {
namespace {

/// Who acts, and that he still may. Inside a unit of work.
Result<UserId> acting(Office& office, const Command& command, const Globals& globals) {
    if (globals.as.empty() && command.actor == Actor::Nobody) return UserId{};
    std::optional<UserId> user;
    if (!globals.as.empty()) {
        user = office.people().user_by_login(globals.as);
        if (!user) return fail(kUnknownUser, globals.as);
    } else if (command.actor == Actor::Administrator) {
        const auto first = office.store().meta(kFirstAdministrator);
        user = first ? UserId::from(*first) : std::nullopt;
    }
    if (!user) return fail(kWhoActs);
    if (!office.people().viewer(*user, office.now()).active) return fail(access::kFaultInactive);
    return *user;
}

Result<int> carry_out(const Parsed& parsed,
                      const std::string& start,
                      Workplace& place,
                      cli::Console& console) {
    const Command& command = *parsed.command;
    Context context{console, parsed.args, parsed.globals, place, place.office, UserId{}, start};
    Result<int> result = 0;
    const auto identify = [&] {
        context.office.people().forget();
        auto actor = acting(context.office, command, parsed.globals);
        if (actor) context.actor = *actor;
        if (!actor) result = tl::unexpected(actor.error());
    };
    const auto whole = [&] {
        identify();
        if (result) result = command.run(context);
    };
    if (command.runs == Runs::AtOnce && place.at_once) {
        place.at_once(whole);
        return result;
    }
    if (command.runs != Runs::OnStore) {
        place.in_unit(whole);
        return result;
    }
    const FilePlace taken(place.file_places);
    place.in_unit(identify);
    if (result) result = command.run(context);
    return result;
}

Lang lang_of(const ControlRequest& request) {
    return request.lang == "en" ? Lang::En : Lang::Zh;
}

/// The same command in this process, on a store nobody else has open.
int run_alone(const Parsed& parsed,
              const std::string& start,
              std::ostream& out,
              std::ostream& err) {
    const auto& globals = parsed.globals;
    cli::Console console{out, err, globals.lang, globals.json};
    const SystemClock clock;
    crypto::SystemRandom random;
    auto opened = open_office({globals.folder, globals.key_file}, clock, random);
    if (!opened) return console.fail(opened.error());
    auto& office = (*opened)->office;
    Workplace place{office,
                    [&office](const std::function<void()>& work) {
                        Unit unit(office.store());
                        work();
                        unit.commit();
                    },
                    ""};
    return run_command(parsed, start, place, out, err);
}

int run_parsed(const Parsed& parsed,
               const std::vector<std::string>& words,
               const std::string& start,
               std::ostream& out,
               std::ostream& err) {
    const auto& globals = parsed.globals;
    cli::Console console{out, err, globals.lang, globals.json};
    if (parsed.command->runs == Runs::Here) {
        auto result = run_here(parsed, start, console);
        return result ? *result : console.fail(result.error());
    }
    const ControlRequest request{.words = words,
                                 .folder = start,
                                 .lang = globals.lang == Lang::En ? "en" : "zh",
                                 .as = globals.as};
    const auto answer = ask_running(globals.folder, request);
    if (!answer) return console.fail(answer.error());
    if (!*answer) return run_alone(parsed, start, out, err);
    err << (*answer)->err << std::flush;
    out << (*answer)->out;
    return (*answer)->exit_code;
}

}  // namespace

int run_command(const Parsed& parsed,
                const std::string& start,
                Workplace& place,
                std::ostream& out,
                std::ostream& err) {
    std::ostringstream said;
    std::ostringstream noted;
    cli::Console console{said, noted, parsed.globals.lang, parsed.globals.json};
    int code = 0;
    try {
        const auto result = carry_out(parsed, start, place, console);
        code = result ? *result : console.fail(result.error());
    } catch (const std::exception& failure) {
        // Nothing was kept, so nothing is said to have been done.
        said.str({});
        code = console.fail(sqlite::error_of(failure));
    }
    err << noted.view() << std::flush;
    out << said.view();
    return code;
}

bool is_urgent(const ControlRequest& request) {
    const auto parsed = parse(request.words);
    return parsed && parsed->command != nullptr && parsed->command->runs == Runs::AtOnce;
}

ControlAnswer refuse_request(const ControlRequest& request, const Error& error) {
    std::ostringstream out;
    std::ostringstream err;
    cli::Console console{out, err, lang_of(request), cli::early_json(request.words)};
    const int code = console.fail(error);
    return {code, out.str(), err.str()};
}

ControlAnswer answer_request(const ControlRequest& request, const Globals& own, Workplace& place) {
    std::ostringstream out;
    std::ostringstream err;
    auto parsed = parse(request.words);
    ControlAnswer answer;
    if (!parsed) {
        cli::Console console{out, err, lang_of(request), cli::early_json(request.words)};
        answer.exit_code = console.fail(parsed.error());
    } else if (parsed->command == nullptr || parsed->command->runs == Runs::Here) {
        cli::Console console{out, err, lang_of(request), cli::early_json(request.words)};
        answer.exit_code = console.fail(Error{&cli::kWrongUsage, {""}});
    } else {
        parsed->globals.lang = lang_of(request);
        parsed->globals.as = request.as;
        parsed->globals.folder = own.folder;
        answer.exit_code = run_command(*parsed, request.folder, place, out, err);
    }
    answer.out = std::move(out).str();
    answer.err = std::move(err).str();
    return answer;
}

int run_line(const std::vector<std::string>& words,
             const std::string& start,
             std::ostream& out,
             std::ostream& err) {
    cli::Console console{out, err, cli::early_lang(words), cli::early_json(words)};
    const auto run = [&] {
        const auto parsed = parse(words);
        if (!parsed) return console.fail(parsed.error());
        if (parsed->command == nullptr) {
            out << parsed->help;
            return words.empty() ? exit_code(ErrorCode::Usage) : 0;
        }
        return run_parsed(*parsed, words, start, out, err);
    };
    try {
        return cli::delivered(console, run());
    } catch (const std::exception& failure) {
        return console.fail(sqlite::error_of(failure));
    }
}

}  // namespace dossier::server
