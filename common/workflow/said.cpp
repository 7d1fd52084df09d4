#include "common/workflow/said.hpp"

#include <algorithm>

#include "common/access/role.hpp"
#include "common/base/reason.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/describe.hpp"
#include "common/catalog/task.hpp"
#include "common/workflow/machines.hpp"
#include "common/workflow/step.hpp"

namespace dossier::workflow {
namespace {

/// The label of a step whose pair this is; null where it is none's.
const Text* label_of_pair(std::string_view pair) {
    for (const Machine* machine : machines()) {
        for (const Step& step : machine->steps) {
            if (dossier::pair_of(step.label) == pair) return &step.label;
        }
    }
    return nullptr;
}

std::string step_said(std::string_view event, const FieldValues& record, Lang lang) {
    static constexpr auto& kWorkflow = catalog::field(catalog::kTask, "workflow");
    const auto* machine = find_machine(catalog::text_in(record, kWorkflow));
    const auto rows = machine == nullptr ? std::vector<const Step*>{} : steps_of(*machine, event);
    return std::string(rows.empty() ? event : rows.front()->label.in(lang));
}

std::string roles_said(std::string_view list, Lang lang) {
    std::string labels;
    for (const auto& element : catalog::elements(Value(std::string(list)))) {
        const auto code = std::string_view(element).substr(1, element.size() - 2);
        const auto role = access::role_from(code);
        labels += (labels.empty()     ? ""
                   : lang == Lang::Zh ? "、"
                                      : ", ") +
                  std::string(role ? access::facts(*role).label.in(lang) : code);
    }
    return labels;
}

}  // namespace

std::string said_in(std::string_view text, Lang lang) {
    const auto head = text.substr(0, std::min(text.find(": "), text.find(" (")));
    if (const auto* label = label_of_pair(head))
        return std::string(label->in(lang)) + std::string(text.substr(head.size()));
    return catalog::in_language(std::string(head), lang) + std::string(text.substr(head.size()));
}

std::string said(const catalog::Field& field,
                 std::string_view text,
                 const FieldValues& record,
                 Lang lang) {
    switch (field.says) {
        case catalog::Says::Both:
            return said_in(text, lang);
        case catalog::Says::Roles:
            return roles_said(text, lang);
        case catalog::Says::Step:
            return step_said(text, record, lang);
        case catalog::Says::Workflow:
            if (const auto* machine = find_machine(text))
                return std::string(machine->label.in(lang));
            break;
        default:
            break;
    }
    return std::string(text);
}

}  // namespace dossier::workflow
