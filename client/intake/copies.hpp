// Copies that leave a laptop: the one-page cards of its user's own customers (WF-07), a few a day.
// The door writes each as an event that reaches the office's audit.
#pragma once

#include <vector>

#include "common/access/decide.hpp"
#include "common/merge/copies.hpp"

#include "client/store/store.hpp"

namespace dossier::client {

inline constexpr Fault kOnlyCards{
    "client.only_cards",
    ErrorCode::Denied,
    {"笔记本只能导出本人客户的单页卡片", "a laptop exports cards of one's own customers only"},
    {"客户卡片用 {do:export} 导出；其他资料向客户服务部申请，由办公室导出",
     "{do:export} makes cards of customers; for all else ask the service department, which exports "
     "at the office"}};
inline constexpr Fault kNoCard{
    "client.no_card",
    ErrorCode::Denied,
    {"“{}”的卡片不能从笔记本导出（依据 {}）", "the card of '{}' may not leave a laptop (by {})"},
    {"只限本人负责的内部级、秘密级客户；其他资料由办公室导出",
     "only customers of your own of level 0 and 1; all else is exported at the office"}};
inline constexpr Fault kCardsADay{
    "client.cards_a_day",
    ErrorCode::Denied,
    {"要导出 {} 个客户，今天还可导出 {} 个", "{} cards are wanted, {} may be copied today"},
    {"用 -c 指定最需要的客户；更多的向客户服务部申请，由办公室导出",
     "name those you need most with -c; for more ask the service department, which exports at the "
     "office"}};

/// Source: WF-07, the note on cards.
inline constexpr std::int64_t kCardsMax = 5;

/// How many cards may still be copied on the day of `now`.
std::int64_t cards_left(Store& store, Instant now);
/// Counts `cards` as copied. Inside the caller's transaction.
void note_cards(Store& store, Instant now, std::int64_t cards);

/// The facets of a customer that stand on its card for this viewer, whose purpose is `purpose`.
/// Errors: client.no_card when there is none, access.purpose_needed.
Result<std::vector<catalog::Facet>> card_of(const access::Viewer& viewer,
                                            const access::Subject& subject,
                                            std::string_view name,
                                            std::string_view purpose,
                                            Instant now);

}  // namespace dossier::client
