// The secrecy level of a customer file as its marks have it: the office sets it when a mark takes
// effect or ends (secrecy_marking.hpp). Nobody else does. Source: domain WF-08.
#pragma once

#include "common/catalog/customer.hpp"
#include "common/catalog/states.hpp"
#include "common/workflow/machine.hpp"

namespace dossier::workflow {
namespace marking {

inline constexpr auto kInternal = catalog::code_in(catalog::choices::kLevel, "0");
inline constexpr auto kConfidential = catalog::code_in(catalog::choices::kLevel, "1");
inline constexpr auto kSecret = catalog::code_in(catalog::choices::kLevel, "2");
inline constexpr auto kTopSecret = catalog::code_in(catalog::choices::kLevel, "3");
inline constexpr std::array kStates{
    State{.code = kInternal, .is_first = true}, State{.code = kConfidential, .is_first = true},
    State{.code = kSecret, .is_first = true}, State{.code = kTopSecret, .is_first = true}};
inline constexpr std::array kAnyLevel{kInternal, kConfidential, kSecret, kTopSecret};
inline constexpr std::array kByOffice{Right{.by = Authority::Office}};
inline constexpr std::array kMarkable{Guard::NotDestroyed};
inline constexpr std::array kInputs{Input{.field = "secrecy_level", .required = true}};

constexpr Step to_level(std::string_view level) {
    return {.from = kAnyLevel,
            .event = "mark",
            .label = {"定密", "mark"},
            .to = level,
            .who = kByOffice,
            .guards = kMarkable,
            .inputs = kInputs,
            .chosen_by = "secrecy_level"};
}
inline constexpr std::array kSteps{to_level(kInternal), to_level(kConfidential), to_level(kSecret),
                                   to_level(kTopSecret)};

}  // namespace marking

inline constexpr Machine kMarking{.name = "marking",
                                  .label = {"密级", "secrecy level"},
                                  .source = "WF-08",
                                  .kind = &catalog::kCustomer,
                                  .state_field = "secrecy_level",
                                  .states = marking::kStates,
                                  .steps = marking::kSteps};

}  // namespace dossier::workflow
