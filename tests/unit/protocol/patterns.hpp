// Handshake patterns of the public vectors, in the notation of the Noise specification, and the
// psk modifiers in their names. The product itself knows XK only.
#pragma once

#include <deque>
#include <string>

#include "protocol/noise.hpp"

namespace dossier::protocol::testing {

/// A pattern whose lines and name live as long as it does.
struct NamedPattern {
    std::string name;
    bool responder_known = false;
    std::deque<std::string> lines;

    [[nodiscard]] Pattern view() const {
        return {name, responder_known, {lines.begin(), lines.end()}};
    }
};

/// "XKpsk0+psk3" and the like, from "N", "NK", "XX", "XK", "IK".
/// psk0 stands before the first token, pskN after the last of message N.
inline NamedPattern pattern_named(const std::string& name) {
    const std::size_t modifiers = name.find("psk");
    const std::string base = name.substr(0, modifiers);
    NamedPattern pattern{name, base != "XX", {}};
    if (base == "N") pattern.lines = {"e es"};
    if (base == "NK") pattern.lines = {"e es", "e ee"};
    if (base == "XX") pattern.lines = {"e", "e ee s es", "s se"};
    if (base == "XK") pattern.lines = {"e es", "e ee", "s se"};
    if (base == "IK") pattern.lines = {"e es s ss", "e ee se"};
    for (std::size_t at = modifiers; at != std::string::npos; at = name.find("psk", at + 3)) {
        const auto number = static_cast<std::size_t>(name[at + 3] - '0');
        if (number == 0) {
            pattern.lines[0].insert(0, "psk ");
        } else {
            pattern.lines[number - 1] += " psk";
        }
    }
    return pattern;
}

}  // namespace dossier::protocol::testing
