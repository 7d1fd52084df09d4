// The secrecy level of a customer file, set at once by those who approve it. Source: domain WF-08,
// 3.3 "secrecy mark". Not here: a proposal by somebody else, terms and their end: they need the
// kind secrecy_marking.
#pragma once

#include "common/catalog/choices.hpp"
#include "common/catalog/customer.hpp"
#include "common/workflow/machine.hpp"

namespace dossier::workflow {
namespace marking {

inline constexpr std::array kStates{
    State{.code = "0", .is_first = true}, State{.code = "1", .is_first = true},
    State{.code = "2", .is_first = true}, State{.code = "3", .is_first = true}};
inline constexpr std::array<std::string_view, 4> kAnyLevel{"0", "1", "2", "3"};
inline constexpr std::array kByLevel{Right{.by = Authority::Level}};
inline constexpr std::array kMarkable{Guard::NotDestroyed};
inline constexpr std::array kInputs{Input{.field = "secrecy_level", .required = true}};

constexpr Step to_level(std::string_view level) {
    return {.from = kAnyLevel,
            .event = "mark",
            .label = {"定密", "mark"},
            .to = level,
            .who = kByLevel,
            .guards = kMarkable,
            .inputs = kInputs,
            .chosen_by = "secrecy_level"};
}
inline constexpr std::array kSteps{to_level("0"), to_level("1"), to_level("2"), to_level("3")};

}  // namespace marking

inline constexpr Machine kMarking{.name = "marking",
                                  .label = {"定密", "secrecy marking"},
                                  .source = "WF-08",
                                  .kind = &catalog::kCustomer,
                                  .state_field = "secrecy_level",
                                  .states = marking::kStates,
                                  .steps = marking::kSteps};

}  // namespace dossier::workflow
