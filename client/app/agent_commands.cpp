#include "client/app/agent_commands.hpp"

#include <array>
#include <charconv>
#include <cstdlib>
#include <filesystem>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/base/descriptor.hpp"
#include "common/cli/hidden_line.hpp"
#include "common/cli/render.hpp"

#include "client/app/serve_laptop.hpp"
#include "client/cli/unlock.hpp"

namespace dossier::client {
namespace {

using action::Json;

constexpr Fault kNoAgent{"client.no_agent",
                         ErrorCode::Unreachable,
                         {"目录 {} 的程序没有在运行", "no program is at work on {}"},
                         {"先运行 {do:run}", "start it with {do:run}"}};
constexpr Fault kWrongPort{"client.port",
                           ErrorCode::Usage,
                           {"“{}”不是端口", "'{}' is no port"},
                           {"写 1024 到 65535 之间的整数", "give a number from 1024 to 65535"}};

control::Request request_of(std::string_view action, const Parsed& parsed) {
    return {.action = std::string(action),
            .inputs = Json::object(),
            .lang = parsed.globals.lang,
            .folder = std::filesystem::current_path().string()};
}

/// Errors: client.no_agent, those of control::ask_running.
Result<action::Outcome> ask(const Parsed& parsed, const control::Request& request) {
    auto asked = control::ask_running(parsed.globals.folder, request, parsed.globals.lang);
    if (!asked) return pass(asked);
    if (!*asked) return fail(kNoAgent, parsed.globals.folder);
    return std::move(**asked);
}

/// A page of this user alone that leads to the address: the words of a command line, the secret of
/// the address among them, can be read by every user of the machine.
std::string way_to(const std::string& folder, const std::string& url) {
    const auto path = way_path(folder);
    ::unlink(path.c_str());
    const Descriptor file(
        ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR));
    const std::string text =
        R"(<!doctype html><meta http-equiv="refresh" content="0;url=)" + url + "\">\n";
    const bool is_written =
        file.number() >= 0 &&
        ::write(file.number(), text.data(), text.size()) == static_cast<ssize_t>(text.size());
    return is_written ? path : std::string();
}

/// The program of the desktop that opens pages, not waited for. Nothing when there is none.
void open_in_browser(const std::string& folder, const std::string& url) {
    const auto way = way_to(folder, url);
    if (way.empty()) return;
    const pid_t child = ::fork();
    if (child < 0) return;
    if (child == 0) {
        // A grandchild: whoever started this need not wait for a browser.
        if (::fork() != 0) ::_exit(0);
        ::setsid();
        // What it says is nobody's answer.
        const int nowhere = ::open("/dev/null", O_RDWR);
        for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
            ::dup2(nowhere, stream);
        ::execlp("xdg-open", "xdg-open", way.c_str(), static_cast<char*>(nullptr));
        ::_exit(1);
    }
    ::waitpid(child, nullptr, 0);
}

void tell_url(cli::Console& console, const std::string& url) {
    console.line({"网页：{}（此地址只能用一次，10 分钟内有效）",
                  "page: {} (this address works once, within 10 minutes)"},
                 {url});
}

// ---- run ------------------------------------------------------------------------------------

/// The port that was asked for; 0 = none was. Errors: client.port.
Result<std::uint16_t> port_of(const Inputs& inputs) {
    if (!inputs.has("port")) return std::uint16_t{0};
    const auto& typed = inputs.text("port");
    std::uint16_t port = 0;
    const auto* end = typed.data() + typed.size();
    const auto read = std::from_chars(typed.data(), end, port);
    if (read.ec != std::errc() || read.ptr != end || port < 1024) return fail(kWrongPort, typed);
    return port;
}

/// Ways that ask nobody; a passphrase is typed into the page.
Result<std::optional<vault::Unlock>> way_without_terminal(const Parsed& parsed,
                                                          cli::Console& console) {
    const auto& globals = parsed.globals;
    const bool is_told = !globals.key_file.empty() || !globals.passphrase_file.empty() ||
                         std::getenv("DOSSIER_PASSPHRASE_COMMAND") != nullptr;
    if (!is_told || !is_home(globals.folder)) return std::nullopt;
    auto how = unlock_from(globals, console, Asking::Once);
    if (!how) return pass(how);
    return std::optional<vault::Unlock>(std::move(*how));
}

Result<int> open_running(const Parsed& parsed, cli::Console& console, bool in_browser) {
    const auto outcome = ask(parsed, request_of(kAskOpen, parsed));
    if (!outcome) return tl::unexpected(outcome.error());
    const auto url = outcome->answer.data.value("url", std::string());
    tell_url(console, url);
    console.document({{"url", url}});
    if (in_browser) open_in_browser(parsed.globals.folder, url);
    return 0;
}

