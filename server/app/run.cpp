#include "server/app/run.hpp"

#include "common/cli/delivered.hpp"
#include "common/cli/hidden_line.hpp"
#include "common/cli/render.hpp"
#include "common/control/socket.hpp"
#include "common/sqlite/failure.hpp"

#include "server/app/here.hpp"
#include "server/app/office_home.hpp"
#include "server/control/orders.hpp"

namespace dossier::server {
namespace {

Order order_of(const Parsed& parsed, const std::string& start) {
    const auto& globals = parsed.globals;
    return {.action = parsed.action,
            .inputs = parsed.inputs,
            .as = globals.as,
            .purpose = globals.purpose,
            .lang = globals.lang,
            .start = start};
}

inline constexpr Fault kTypedTwice{"cli.typed_differently",
                                   ErrorCode::Usage,
                                   {"两次输入不一致", "what was typed twice differs"},
                                   {"重新输入", "type it again"}};

/// What is typed unseen is asked for in this process: the office that runs sees no terminal. One
/// that comes from a file ("password-file") is not; nor where there is no terminal.
Status ask_secrets(Parsed& parsed, cli::Console& console) {
    for (const action::Input& input : parsed.action->inputs) {
        const auto key = input.key();
        if (input.is_typed() || parsed.inputs.has(key + "-file")) continue;
        auto once = cli::hidden_line(console, input.help);
        if (!once) return {};
        const auto twice = cli::hidden_line(console, {"再输一次：", "Again: "});
        if (once != twice) return fail(kTypedTwice);
        parsed.inputs.put(key, {std::move(*once)});
    }
    return {};
}

/// The same command in this process, on a store nobody else has open.
int run_alone(const Parsed& parsed,
              const std::string& start,
              std::ostream& out,
              std::ostream& err) {
    const auto& globals = parsed.globals;
    cli::Console console{out, err, kProgramName, globals.lang, globals.json};
    const SystemClock clock;
    crypto::SystemRandom random;
    auto opened = open_office({globals.folder, globals.key_file}, clock, random);
    if (!opened) return console.fail(opened.error());
    auto& office = (*opened)->office;
    Workplace place{.office = office,
                    .in_unit =
                        [&office](const std::function<void()>& work) {
                            Unit unit(office.store());
                            work();
                            unit.commit();
                        },
                    .folder = globals.folder};
    return run_command(parsed, start, place, out, err);
}

int run_parsed(Parsed parsed, const std::string& start, std::ostream& out, std::ostream& err) {
    const auto& globals = parsed.globals;
    cli::Console console{out, err, kProgramName, globals.lang, globals.json};
    if (parsed.action->runs == Runs::Here) {
        auto result = run_here(parsed, start, console);
        return result ? *result : console.fail(result.error());
    }
    if (auto asked = ask_secrets(parsed, console); !asked) return console.fail(asked.error());
    const auto answer =
        control::ask_running(globals.folder, request_of(order_of(parsed, start)), globals.lang);
    if (!answer) return console.fail(answer.error());
    if (!*answer) return run_alone(parsed, start, out, err);
    return cli::render(console, **answer);
}

}  // namespace

int run_command(const Parsed& parsed,
                const std::string& start,
                Workplace& place,
                std::ostream& out,
                std::ostream& err) {
    cli::Console console{out, err, kProgramName, parsed.globals.lang, parsed.globals.json};
    return cli::render(console, perform(order_of(parsed, start), place));
}

int run_line(const std::vector<std::string>& words,
             const std::string& start,
             std::ostream& out,
             std::ostream& err) {
    cli::Console console{out, err, kProgramName, cli::early_lang(words), cli::early_json(words)};
    const auto run = [&] {
        auto parsed = parse(words);
        if (!parsed) return console.fail(parsed.error());
        if (parsed->action == nullptr) {
            out << parsed->help;
            return words.empty() ? exit_code(ErrorCode::Usage) : 0;
        }
        return run_parsed(std::move(*parsed), start, out, err);
    };
    try {
        return cli::delivered(console, run());
    } catch (const std::exception& failure) {
        return console.fail(sqlite::error_of(failure));
    }
}

}  // namespace dossier::server
