// The office at work: laptops on a port, the administrator's commands on a Unix socket, until a
// signal ends it. Composes what the other folders bring; decides nothing itself.
#pragma once

#include <functional>
#include <string>

#include "common/control/socket.hpp"
#include "common/http/server.hpp"

#include "server/office/office.hpp"
#include "server/store/store_thread.hpp"
#include "server/web/console.hpp"

namespace dossier::server {

struct ServeOptions {
    std::string folder;    ///< of the office: the control socket is made there
    std::string host;      ///< address or name to listen on
    std::string port;      ///< digits; "0" = any free one
    std::string log_file;  ///< empty = standard error
    /// Where the console is served; nothing = nowhere.
    std::optional<http::ServerOptions> console = {};
};

/// Makes the desk that answers the control socket. `listening` = "host:port".
using MakeDesk = std::function<control::Desk(StoreThread& store, const std::string& listening)>;
/// Makes the console, once it is known where laptops connect.
using MakeConsole =
    std::function<std::unique_ptr<Console>(StoreThread& store, const std::string& listening)>;
/// What is told when the office is ready.
struct Ready {
    std::string listening;    ///< where laptops connect
    std::string fingerprint;  ///< of the key they know the office by
    std::uint16_t console_port = 0;
};
/// Called once, when laptops, commands and browsers are answered.
using TellReady = std::function<void(const Ready& ready)>;

/// Until SIGTERM or SIGINT; what was under way is committed or undone whole.
/// Errors: cli.usage (the address), sync.port_taken, control.socket, office.not_initialised,
/// those of http::Server::open.
Status serve(Office& office,
             crypto::Random& random,
             const ServeOptions& options,
             const MakeDesk& desk,
             const MakeConsole& console,
             const TellReady& ready);

}  // namespace dossier::server
