// The actions of a program as its help orders them: those of one word first, then group by group.
#pragma once

#include <string_view>
#include <vector>

#include "common/cli/actions.hpp"

namespace dossier::cli {

struct ActionGroup {
    std::string_view word;  ///< "customer"; empty for the actions of one word
    std::vector<const action::Action*> actions;
};

/// "customer" of "customer add"; empty for an action of one word.
std::string_view group_word(const action::Action& action);
/// Groups in the order their first action has in the table; the actions of one word, then they.
std::vector<ActionGroup> grouped(const Program& program);

}  // namespace dossier::cli
