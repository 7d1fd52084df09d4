// What the office does by itself: listed with what became of it, and run at once.
#include <array>

#include "server/actions/ledger.hpp"
#include "server/actions/tables.hpp"
#include "server/jobs/book.hpp"
#include "server/reading/find.hpp"

namespace dossier::server {
namespace {

constexpr Fault kJobFailed{"job.failed",
                           ErrorCode::Failed,
                           {"作业“{}”失败：{}", "the job \"{}\" failed: {}"},
                           {"按说明排除后再运行；上次结果见 {do:job.list}",
                            "mend what it says, then run it again; {do:job.list} shows the last "
                            "result"}};

struct OutcomeName {
    Outcome outcome;
    std::string_view word;
    Text name;
};
constexpr std::array kOutcomes{
    OutcomeName{Outcome::Cut, "cut", {"中断", "cut"}},
    OutcomeName{Outcome::Done, "done", {"完成", "done"}},
    OutcomeName{Outcome::Nothing, "nothing", {"无事可做", "nothing to do"}},
    OutcomeName{Outcome::NotSetUp, "not_set_up", {"未设置", "not set up"}},
    OutcomeName{Outcome::Failed, "failed", {"失败", "failed"}},
};

const OutcomeName& name_of(Outcome outcome) {
    return *std::ranges::find(kOutcomes, outcome, &OutcomeName::outcome);
}

std::string words_of(Context& context, const JobRun& run) {
    return context.lang() == Lang::Zh ? run.zh : run.en;
}

std::string outcome_of(Context& context, const JobState& state) {
    if (state.is_running) return say(context, {"运行中", "under way"});
    if (state.is_postponed) return say(context, {"等待时钟校准", "waits for the clock"});
    return state.last ? say(context, name_of(state.last->outcome).name) : "-";
}

action::Json document_of(Context& context, const JobState& state) {
    action::Json told{{"job", state.job->name},
                      {"label", context.answer.in(state.job->label)},
                      {"schedule", schedule_words(state.job->schedule, context.lang())},
                      {"running", state.is_running},
                      {"postponed", state.is_postponed},
                      {"next_at", iso_utc(state.next)},
                      {"last", action::Json()}};
    if (!state.last) return told;
    const JobRun& run = *state.last;
    told["last"] = {{"started_at", iso_utc(run.started_at)},
                    {"took_ms", run.took.count()},
                    {"outcome", name_of(run.outcome).word},
                    {"code", run.code},
                    {"said", words_of(context, run)},
                    {"by", person_name(context.office, context.asker(), run.by)}};
    return told;
}

Result<int> job_list(Context& context) {
    const auto states = list_jobs(context.office, context.actor);
    if (!states) return tl::unexpected(states.error());
    action::Table table({say(context, {"作业", "Job"}), say(context, {"时间", "When"}),
                         say(context, {"上次", "Last"}), say(context, {"用时", "Took"}),
                         say(context, {"结果", "Result"}), say(context, {"下次", "Next"}),
                         say(context, {"说明", "Words"})});
    auto document = action::Json::array();
    for (const JobState& state : *states) {
        document.push_back(document_of(context, state));
        const auto& last = state.last;
        table.row({std::string(state.job->name),
                   schedule_words(state.job->schedule, context.lang()),
                   last ? office_minute(last->started_at) : "-",
                   last ? std::to_string(last->took.count()) + " ms" : "-",
                   outcome_of(context, state), office_minute(state.next),
                   last ? words_of(context, *last) : say(context, state.job->help)});
    }
    context.answer.table(std::move(table));
    context.answer.document(document);
    return 0;
}

constexpr std::array kRun{
    Input{"NAME", "", {"作业名，见 {do:job.list}", "its name, see {do:job.list}"}, Give::Required}};

Result<int> run(Context& context) {
    const auto& workplace = context.place;
    JobPlace place{.office = context.office,
                   .in_unit = workplace.in_unit,
                   .give_way = workplace.give_way,
                   .is_wanted = workplace.is_wanted};
    const auto state = run_job(place, context.actor, context.inputs.text("name"));
    if (!state) return tl::unexpected(state.error());
    if (!has_failed(*state))
        context.answer.line({"{}：{}", "{}: {}"},
                            {outcome_of(context, *state),
                             state->last ? words_of(context, *state->last) : std::string("-")});
    action::Json document;
    workplace.in_unit([&] { document = document_of(context, *state); });
    context.answer.document(document);
    if (has_failed(*state))
        return fail(kJobFailed, std::string(context.answer.in(state->job->label)),
                    words_of(context, *state->last));
    return 0;
}

constexpr std::array kJobActions{
    Action{"job list",
           {"列出定时作业：时间、上次结果、下次时间",
            "what the office does by itself: when, what became of it, when next"},
           "dossierd job list",
           {},
           Actor::Administrator,
           Runs::InUnit,
           job_list,
           Does::Reads},
    Action{"job run",
           {"现在运行一个作业", "run a job now"},
           "dossierd job run backup",
           kRun,
           Actor::Administrator,
           Runs::OnStore,
           run},
};

}  // namespace

std::span<const Action> job_actions() {
    return kJobActions;
}

}  // namespace dossier::server
