// The office at work: laptops on a port, the administrator's commands on a Unix socket, until a
// signal ends it. Composes what the other folders bring; decides nothing itself.
#pragma once

#include <functional>
#include <string>

#include "server/control/socket.hpp"
#include "server/office/office.hpp"
#include "server/store/store_thread.hpp"

namespace dossier::server {

struct ServeOptions {
    std::string folder;    ///< of the office: the control socket is made there
    std::string host;      ///< address or name to listen on
    std::string port;      ///< digits; "0" = any free one
    std::string log_file;  ///< empty = standard error
};

/// Makes the desk that answers the control socket. `listening` = "host:port".
using MakeDesk = std::function<ControlDesk(StoreThread& store, const std::string& listening)>;
/// Called once, when laptops and commands are answered.
using TellReady = std::function<void(const std::string& listening, const std::string& fingerprint)>;

/// Until SIGTERM or SIGINT; what was under way is committed or undone whole.
/// Errors: cli.usage (the address), sync.port_taken, control.socket, office.not_initialised.
Status serve(Office& office,
             crypto::Random& random,
             const ServeOptions& options,
             const MakeDesk& desk,
             const TellReady& ready);

}  // namespace dossier::server
