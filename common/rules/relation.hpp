// How a customer stands to the company on a day: cooperating, followed up, potential or lost. Pure.
// Source: RP-12, R-003, R-081.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace dossier::rules {

/// What is known of the dealings with a customer. Days are "YYYY-MM-DD", empty = never.
struct Dealings {
    std::string set_by_hand;  ///< a code of relation_status; holds until `by_hand_until`
    std::string by_hand_until;
    std::string last_purchase;      ///< of orders that are confirmed or further
    std::string last_contract_end;  ///< of a supply or sales contract that has ended
    bool has_contract = false;      ///< a supply or sales contract is valid that day
    std::string last_talk;          ///< by our own people
};
struct RelationTerms {
    int coop_days = 365;    ///< so long after a purchase a customer cooperates
    int follow_days = 180;  ///< so long after a talk he is followed up
};
struct Relation {
    std::string_view status;  ///< a code of relation_status
    std::string lost_on;      ///< of a lost one
};

/// A total function: every customer has exactly one status on every day.
Relation relation_on(const Dealings& dealings, std::string_view day, const RelationTerms& terms);

/// The day so many days later; nullopt for what is no day.
std::optional<std::string> day_after(std::string_view day, int days);

}  // namespace dossier::rules
