#include "client/cli/command.hpp"

namespace dossier::client {

std::string Context::value(std::string_view option) const {
    const auto at = given.find(option);
    return at == given.end() || at->second.empty() ? std::string() : at->second.back();
}

std::vector<const Command*> all_commands() {
    std::vector<const Command*> all;
    for (const auto table : {laptop_commands(), customer_commands(), contact_commands(),
                             visit_commands(), work_log_commands(), outbox_commands(),
                             case_commands(), sheet_commands(), vault_commands()}) {
        for (const Command& command : table) all.push_back(&command);
    }
    return all;
}

}  // namespace dossier::client
