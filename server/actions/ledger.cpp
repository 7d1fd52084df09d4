#include "server/actions/ledger.hpp"

#include <cstdio>

namespace dossier::server {

std::string say(const Context& context, const Text& text) {
    return std::string(context.answer.in(text));
}

std::string count(std::uint64_t number) {
    return std::to_string(number);
}

std::string length_of(const Context& context, std::chrono::milliseconds length) {
    const double seconds = static_cast<double>(length.count()) / 1000.0;
    char text[32];
    if (seconds < 120) {
        std::snprintf(text, sizeof text, "%.1f", seconds);
        return text + say(context, {" 秒", " s"});
    }
    const double days = seconds / 86'400;
    std::snprintf(text, sizeof text, "%.1f", days >= 1 ? days : seconds / 60);
    return text + say(context, days >= 1 ? Text{" 天", " days"} : Text{" 分钟", " min"});
}

}  // namespace dossier::server
