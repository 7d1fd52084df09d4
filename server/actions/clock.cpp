// The office's clock: what it shows beside the machine's, and accepting the machine's again.
#include <array>

#include "common/action/answer.hpp"

#include "server/accounts/accept_clock.hpp"
#include "server/actions/tables.hpp"
#include "server/actions/warnings.hpp"

namespace dossier::server {
namespace {

constexpr std::array kAccept{
    Input{"reason", "TEXT", {"为何确认，记入审计", "why, kept in the audit"}, Give::Required},
};

Result<int> clock_show(Context& context) {
    auto& clock = context.office.clock();
    auto& answer = context.answer;
    const Instant machine = clock.machine_now();
    const Instant now = clock.now();
    const bool in_doubt = clock.is_in_doubt();
    const auto say = [&](const Text& text) { return std::string(answer.in(text)); };
    answer.facts({{say({"服务器时钟", "Machine"}), office_minute(machine)},
                  {say({"办公室时间", "Office"}), office_minute(now)},
                  {say({"状态", "State"}),
                   in_doubt ? clock_warning(context)
                            : say({"服务器时钟可信", "the machine's clock is believed"})}});
    if (in_doubt)
        answer.line(
            {"若服务器时钟不对：校准它，其余自动恢复。若它是对的（以前走快过）：\n"
             "{do:clock.accept} 并写明理由，此后以它为准",
             "if the machine's clock is wrong, set it: all else follows. If it is right, and ran "
             "ahead before:\n{do:clock.accept} with the reason why, and it counts from then on"});
    answer.document({{"machine", iso_utc(machine)},
                     {"office", iso_utc(now)},
                     {"behind_ms", clock.behind().count()},
                     {"in_doubt", in_doubt}});
    return 0;
}

Result<int> accept(Context& context) {
    auto done = accept_clock(context.office, context.actor, context.inputs.text("reason"));
    if (!done) return pass(done);
    context.answer.line(
        {"办公室时间由 {} 改为 {}。其间的任命、授权和停用改自现在起算（{} 项）；"
         "其间写下的记录、冲突和审计保留原日期，其间的邀请码作废",
         "the office's time was {} and is {} now. Roles, grants and departures of between count "
         "from now ({}); records, conflicts and audit lines keep their dates, invites are void"},
        {office_minute(done->before), office_minute(done->now), std::to_string(done->moved)});
    context.answer.document(
        {{"before", iso_utc(done->before)}, {"now", iso_utc(done->now)}, {"moved", done->moved}});
    return 0;
}

constexpr std::array kClockActions{
    Action{"clock show",
           {"办公室时间与服务器时钟", "the office's time beside the machine's clock"},
           "dossierd clock show",
           {},
           Actor::Nobody,
           Runs::InUnit,
           clock_show,
           Does::Reads},
    Action{"clock accept",
           {"确认服务器时钟是对的，尽管记录中有更晚的时间",
            "the machine's clock is right, although the books tell a later time"},
           "dossierd clock accept --reason 时钟曾被误设为2030年，已校准",
           kAccept,
           Actor::Administrator,
           Runs::InUnit,
           accept},
};

}  // namespace

std::span<const Action> clock_actions() {
    return kClockActions;
}

}  // namespace dossier::server
