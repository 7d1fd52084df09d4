#include "server/actions/rights.hpp"

#include "common/access/rules.hpp"

#include "server/actions/names.hpp"

namespace dossier::server {

std::vector<access::Operation> asked_operations() {
    std::vector<access::Operation> operations;
    for (const Asked& each : kAsked) operations.push_back(each.operation);
    return operations;
}

action::Json tell_rights(Context& context, const FacetRights& rights, action::Table& table) {
    const Text label = facet_label(rights.facet);
    action::Json part{{"facet", std::string(label.en)}};
    for (std::size_t at = 0; at < rights.decisions.size(); ++at) {
        const auto& decision = rights.decisions[at];
        const auto words = access::explain(decision, context.lang());
        part[std::string(kAsked[at].word)] = {{"rule", std::string(decision.rule)},
                                              {"answer", words}};
        table.row({std::string(context.answer.in(label)),
                   std::string(context.answer.in(kAsked[at].label)), words});
    }
    return part;
}

}  // namespace dossier::server