Result<int> run_agent(const Parsed& parsed, const Surroundings& around, cli::Console& console) {
    const bool opens = parsed.inputs.has("open");
    // One is at work already: its page is meant.
    if (auto running = open_running(parsed, console, opens);
        running || !running.error().is(kNoAgent))
        return running;
    const auto port = port_of(parsed.inputs);
    if (!port) return tl::unexpected(port.error());
    auto how = way_without_terminal(parsed, console);
    if (!how) return pass(how);
    auto served = serve_laptop({.folder = parsed.globals.folder,
                                .port = *port,
                                .how = std::move(*how),
                                .ready =
                                    [&](const std::string& url) {
                                        tell_url(console, url);
                                        console.document({{"url", url}});
                                        console.out.flush();
                                        if (opens) open_in_browser(parsed.globals.folder, url);
                                    }},
                               around.clock, around.random);
    if (!served) return pass(served);
    return 0;
}

// ---- the others -----------------------------------------------------------------------------

Result<int> open_page(const Parsed& parsed, const Surroundings&, cli::Console& console) {
    return open_running(parsed, console, true);
}

/// Errors: those of `unlock_from`; client.no_agent.
Result<action::Outcome> unlock_agent(const Parsed& parsed, cli::Console& console) {
    auto request = request_of(kAskUnlock, parsed);
    const auto& globals = parsed.globals;
    if (!globals.key_file.empty()) {
        request.inputs["key_file"] = std::filesystem::absolute(globals.key_file).string();
    } else {
        auto typed = typed_passphrase(globals, console, Asking::Once);
        if (!typed) return pass(typed);
        request.inputs["passphrase"] = std::move(*typed);
    }
    return ask(parsed, request);
}

Result<int> unlock(const Parsed& parsed, const Surroundings&, cli::Console& console) {
    const auto outcome = unlock_agent(parsed, console);
    if (!outcome) return tl::unexpected(outcome.error());
    if (!outcome->refusal) console.line(Text{"已解锁", "unlocked"});
    return cli::render(console, *outcome);
}

Result<int> lock(const Parsed& parsed, const Surroundings&, cli::Console& console) {
    const auto outcome = ask(parsed, request_of(kAskLock, parsed));
    if (!outcome) return tl::unexpected(outcome.error());
    console.line(Text{"已锁定", "locked"});
    return cli::render(console, *outcome);
}

Result<int> stop(const Parsed& parsed, const Surroundings&, cli::Console& console) {
    const auto outcome = ask(parsed, request_of(kAskStop, parsed));
    if (!outcome) return tl::unexpected(outcome.error());
    console.line(Text{"已停止", "stopped"});
    return cli::render(console, *outcome);
}

struct AgentCommand {
    std::string_view words;
    Result<int> (*run)(const Parsed&, const Surroundings&, cli::Console&);
};
constexpr std::array kCommands{AgentCommand{"run", run_agent}, AgentCommand{"open", open_page},
                               AgentCommand{"unlock", unlock}, AgentCommand{"lock", lock},
                               AgentCommand{"stop", stop}};

const AgentCommand* find_command(const Action& action) {
    const auto* at = std::ranges::find(kCommands, action.words, &AgentCommand::words);
    return at == kCommands.end() ? nullptr : at;
}

}  // namespace

bool is_about_agent(const Action& action) {
    return find_command(action) != nullptr;
}

Result<int> run_about_agent(const Parsed& parsed,
                            const Surroundings& around,
                            cli::Console& console) {
    return find_command(*parsed.action)->run(parsed, around, console);
}

Result<std::optional<action::Outcome>> ask_agent(const Parsed& parsed, cli::Console& console) {
    auto request = request_of(action::name_of(*parsed.action), parsed);
    request.inputs = action::to_json(*parsed.action, parsed.inputs);
    const auto& folder = parsed.globals.folder;
    auto answer = control::ask_running(folder, request, parsed.globals.lang);
    const bool is_locked =
        answer && *answer && (*answer)->refusal && (*answer)->refusal->id == kAgentLocked.id;
    if (!is_locked) return answer;
    auto opened = unlock_agent(parsed, console);
    if (!opened) return pass(opened);
    if (opened->refusal) return std::optional<action::Outcome>(std::move(*opened));
    return control::ask_running(folder, request, parsed.globals.lang);
}

}  // namespace dossier::client
