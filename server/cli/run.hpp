// From words to an exit code: asks the office that is running, or opens the store itself.
#pragma once

#include "server/cli/parse.hpp"
#include "server/control/messages.hpp"

namespace dossier::server {

/// Key in the store's small things: the user who acts where nobody is named.
inline constexpr std::string_view kFirstAdministrator = "office.first_admin";

inline constexpr Fault kWhoActs{
    "cli.who_acts",
    ErrorCode::Usage,
    {"须说明以谁的身份操作", "it must be said who acts"},
    {"加 --as 登录名，或设环境变量 DOSSIER_AS", "add --as LOGIN, or set DOSSIER_AS"}};

/// Everything between main and the commands. Never throws for what a disk or a person does.
int run_line(const std::vector<std::string>& words,
             const std::string& start,
             std::ostream& out,
             std::ostream& err);

/// One parsed command in an open office: what it says appears only after its unit has committed.
int run_command(const Parsed& parsed,
                const std::string& start,
                Workplace& place,
                std::ostream& out,
                std::ostream& err);

/// Whether a request is to be taken ahead of all others.
bool is_urgent(const ControlRequest& request);
/// The answer to one that cannot be taken.
ControlAnswer refuse_request(const ControlRequest& request, const Error& error);
/// A request that came through the control socket; `own` is where this office lives.
ControlAnswer answer_request(const ControlRequest& request, const Globals& own, Workplace& place);

}  // namespace dossier::server
