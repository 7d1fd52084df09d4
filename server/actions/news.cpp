#include "server/actions/news.hpp"

#include <algorithm>

#include "common/catalog/references.hpp"
#include "common/catalog/states.hpp"
#include "common/workflow/step.hpp"

#include "server/accounts/sign_ins.hpp"
#include "server/reading/find.hpp"
#include "server/reading/known.hpp"
#include "server/reading/sync_ledger.hpp"

namespace dossier::server {
namespace {

using catalog::field;

/// Told one by one; more is told as "much".
constexpr std::size_t kChangesMax = 64;
constexpr std::size_t kSessionsRead = 32;
constexpr std::chrono::hours kLateAfter{24 * 3};

struct OpenMatters {
    const catalog::Kind& kind;
    const catalog::Field& state;
    std::string_view open;
};

bool knows(Office& office, const UserId& user, const Place& place, const FieldValues& values) {
    const auto* kind = catalog::find_kind(place.kind);
    if (kind == nullptr) return false;
    const auto facet = catalog::facets_of(*kind).front();
    return known_by(office, {user, {}, Lang::Zh}, place, values, facet) != Known::No;
}

/// Those in the state for which `counts` and which he may know of.
template <class IsCounted>
std::uint64_t count_open(Office& office,
                         const UserId& user,
                         const OpenMatters& of,
                         const IsCounted& counts) {
    auto& store = office.store();
    std::uint64_t number = 0;
    for (const RecordId& id : store.find(of.kind.tag, of.state.tag, std::string(of.open))) {
        const auto place = store.place(id);
        const auto values = store.load(of.kind.tag, id);
        if (!place || !values || is_gone(*values) || !counts(*values)) continue;
        if (knows(office, user, *place, *values)) ++number;
        if (number == kCountedMax) break;
    }
    return number;
}

std::uint64_t unread(Office& office, const UserId& user) {
    auto& store = office.store();
    std::uint64_t number = 0;
    const auto& to = field(catalog::kNotification, "to_user_id");
    for (const RecordId& id :
         store.find(catalog::kNotification.tag, to.tag, user.as<RecordTag>())) {
        const auto values = store.load(catalog::kNotification.tag, id);
        const bool is_unread =
            values && !is_gone(*values) &&
            find(*values, field(catalog::kNotification, "read_at").tag) == nullptr;
        number += is_unread ? 1U : 0U;
        if (number == kCountedMax) break;
    }
    return number;
}

std::uint64_t late_laptops(Office& office, const UserId& user) {
    const auto awaited = awaited_laptops(office, {user, {}, Lang::Zh}, kLateAfter);
    if (!awaited) return 0;
    return static_cast<std::uint64_t>(std::ranges::count_if(*awaited, &Awaited::overdue));
}

SyncStep step_of(Office& office, const SessionRow& row, std::string_view phase) {
    return {.session = row.id,
            .device = device_name(office, row.device),
            .user = office.people().name(row.user),
            .phase = std::string(phase),
            .changesets = row.changesets,
            .cases = row.cases,
            .proposals = row.proposals,
            .facets_sent = row.facets_sent};
}

}  // namespace

bool is_still_signed_in(Office& office, std::string_view token) {
    return SignIns(office).goes_on(sign_in_digest(token));
}

Counts counts_of(Office& office, const UserId& user) {
    const auto always = [](const FieldValues&) { return true; };
    const auto& roles = office.people().viewer(user, office.now()).roles;
    const auto is_for_him = [&](const FieldValues& approval) {
        const auto next = workflow::next_role(approval);
        const auto asked = catalog::asked_in(catalog::kApproval, approval);
        if (std::ranges::find(asked, user.as<RecordTag>()) == asked.end()) return false;
        return std::ranges::any_of(
            roles, [&](const auto& held) { return access::facts(held.role).code == next; });
    };
    const auto is_his = [&](const FieldValues& task) {
        return record_in(task, field(catalog::kTask, "assignee_id")) == user.as<RecordTag>();
    };
    return {
        .cases = count_open(
            office, user,
            {catalog::kCase, field(catalog::kCase, "state"), catalog::CaseState::kOpen}, always),
        .proposals = count_open(
            office, user,
            {catalog::kProposal, field(catalog::kProposal, "state"), catalog::ProposalState::kOpen},
            always),
        .approvals = count_open(office, user,
                                {catalog::kApproval, field(catalog::kApproval, "state"), "open"},
                                is_for_him),
        .tasks = count_open(office, user, {catalog::kTask, field(catalog::kTask, "state"), "open"},
                            is_his),
        .notifications = unread(office, user),
        .late = late_laptops(office, user)};
}

bool knows_of(Office& office, const UserId& user, const ChangedRecord& changed) {
    const auto values = office.store().load(changed.place.kind, changed.place.record);
    return values && knows(office, user, changed.place, *values);
}

bool knows_of_syncs(Office& office, const UserId& user) {
    return may_see_syncs(office, {user, {}, Lang::Zh}).has_value();
}

News NewsReader::read() {
    News news;
    read_changes(news);
    read_syncs(news);
    return news;
}

void NewsReader::read_changes(News& news) {
    auto& store = office_.store();
    const Seq end = store.journal_end();
    Seq at = told_.value_or(end);
    told_ = end;
    // What is read is bounded too: of an import nobody is told row by row.
    if (end.value - std::min(at.value, end.value) > kChangesMax * 4) {
        news.much_changed = true;
        return;
    }
    while (at < end) {
        at = at.next();
        const auto entry = store.entry(at);
        const auto place = entry ? store.place(entry->record) : std::nullopt;
        if (!place) continue;
        const ChangedRecord changed{*place};
        if (std::ranges::find(news.changed, changed) == news.changed.end())
            news.changed.push_back(changed);
    }
    if (news.changed.size() <= kChangesMax) return;
    news.changed.clear();
    news.much_changed = true;
}

void NewsReader::read_syncs(News& news) {
    const bool is_first = sessions_.empty();
    std::map<std::uint64_t, SessionRow> present;
    for (const SessionRow& row : office_.store().sessions(kSessionsRead)) {
        const auto before = sessions_.find(row.id);
        const bool is_new = before == sessions_.end();
        if (is_new && !is_first)
            news.syncs.push_back(step_of(office_, row, row.finished ? "done" : "began"));
        if (!is_new && row.finished && !before->second.finished)
            news.syncs.push_back(step_of(office_, row, "done"));
        if (!is_new && !row.finished && row.changesets != before->second.changesets)
            news.syncs.push_back(step_of(office_, row, "under_way"));
        present.emplace(row.id, row);
    }
    // Newest first they were read; told in the order they happened.
    std::ranges::reverse(news.syncs);
    sessions_ = std::move(present);
}

}  // namespace dossier::server
