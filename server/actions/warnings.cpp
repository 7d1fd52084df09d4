#include "server/actions/warnings.hpp"

#include "server/accounts/audit_told.hpp"
#include "server/actions/ledger.hpp"
#include "server/jobs/book.hpp"
#include "server/reading/find.hpp"

namespace dossier::server {
namespace {

std::string audit_warning(Context& context, const AuditDiffers& differs) {
    return fill(context.answer.in(
                    {"{} 终端 {} 记得的第 {} 条已被截去或改写：用另存的锚核对，{do:audit.verify}",
                     "{} laptop {} remembers line {}, which was cut off or rewritten: hold an "
                     "anchor kept elsewhere against it, {do:audit.verify}"}),
                std::vector{office_minute(differs.at), device_name(context.office, differs.device),
                            std::to_string(differs.line)});
}

std::string job_warning(Context& context, const JobState& state) {
    return fill(context.answer.in({"{}（{}）未成功：{}", "{} ({}) failed: {}"}),
                std::vector{std::string(state.job->name), office_minute(state.last->started_at),
                            context.lang() == Lang::Zh ? state.last->zh : state.last->en});
}

}  // namespace

std::string clock_warning(Context& context) {
    const auto& clock = context.office.clock();
    return fill(context.answer.in(
                    {"服务器时钟比办公室已记录的时间慢 {}，以记录的时间为准：请校准服务器时钟",
                     "the machine's clock is {} behind what the office has recorded; the recorded "
                     "time counts: set the machine's clock"}),
                std::vector{length_of(context, clock.behind())});
}

std::vector<std::pair<std::string, std::string>> warnings(Context& context) {
    std::vector<std::pair<std::string, std::string>> found;
    if (context.office.clock().is_in_doubt())
        found.emplace_back(say(context, {"时钟", "Clock"}), clock_warning(context));
    if (const auto differs = last_differs(context.office.store()))
        found.emplace_back(say(context, {"审计", "Audit"}), audit_warning(context, *differs));
    for (const JobState& state : job_states(context.office)) {
        if (has_failed(state))
            found.emplace_back(say(context, {"作业", "Job"}), job_warning(context, state));
    }
    return found;
}

}  // namespace dossier::server
