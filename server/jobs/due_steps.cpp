#include "server/jobs/due_steps.hpp"

#include "common/catalog/canonical.hpp"
#include "common/workflow/machines.hpp"
#include "common/workflow/step.hpp"

namespace dossier::server {
namespace {

void take_step(Office& office,
               const workflow::Machine& machine,
               const workflow::Step& step,
               DueSteps& done) {
    const auto& kind = *machine.kind;
    const auto today = office_date(office.now());
    const auto state = catalog::find_field(kind, machine.state_field)->tag;
    for (const auto from : step.from) {
        for (const RecordId& id : office.store().find(kind.tag, state, Value(std::string(from)))) {
            const auto values = office.store().load(kind.tag, id).value_or(FieldValues{});
            const auto day = text_in(values, kind, step.on_day);
            if (day.empty() || day > today || (step.after_day && day == today)) continue;
            const merge::Op op{.kind = merge::OpKind::Event,
                               .record_kind = kind.tag,
                               .record = id,
                               .event = std::string(step.event)};
            const bool taken = office.change(UserId{}, {.source = "job", .ops = {op}}).has_value();
            ++(taken ? done.taken : done.refused);
        }
    }
}

}  // namespace

DueSteps take_due_steps(Office& office) {
    DueSteps done;
    for (const workflow::Machine* machine : workflow::machines()) {
        for (const workflow::Step& step : machine->steps) {
            if (!step.on_day.empty()) take_step(office, *machine, step, done);
        }
    }
    return done;
}

}  // namespace dossier::server
