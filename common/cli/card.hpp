// The one-page card of a customer (客户基本资料卡) as an answer: what stands on it, in which order,
// and the mark that says whose copy it is. Both programs fill it with what may leave them.
// Source: R-039, WF-07, screen 20.
#pragma once

#include <vector>

#include "common/cli/values.hpp"
#include "common/time/clock.hpp"

namespace dossier::cli {

/// More contacts or visits do not fit on a page.
inline constexpr std::size_t kCardContacts = 6;
inline constexpr std::size_t kCardVisits = 5;
/// A card is given back or shredded after so many days. Source: WF-07, the note on cards.
inline constexpr int kCardDays = 7;

/// What may stand on the card; what may not is left out, not masked, unless it is masked on screen.
struct Card {
    RecordId customer;
    FieldValues values;
    FieldValues feature;  ///< of customer_feature; empty where there is none
    std::vector<FieldValues> contacts;
    std::vector<FieldValues> visits;  ///< the latest first
    /// Something of it was not verified: it is not for use outside.
    bool is_unverified = false;
};

/// Tells the card: facts and tables for people, and as data {"id", "name", "address", "level",
/// "level_label", "fields": [{"label", "text", "wide"}], "contacts", "visits": {"header", "rows"},
/// "unverified", "mark", "due_back"}. `mark` is that of common/sheet/copy_mark.
void answer_card(action::Answer& answer,
                 const Card& card,
                 const TitleOf& title_of,
                 const std::string& mark,
                 Instant now);

}  // namespace dossier::cli
