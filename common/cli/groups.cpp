#include "common/cli/groups.hpp"

#include <algorithm>

namespace dossier::cli {

std::string_view group_word(const action::Action& action) {
    const auto space = action.words.find(' ');
    return space == std::string_view::npos ? std::string_view() : action.words.substr(0, space);
}

std::vector<ActionGroup> grouped(const Program& program) {
    std::vector<ActionGroup> groups{ActionGroup{}};
    for (const action::Action* action : program.actions) {
        const auto word = group_word(*action);
        auto at = std::ranges::find(groups, word, &ActionGroup::word);
        if (at == groups.end()) at = groups.insert(at, ActionGroup{.word = word, .actions = {}});
        at->actions.push_back(action);
    }
    return groups;
}

}  // namespace dossier::cli
