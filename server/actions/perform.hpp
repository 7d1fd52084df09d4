// Carrying out one action in an open office, whoever asked for it: the one way from a shell to the
// functions of this folder.
#pragma once

#include "server/actions/action.hpp"

namespace dossier::server {

/// Key in the store's small things: the user who acts where nobody is named.
inline constexpr std::string_view kFirstAdministrator = "office.first_admin";

inline constexpr Fault kWhoActs{
    "cli.who_acts",
    ErrorCode::Usage,
    {"须说明以谁的身份操作", "it must be said who acts"},
    {"加 {in:as} 登录名，或设环境变量 DOSSIER_AS", "add {in:as} LOGIN, or set DOSSIER_AS"}};
inline constexpr Fault kAtTheMachine{
    "console.at_the_machine",
    ErrorCode::Denied,
    {"“{}”只能在办公室的机器上用命令执行",
     "'{}' is done by a command at the office's machine alone"},
    {"请管理员在那里执行", "ask the administrator to do it there"}};

/// An action that is asked for.
struct Order {
    const Action* action = nullptr;
    Inputs inputs = {};
    std::string as = {};  ///< login of who acts; empty = not said
    std::string purpose = {};
    Lang lang = Lang::Zh;
    std::string start = {};  ///< where relative file names start
    /// Of the browser's secret, instead of `as`: who asks is who signed in with it.
    std::optional<Digest> sign_in = {};
};

/// Carries it out: what it answers is given after its unit of work has committed. Never throws for
/// what a disk or a person does. Refused beforehand: action.unknown for one that runs in the
/// process that was started only, cli.who_acts, cli.unknown_user, access.inactive; of who has
/// signed in: session.over and what comes first (accounts/sign_ins.hpp), console.at_the_machine.
action::Outcome perform(const Order& order, Workplace& place);

}  // namespace dossier::server
