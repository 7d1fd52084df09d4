#include "common/action/steps.hpp"

#include <algorithm>
#include <map>
#include <memory>

#include "common/access/faults.hpp"
#include "common/action/derive.hpp"
#include "common/action/kept.hpp"
#include "common/catalog/describe.hpp"
#include "common/workflow/machines.hpp"
#include "common/workflow/step.hpp"

namespace dossier::action {
namespace {

using workflow::Machine;
using workflow::Step;

/// A word of a command line and of a path: with dashes.
std::string dashed(std::string_view name) {
    std::string word(name);
    std::ranges::replace(word, '_', '-');
    return word;
}
std::string action_name(const Machine& machine, std::string_view event) {
    return word_of(*machine.kind) + "." + dashed(event);
}

struct StepsMade : Kept {
    std::vector<StepAction> rows;
};

bool is_for_people(const std::vector<const Step*>& rows) {
    return std::ranges::any_of(rows, [](const Step* row) {
        return std::ranges::any_of(row->who, [](const workflow::Right& right) {
            return right.by != workflow::Authority::Office;
        });
    });
}

/// What the rows of an event carry, and why they were taken.
std::vector<Input> inputs_of(Kept& kept,
                             const Machine& machine,
                             const std::vector<const Step*>& rows) {
    const auto& kind = *machine.kind;
    std::vector<Input> inputs{record_input(kept, kind)};
    add_above(kept, kind, Give::Optional, inputs);
    for (const Step* row : rows) {
        for (const auto& input : row->inputs) {
            const auto* of = catalog::find_field(kind, input.field);
            const bool taken = std::ranges::any_of(
                inputs, [&](const Input& each) { return each.key() == of->name; });
            if (!taken)
                inputs.push_back(
                    field_input(*of, input.required ? Give::Required : Give::Optional));
        }
    }
    auto reason = kReason;
    const bool always = std::ranges::all_of(rows, [](const Step* row) { return row->says_why; });
    if (always) reason.give = Give::Required;
    inputs.push_back(reason);
    return inputs;
}

std::string example_of(std::string_view program,
                       const Machine& machine,
                       std::string_view words,
                       std::span<const Input> inputs) {
    std::string line = std::string(program) + " " + std::string(words);
    line += catalog::is_file(*machine.kind) ? " 明润" : " 名称";
    for (const Input& input : inputs.subspan(1)) {
        if (input.is_required())
            line += " --" + dashed(input.name) + " " +
                    (input.field == nullptr ? "地址不全" : sample(*input.field));
    }
    return line;
}

std::unique_ptr<StepsMade> steps_made(std::string_view program) {
    auto kept = std::make_unique<StepsMade>();
    for (const Machine* machine : workflow::machines()) {
        if (machine->own_actions) continue;
        std::vector<std::string_view> seen;
        for (const Step& step : machine->steps) {
            const auto rows = workflow::steps_of(*machine, step.event);
            const bool is_seen = std::ranges::find(seen, step.event) != seen.end();
            if (is_seen || !is_for_people(rows)) continue;
            seen.push_back(step.event);
            const auto words = kept->keep(word_of(*machine->kind) + " " + dashed(step.event));
            const auto& inputs = kept->inputs.emplace_back(inputs_of(*kept, *machine, rows));
            kept->rows.push_back(
                {{.words = words,
                  .help = step.label,
                  .example = kept->keep(example_of(program, *machine, words, inputs)),
                  .inputs = inputs},
                 machine,
                 step.event});
        }
    }
    return kept;
}

}  // namespace

const std::vector<StepAction>& step_actions(std::string_view program) {
    static std::map<std::string, std::unique_ptr<StepsMade>, std::less<>> kMade;
    const auto at = kMade.find(program);
    if (at != kMade.end()) return at->second->rows;
    return kMade.emplace(std::string(program), steps_made(program)).first->second->rows;
}

namespace {

std::string why_not(const workflow::Offer& offer, const std::string& takers, Lang lang) {
    static constexpr Text kOnly{"只有{}可以办理", "only {} may do this"};
    if (!offer.why_not->is(access::kFaultDenied) || takers.empty())
        return catalog::describe(*offer.why_not, lang);
    return fill(kOnly.in(lang), std::vector{takers});
}

std::string names_of(std::span<const catalog::Lacking> lacking, Lang lang) {
    std::string names;
    for (const auto& each : lacking)
        names += (names.empty()      ? ""
                  : lang == Lang::Zh ? "、"
                                     : ", ") +
                 catalog::called(each, lang);
    return names;
}

Json step_document(const workflow::Offer& offer,
                   const std::string& name,
                   const std::string& takers,
                   Lang lang) {
    Json document{{"action", name},
                  {"event", offer.step->event},
                  {"label", offer.step->label.in(lang)},
                  {"may", !offer.why_not}};
    if (offer.why_not) document["why"] = why_not(offer, takers, lang);
    for (const auto& [key, fields] :
         {std::pair{"lacks", &offer.lacking}, std::pair{"unsure", &offer.unsure}}) {
        for (const auto& each : *fields)
            document[key].push_back({{"kind", each.kind->name},
                                     {"field", each.field->name},
                                     {"label", catalog::called(each, lang)}});
    }
    return document;
}

void say(StandingTold& told, Lang lang, const Text& pattern, std::vector<std::string> args) {
    told.lines.push_back(fill(pattern.in(lang), args));
}

}  // namespace

StandingTold tell_standing(std::span<const workflow::Standing> standings,
                           const FieldValues& values,
                           const access::Subject& subject,
                           std::span<const Waiting> waiting,
                           const std::optional<Because>& because,
                           const std::function<std::string(const UserId&)>& name_of,
                           const std::function<bool(std::string_view)>& has_action,
                           Lang lang) {
    StandingTold told;
    std::string open;
    for (const auto& [machine, state, offers] : standings) {
        auto steps = Json::array();
        for (const auto& offer : offers) {
            const auto name = action_name(*machine, offer.step->event);
            if (!has_action(name)) continue;
            const auto takers = workflow::takers(*offer.step, values, subject, name_of, lang);
            steps.push_back(step_document(offer, name, takers, lang));
            if (!offer.lacking.empty())
                say(told, lang, {"{}之前还缺：{}", "before {} it still lacks: {}"},
                    {std::string(offer.step->label.in(lang)), names_of(offer.lacking, lang)});
            if (!offer.unsure.empty())
                say(told, lang,
                    {"{}之前：本机没有 {}，办公室若也没有须先补上",
                     "before {}: not on this laptop: {}; where the office lacks it, too, add it "
                     "first"},
                    {std::string(offer.step->label.in(lang)), names_of(offer.unsure, lang)});
            if (!offer.why_not)
                open += (open.empty()       ? ""
                         : lang == Lang::Zh ? "、"
                                            : ", ") +
                        std::string(offer.step->label.in(lang));
        }
        told.document.push_back({{"name", machine->name},
                                 {"label", machine->label.in(lang)},
                                 {"state", state->code},
                                 {"state_label", workflow::label_of(*machine, *state).in(lang)},
                                 {"steps", std::move(steps)}});
    }
    if (told.document.empty()) return told;
    auto& first = told.document.front();
    if (because) {
        first["because"] = {{"step", because->step},
                            {"person", because->person},
                            {"at", iso_utc(because->at)},
                            {"reason", because->reason}};
        say(told, lang, {"{}：{}（{}{}）", "{}: {} ({}{})"},
            {because->step, because->reason, because->person.empty() ? "" : because->person + " ",
             office_minute(because->at)});
    }
    first["waits"] = Json::array();
    for (const Waiting& each : waiting) {
        first["waits"].push_back(
            {{"step", each.step}, {"person", each.person}, {"due_on", each.due_on}});
        say(told, lang, {"等待{}：{}，至 {}", "waits for {}: {}, until {}"},
            {each.person, each.step, each.due_on});
    }
    if (!open.empty()) say(told, lang, {"您可以：{}", "you may: {}"}, {open});
    return told;
}

StepAction step_of(const Action& action) {
    const auto space = action.words.find(' ');
    if (space == std::string_view::npos) return {};
    const auto* kind = kind_of_word(action.words.substr(0, space));
    const auto word = action.words.substr(space + 1);
    for (const Machine* machine : workflow::machines()) {
        if (machine->kind != kind || machine->own_actions) continue;
        const auto step = std::ranges::find_if(
            machine->steps, [&](const Step& each) { return dashed(each.event) == word; });
        if (step != machine->steps.end()) return {action, machine, step->event};
    }
    return {};
}

}  // namespace dossier::action
