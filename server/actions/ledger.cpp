#include "server/actions/ledger.hpp"

#include <algorithm>
#include <cstdio>

#include "common/access/matrix.hpp"

#include "server/accounts/devices.hpp"

namespace dossier::server {

Status may_see_syncs(Context& context) {
    if (may_administer(context.office, context.actor)) return {};
    const auto& viewer = context.viewer();
    const bool reviews =
        viewer.active &&
        std::any_of(viewer.roles.begin(), viewer.roles.end(), [](const access::Held& held) {
            return access::cell_of(held.role, access::Operation::Verify) == access::Cell::Yes;
        });
    return reviews ? Status{} : may_administer(context.office, context.actor);
}

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

std::uint64_t left_unsent(const SessionRow& row) {
    return row.finished || row.unsent <= row.changesets ? 0 : row.unsent - row.changesets;
}

}  // namespace dossier::server
