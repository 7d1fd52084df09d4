#include "client/app/serve_laptop.hpp"

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <filesystem>

#include <asio/io_context.hpp>
#include <asio/signal_set.hpp>
#include <unistd.h>

#include "common/base/private_folder.hpp"
#include "common/crypto/digest.hpp"
#include "common/http/server.hpp"

#include "client/web/page.hpp"
#include "client/web/pages.hpp"

namespace dossier::client {
namespace {

using action::Json;

/// Where files of requests lie meanwhile: in memory, where there is a place for it, and this
/// user's alone. What the page sends is plain there.
std::string scratch_of(const std::string& folder) {
    const char* place = std::getenv("XDG_RUNTIME_DIR");
    const std::string below = place != nullptr && *place != 0 ? place : "/dev/shm";
    const auto whole = std::filesystem::absolute(folder).lexically_normal().string();
    const auto name = to_hex(ByteView(crypto::blake2b({bytes_of(whole)})).first(8));
    return below + "/dossier-" + std::to_string(::getuid()) + "-" + name;
}

/// What a program that was killed has left there, and this one at its end.
void empty_scratch(const std::string& folder) {
    std::error_code ignored;
    std::filesystem::remove_all(scratch_of(folder), ignored);
}

action::Outcome told(Lang lang, Json data) {
    action::Outcome outcome{.answer = action::Answer(lang)};
    outcome.answer.document(std::move(data));
    return outcome;
}

Status unlock_as_asked(Agent& agent, const Json& inputs) {
    const auto said = [&](const char* key) {
        return inputs.is_object() && inputs.contains(key) && inputs[key].is_string()
                   ? inputs[key].get<std::string>()
                   : std::string();
    };
    if (const auto file = said("key_file"); !file.empty()) {
        if (agent.vault() == VaultIs::Open) return {};
        return agent.open(vault::Unlock(vault::KeyFile{file}));
    }
    return agent.unlock(said("passphrase"));
}

/// The desk commands are answered at. Several threads.
class Desk {
  public:
    Desk(Agent& agent, Page& page, asio::io_context& loop, std::function<void()> stop)
        : agent_(agent), page_(page), loop_(loop), stop_(std::move(stop)) {}

    void serve_at(std::string address) { address_ = std::move(address); }

    [[nodiscard]] std::string url() { return address_ + "/#token=" + page_.new_token(); }

    action::Outcome answer(const control::Request& request) {
        if (request.action == kAskOpen) return told(request.lang, {{"url", url()}});
        if (request.action == kAskUnlock) {
            auto opened = unlock_as_asked(agent_, request.inputs);
            if (!opened) return control::refuse_request(request, opened.error());
            return told(request.lang, {{"vault", "open"}});
        }
        if (request.action == kAskLock) {
            agent_.lock();
            return told(request.lang, {{"vault", "locked"}});
        }
        if (request.action == kAskStop) {
            asio::post(loop_, stop_);
            return told(request.lang, {{"stopped", true}});
        }
        return carry_out(request);
    }

  private:
    action::Outcome carry_out(const control::Request& request) {
        const Action* action = find_action(request.action);
        if (action == nullptr || action->run == nullptr)
            return control::refuse_request(request, {&action::kUnknownAction, {request.action}});
        auto inputs = action::inputs_from(*action, request.inputs);
        if (!inputs) return control::refuse_request(request, inputs.error());
        return agent_.carry_out(
            {.action = action,
             .inputs = action::named_from(request.folder, *action, std::move(*inputs)),
             .lang = request.lang},
            AskedBy::Person);
    }

    Agent& agent_;
    Page& page_;
    asio::io_context& loop_;
    std::function<void()> stop_;
    std::string address_;
};

/// Listens on the port that was asked for, or on the first free one. Errors: http.port_taken.
Result<std::uint16_t> open_server(std::unique_ptr<http::Server>& server,
                                  asio::io_context& loop,
                                  Page& page,
                                  const Clock& clock,
                                  Log& log,
                                  std::uint16_t asked) {
    const auto first = asked == 0 ? kFirstPort : asked;
    const auto last = static_cast<std::uint16_t>(asked == 0 ? first + kPortsTried - 1 : first);
    for (std::uint16_t port = first;; ++port) {
        http::ServerOptions options{.host = "127.0.0.1", .port = port};
        // A sync or an import that is waited for goes on for minutes.
        options.limits.handler = std::chrono::minutes(10);
        options.tells_user = true;
        server = std::make_unique<http::Server>(loop, page, clock, log, std::move(options));
        auto open = server->open();
        if (open || port == last || !open.error().is(http::kPortTaken)) return open;
    }
}

}  // namespace

std::string way_path(const std::string& folder) {
    return (std::filesystem::absolute(folder) / "open.html").string();
}

void forget_way(const std::string& folder) {
    ::unlink(way_path(folder).c_str());
}

Status serve_laptop(LaptopOptions options, const Clock& clock, crypto::Random& random) {
    const auto log = open_log({}, LogLevel::Warn);
    if (auto made = make_private_folder(options.folder, kFolder); !made) return made;
    asio::io_context loop(1);
    std::atomic<Page*> told_page = nullptr;
    Agent agent({.folder = options.folder,
                 .on_change =
                     [&told_page](bool records) {
                         if (Page* page = told_page) page->tell(records);
                     }},
                clock, random, *log);
    if (options.how) {
        if (auto opened = agent.open(std::move(*options.how)); !opened) return opened;
    }
    Page page({.keeper = agent,
               .random = random,
               .clock = clock,
               .scratch = scratch_of(options.folder),
               .assets = laptop_pages(),
               .is_own =
                   [](std::optional<std::uint32_t> user) {
                       return user && (*user == ::geteuid() || *user == 0);
                   },
               .on_let_in = [&] { forget_way(options.folder); },
               .loop = loop.get_executor()});
    std::unique_ptr<http::Server> server;
    const auto port = open_server(server, loop, page, clock, *log, options.port);
    if (!port) return tl::unexpected(port.error());
    page.serve_at(*port);
    asio::signal_set signals(loop, SIGINT, SIGTERM);
    const auto stop = [&] {
        page.stop();
        server->stop();
        signals.cancel();
    };
    Desk desk(agent, page, loop, stop);
    desk.serve_at("http://127.0.0.1:" + std::to_string(*port));
    auto socket = control::Socket::open(
        options.folder,
        {.answer = [&](const control::Request& request, const control::StillWanted&) {
            return desk.answer(request);
        }});
    if (!socket) {
        stop();
        loop.run();
        return pass(socket);
    }
    signals.async_wait([&](const std::error_code& failed, int) {
        if (!failed) stop();
    });
    empty_scratch(options.folder);
    told_page = &page;
    agent.begin();
    options.ready(desk.url());
    loop.run();
    socket->reset();
    forget_way(options.folder);
    empty_scratch(options.folder);
    agent.end();
    told_page = nullptr;
    return {};
}

}  // namespace dossier::client
