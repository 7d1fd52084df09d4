// The agent behind its page on loopback and its socket for commands, until it is stopped.
#pragma once

#include <functional>
#include <optional>

#include "common/control/socket.hpp"

#include "client/app/agent.hpp"

namespace dossier::client {

/// What commands ask of the agent beside the actions of the table; each stands for the action of
/// that name.
inline constexpr std::string_view kAskOpen = "open";      ///< data {url}
inline constexpr std::string_view kAskUnlock = "unlock";  ///< input passphrase or key_file
inline constexpr std::string_view kAskLock = "lock";
inline constexpr std::string_view kAskStop = "stop";

/// The first port tried where none is named; the next free one of a few is taken.
inline constexpr std::uint16_t kFirstPort = 7480;
inline constexpr std::uint16_t kPortsTried = 20;

/// A page of this user alone that leads to an opening address, in the folder of the store.
std::string way_path(const std::string& folder);
void forget_way(const std::string& folder);

struct LaptopOptions {
    std::string folder;
    std::uint16_t port = 0;                 ///< 0 = the first free one from kFirstPort on
    std::optional<vault::Unlock> how = {};  ///< opens the store at once
    std::function<void(const std::string& url)> ready;  ///< told once: the address of the page
};

/// Until SIGTERM, SIGINT or `stop`. Errors: http.port_taken, control.socket, those of Agent::open.
Status serve_laptop(LaptopOptions options, const Clock& clock, crypto::Random& random);

}  // namespace dossier::client
