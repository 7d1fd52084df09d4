// A contract from its draft to its end, and an order from the intent a salesperson recorded to its
// close. The first order needs the customer's consent and proof who he is. Source: domain 2.3.3,
// 2.3.4, R-029, R-034, D-17, AS-33.
#pragma once

#include "common/catalog/states.hpp"
#include "common/catalog/trade.hpp"
#include "common/workflow/machine.hpp"

namespace dossier::workflow {
namespace trade {

using access::Role;
using catalog::ContractState;
using catalog::TradeState;

inline constexpr std::array kDesk{Role::InfoClerk, Role::ServiceSupervisor, Role::ServiceManager};
inline constexpr std::array kManager{Role::ServiceManager};
inline constexpr std::array kByDesk{Right{.by = Authority::Role, .roles = kDesk}};
inline constexpr std::array kByManager{Right{.by = Authority::Role, .roles = kManager}};
inline constexpr std::array kByOffice{Right{.by = Authority::Office}};
inline constexpr std::array kTellOwner{Told::Owner};

inline constexpr std::array kContractStates{
    State{.code = ContractState::kDraft, .is_first = true},
    State{.code = ContractState::kSigned},
    State{.code = ContractState::kActive, .is_goal = true},
    State{.code = ContractState::kExpired, .is_final = true},
    State{.code = ContractState::kTerminated, .is_final = true},
};
inline constexpr std::array kFromDraft{ContractState::kDraft};
inline constexpr std::array kFromSigned{ContractState::kSigned};
inline constexpr std::array kRunning{ContractState::kSigned, ContractState::kActive};
inline constexpr std::array kSignable{Guard::ContractSigned};
inline constexpr std::array kContractSteps{
    Step{.from = kFromDraft,
         .event = "sign",
         .label = {"登记签订", "note that it is signed"},
         .to = ContractState::kSigned,
         .who = kByDesk,
         .guards = kSignable,
         .at_office = true,
         .effect = Effect::RestateCustomer,
         .tells = kTellOwner},
    Step{.from = kFromSigned,
         .event = "take_effect",
         .label = {"合同生效", "take effect"},
         .to = ContractState::kActive,
         .who = kByOffice,
         .on_day = "valid_from",
         .effect = Effect::RestateCustomer},
    Step{.from = kRunning,
         .event = "expire",
         .label = {"合同到期", "expire"},
         .to = ContractState::kExpired,
         .who = kByOffice,
         .on_day = "valid_to",
         .after_day = true,
         .effect = Effect::RestateCustomer,
         .tells = kTellOwner},
    Step{.from = kRunning,
         .event = "terminate",
         .label = {"终止合同", "end the contract"},
         .to = ContractState::kTerminated,
         .who = kByManager,
         .says_why = true,
         .at_office = true,
         .because = "remark",
         .effect = Effect::RestateCustomer,
         .tells = kTellOwner},
};

inline constexpr std::array kTradeStates{
    State{.code = TradeState::kIntent, .is_first = true},
    State{.code = TradeState::kConfirmed},
    State{.code = TradeState::kDelivered},
    State{.code = TradeState::kClosed, .is_final = true, .is_goal = true},
    State{.code = TradeState::kCancelled, .is_final = true},
};
inline constexpr std::array kFromIntent{TradeState::kIntent};
inline constexpr std::array kFromConfirmed{TradeState::kConfirmed};
inline constexpr std::array kFromDelivered{TradeState::kDelivered};
inline constexpr std::array kUndelivered{TradeState::kIntent, TradeState::kConfirmed};
inline constexpr std::array kConfirmable{Guard::ConsentToTrade, Guard::IdentityProven,
                                         Guard::LinesAddUp};
inline constexpr std::array kConfirmableAnyway{Guard::ConsentToTrade, Guard::LinesAddUp};
inline constexpr std::array kPaidUp{Guard::PaidInFull};
inline constexpr std::array kTradeSteps{
    Step{.from = kFromIntent,
         .event = "confirm",
         .label = {"确认订单", "confirm the order"},
         .to = TradeState::kConfirmed,
         .who = kByDesk,
         .guards = kConfirmable,
         .at_office = true,
         .signed_by = "confirmed_by",
         .signed_at = "confirmed_at",
         .effect = Effect::RestateCustomer,
         .tells = kTellOwner},
    // The proof comes later: the service manager answers for it.
    Step{.from = kFromIntent,
         .event = "confirm_unproven",
         .label = {"缺证明先确认", "confirm before the proof is there"},
         .to = TradeState::kConfirmed,
         .who = kByManager,
         .guards = kConfirmableAnyway,
         .says_why = true,
         .at_office = true,
         .signed_by = "confirmed_by",
         .signed_at = "confirmed_at",
         .because = "remark",
         .effect = Effect::RestateCustomer,
         .tells = kTellOwner},
    Step{.from = kFromConfirmed,
         .event = "deliver",
         .label = {"登记交付", "note the delivery"},
         .to = TradeState::kDelivered,
         .who = kByDesk,
         .at_office = true},
    Step{.from = kFromDelivered,
         .event = "close",
         .label = {"结清", "close"},
         .to = TradeState::kClosed,
         .who = kByDesk,
         .guards = kPaidUp,
         .at_office = true},
    Step{.from = kUndelivered,
         .event = "cancel",
         .label = {"取消订单", "cancel the order"},
         .to = TradeState::kCancelled,
         .who = kByDesk,
         .says_why = true,
         .at_office = true,
         .because = "remark",
         .effect = Effect::RestateCustomer,
         .tells = kTellOwner},
};

}  // namespace trade

inline constexpr Machine kContracts{.name = "contract",
                                    .label = {"合同", "contract"},
                                    .source = "2.3.4",
                                    .kind = &catalog::kContract,
                                    .state_field = "state",
                                    .states = trade::kContractStates,
                                    .steps = trade::kContractSteps,
                                    .called_by = "contract_no"};
inline constexpr Machine kTransactions{.name = "transaction",
                                       .label = {"订单", "order"},
                                       .source = "2.3.3",
                                       .kind = &catalog::kTransaction,
                                       .state_field = "state",
                                       .states = trade::kTradeStates,
                                       .steps = trade::kTradeSteps,
                                       .called_by = "order_no|subject"};

}  // namespace dossier::workflow
