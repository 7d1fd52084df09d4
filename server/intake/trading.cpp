#include "server/intake/trading.hpp"

#include <algorithm>

#include "common/base/reason.hpp"
#include "common/catalog/activity.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/consent.hpp"
#include "common/catalog/customer.hpp"
#include "common/catalog/document.hpp"
#include "common/catalog/states.hpp"
#include "common/catalog/task.hpp"
#include "common/catalog/trade.hpp"
#include "common/merge/refusals.hpp"
#include "common/rules/consent.hpp"
#include "common/rules/relation.hpp"

#include "server/intake/tasks.hpp"
#include "server/settings/settings.hpp"

namespace dossier::server {
namespace {

using catalog::code_in;
using catalog::field;
using catalog::kAttachment;
using catalog::kCommunication;
using catalog::kConsent;
using catalog::kContract;
using catalog::kCustomer;
using catalog::kPayment;
using catalog::kTransaction;
using catalog::kTransactionLine;
using catalog::TradeState;

/// The records of a kind that name this one in a field, those still there.
std::vector<FieldValues> those_of(Store& store,
                                  const catalog::Kind& kind,
                                  const catalog::Field& by,
                                  const RecordId& named) {
    std::vector<FieldValues> all;
    for (const RecordId& id : store.find(kind.tag, by.tag, named)) {
        auto values = store.load(kind.tag, id);
        if (values && find(*values, catalog::kDeletedAt) == nullptr)
            all.push_back(std::move(*values));
    }
    return all;
}

std::vector<FieldValues> orders_of(Store& store, const RecordId& customer) {
    return those_of(store, kTransaction, field(kTransaction, "customer_id"), customer);
}

bool is_binding(const FieldValues& order) {
    const auto state = text_in(order, field(kTransaction, "state"));
    return state != TradeState::kIntent && state != TradeState::kCancelled;
}

bool is_first_order(const Hand& hand) {
    const auto orders = orders_of(hand.desk.store, hand.target.place.customer);
    return std::ranges::none_of(orders, is_binding);
}

std::int64_t sum_of(const std::vector<FieldValues>& records, const catalog::Field& amount) {
    std::int64_t sum = 0;
    for (const auto& values : records) sum += number_in(values, amount);
    return sum;
}

// ---- the status of a customer -------------------------------------------------------------------

/// Of the newest talks by the time they were recorded; older ones change nothing.
std::string last_talk(Store& store, const RecordId& customer) {
    constexpr std::size_t kLookedAt = 5;
    auto ids = store.find(kCommunication.tag, field(kCommunication, "customer_id").tag, customer);
    std::ranges::sort(ids, std::ranges::greater{});
    std::string last;
    for (std::size_t at = 0; at < std::min(ids.size(), kLookedAt); ++at) {
        const auto talk = store.load(kCommunication.tag, ids[at]).value_or(FieldValues{});
        if (find(talk, catalog::kDeletedAt) != nullptr) continue;
        const Instant started{number_in(talk, field(kCommunication, "started_at"))};
        last = std::max(last, office_date(started));
    }
    return last;
}

/// The day a contract was over: one that was ended early not on the day it was to last.
std::string end_of(Store& store, const RecordId& id, const FieldValues& contract) {
    auto end = text_in(contract, field(kContract, "valid_to"));
    if (text_in(contract, field(kContract, "state")) != catalog::ContractState::kTerminated)
        return end;
    for (const JournalEntry& line : store.history(id, {})) {
        if (line.op != merge::OpKind::Event || line.event != "terminate") continue;
        const auto day = office_date(line.received_at);
        return end.empty() ? day : std::min(end, day);
    }
    return end;
}

void add_contracts(Store& store,
                   const RecordId& customer,
                   const std::string& today,
                   rules::Dealings& dealings) {
    for (const RecordId& id :
         store.find(kContract.tag, field(kContract, "customer_id").tag, customer)) {
        const auto contract = store.load(kContract.tag, id).value_or(FieldValues{});
        if (contract.empty() || find(contract, catalog::kDeletedAt) != nullptr) continue;
        const auto kind = text_in(contract, field(kContract, "kind"));
        const auto state = text_in(contract, field(kContract, "state"));
        const bool trades = kind == code_in(catalog::choices::kContractKind, "supply") ||
                            kind == code_in(catalog::choices::kContractKind, "sales");
        if (!trades || state == catalog::ContractState::kDraft) continue;
        const auto from = text_in(contract, field(kContract, "valid_from"));
        const auto to = text_in(contract, field(kContract, "valid_to"));
        const bool ended =
            state == catalog::ContractState::kTerminated || (!to.empty() && to < today);
        if (ended)
            dealings.last_contract_end =
                std::max(dealings.last_contract_end, end_of(store, id, contract));
        dealings.has_contract = dealings.has_contract || (!ended && from <= today);
    }
}

rules::Dealings dealings_with(Store& store,
                              const RecordId& customer,
                              const FieldValues& file,
                              const std::string& today) {
    rules::Dealings dealings;
    dealings.set_by_hand = text_in(file, field(kCustomer, "status_override"));
    dealings.by_hand_until = text_in(file, field(kCustomer, "status_override_until"));
    for (const auto& order : orders_of(store, customer)) {
        const bool bought = text_in(order, field(kTransaction, "kind")) ==
                            code_in(catalog::choices::kTradeKind, "purchase");
        if (bought && is_binding(order))
            dealings.last_purchase =
                std::max(dealings.last_purchase, text_in(order, field(kTransaction, "traded_on")));
    }
    add_contracts(store, customer, today, dealings);
    dealings.last_talk = last_talk(store, customer);
    return dealings;
}

std::string first_purchase(Store& store, const RecordId& customer) {
    std::string first;
    for (const auto& order : orders_of(store, customer)) {
        const auto day = text_in(order, field(kTransaction, "traded_on"));
        if (is_binding(order) && (first.empty() || day < first)) first = day;
    }
    return first;
}

/// Whose customer was lost is asked why.
void ask_why_lost(const Desk& desk, const RecordId& customer, const FieldValues& file) {
    using catalog::kTask;
    const RecordId owner = record_in(file, field(kCustomer, "owner_user_id"));
    if (owner.is_none() || !text_in(file, field(kCustomer, "loss_reason")).empty()) return;
    const auto what = dossier::pair_of(field(kCustomer, "loss_reason").label);
    for (const auto& asked : those_of(desk.store, kTask, field(kTask, "customer_id"), customer)) {
        const bool open = text_in(asked, field(kTask, "state")) == catalog::TaskState::kOpen;
        if (open && text_in(asked, field(kTask, "text")) == what) return;
    }
    const auto days = setting(desk.store, "status.loss_days");
    FieldValues task;
    put(task, field(kTask, "kind"), std::string(code_in(catalog::choices::kTaskKind, "follow_up")));
    put(task, field(kTask, "text"), what);
    put(task, field(kTask, "assignee_id"), owner);
    put(task, field(kTask, "customer_id"), customer);
    put(task, field(kTask, "due_on"),
        office_date(desk.bearer.now.plus(std::chrono::hours(24) * days)));
    make_for_office(desk, kTask, std::move(task));
}

/// The contract this one names as its pair, and those that name this one.
std::vector<FieldValues> paired_with(Store& store,
                                     const RecordId& contract,
                                     const FieldValues& values) {
    auto pairs = those_of(store, kContract, field(kContract, "pair_contract_id"), contract);
    const auto named = record_in(values, field(kContract, "pair_contract_id"));
    auto other = store.load(kContract.tag, named).value_or(FieldValues{});
    if (!other.empty() && find(other, catalog::kDeletedAt) == nullptr)
        pairs.push_back(std::move(other));
    return pairs;
}

}  // namespace

Status consent_to_trade(const Hand& hand) {
    if (hand.desk.is_system() || !is_first_order(hand)) return {};
    const auto consents = those_of(hand.desk.store, kConsent, field(kConsent, "customer_id"),
                                   hand.target.place.customer);
    return rules::has_consent(consents, office_date(hand.desk.bearer.event_time()))
               ? Status{}
               : fail(merge::kNoConsent);
}

Status identity_proven(const Hand& hand) {
    if (hand.desk.is_system() || !is_first_order(hand)) return {};
    const auto papers = those_of(hand.desk.store, kAttachment, field(kAttachment, "customer_id"),
                                 hand.target.place.customer);
    const bool proven = std::ranges::any_of(papers, [](const FieldValues& paper) {
        const auto kind = text_in(paper, field(kAttachment, "doc_kind"));
        return kind == code_in(catalog::choices::kDocKind, "id_proof") ||
               kind == code_in(catalog::choices::kDocKind, "business_licence");
    });
    return proven ? Status{} : fail(merge::kUnproven);
}

Status lines_add_up(const Hand& hand) {
    const auto lines =
        those_of(hand.desk.store, kTransactionLine, field(kTransactionLine, "transaction_id"),
                 hand.target.place.record);
    if (lines.empty()) return {};
    const auto sum = sum_of(lines, field(kTransactionLine, "amount_fen"));
    const auto amount = number_in(hand.target.values, field(kTransaction, "amount_fen"));
    const auto apart = sum > amount ? sum - amount : amount - sum;
    return apart <= static_cast<std::int64_t>(lines.size())
               ? Status{}
               : fail(merge::kLinesDiffer,
                      catalog::display(field(kTransactionLine, "amount_fen"), sum, Lang::En),
                      catalog::display(field(kTransaction, "amount_fen"), amount, Lang::En));
}

Status paid_in_full(const Hand& hand) {
    const auto payments = those_of(hand.desk.store, kPayment, field(kPayment, "transaction_id"),
                                   hand.target.place.record);
    const auto owed = number_in(hand.target.values, field(kTransaction, "amount_fen")) -
                      sum_of(payments, field(kPayment, "amount_fen"));
    return owed <= 0 ? Status{}
                     : fail(merge::kUnpaid,
                            catalog::display(field(kTransaction, "amount_fen"), owed, Lang::En));
}

Status contract_signed(const Hand& hand) {
    const auto& contract = hand.target.values;
    const auto day = text_in(contract, field(kContract, "signed_on"));
    for (const auto name : {"signed_on", "their_signer", "valid_from"}) {
        if (text_in(contract, *catalog::find_field(kContract, name)).empty())
            return fail(merge::kUnsigned,
                        dossier::pair_of(catalog::find_field(kContract, name)->label));
    }
    const auto kind = text_in(contract, field(kContract, "kind"));
    const bool supplies = kind == code_in(catalog::choices::kContractKind, "supply") ||
                          kind == code_in(catalog::choices::kContractKind, "quality_assurance");
    if (!supplies) return {};
    const auto signer = record_in(contract, field(kContract, "our_signer_id")).as<UserTag>();
    const auto heads = holders_now(hand.desk, access::Role::MaterialsHead);
    const bool by_head = std::ranges::find(heads, signer) != heads.end();
    if (!by_head && text_in(contract, field(kContract, "deviation_reason")).empty())
        return fail(merge::kOtherSigner);
    const auto pairs = paired_with(hand.desk.store, hand.target.place.record, contract);
    const bool same = std::ranges::all_of(pairs, [&](const FieldValues& other) {
        return text_in(other, field(kContract, "signed_on")) == day;
    });
    return same ? Status{} : fail(merge::kPairDiffers);
}

Status restate_customer(Hand& hand) {
    hand.restates = true;  // what the step makes of the record is not written yet
    return {};
}

bool restate(const Desk& desk, const RecordId& customer) {
    auto& store = desk.store;
    const auto file = store.load(kCustomer.tag, customer).value_or(FieldValues{});
    if (file.empty() || find(file, catalog::kDeletedAt) != nullptr) return false;
    const auto today = office_date(desk.bearer.now);
    const rules::RelationTerms terms{
        .coop_days = static_cast<int>(setting(store, "status.coop_days")),
        .follow_days = static_cast<int>(setting(store, "status.follow_days"))};
    const auto relation =
        rules::relation_on(dealings_with(store, customer, file, today), today, terms);
    const auto first = first_purchase(store, customer);
    const auto known = text_in(file, field(kCustomer, "first_trade_on"));
    if (!first.empty() && (known.empty() || first < known))
        set_for_office(desk, kCustomer, customer, field(kCustomer, "first_trade_on"), first);
    if (text_in(file, field(kCustomer, "relation_status")) == relation.status) return false;
    set_for_office(desk, kCustomer, customer, field(kCustomer, "relation_status"),
                   std::string(relation.status));
    if (relation.status == catalog::RelationStatus::kLost) {
        set_for_office(desk, kCustomer, customer, field(kCustomer, "lost_on"), relation.lost_on);
        ask_why_lost(desk, customer, file);
    }
    return true;
}

}  // namespace dossier::server
