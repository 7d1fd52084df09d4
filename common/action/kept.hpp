// What rows that are made from tables are put together of. Internal to common/action.
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "common/action/action.hpp"
#include "common/base/text.hpp"
#include "common/catalog/catalog.hpp"

namespace dossier::action {

/// Texts and inputs that were put together; they stay where they are.
struct Kept {
    std::deque<std::string> texts;
    std::deque<std::vector<Input>> inputs;

    std::string_view keep(std::string text) { return texts.emplace_back(std::move(text)); }
    Text keep(const Text& pattern, const Text& with) {
        return {keep(fill(pattern.zh, std::vector{std::string(with.zh)})),
                keep(fill(pattern.en, std::vector{std::string(with.en)}))};
    }
};

inline constexpr Input kReason{"reason", "TEXT", {"理由", "why"}};

/// The key of a record in capitals: it stands where it is written.
std::string upper(std::string_view name);
/// A field as an input: its label, its choices are added by the shell.
Input field_input(const catalog::Field& field, Give give);
/// A value as somebody would type it, for the examples of the help.
std::string sample(const catalog::Field& field);
/// The record an action is about.
Input record_input(Kept& kept, const catalog::Kind& kind);
/// The record above, by name; `give` says whether it must be said.
void add_above(Kept& kept, const catalog::Kind& kind, Give give, std::vector<Input>& inputs);

}  // namespace dossier::action
