#include "server/review/batch.hpp"

#include <algorithm>

namespace dossier::server {
namespace {

/// The number of the candidate the rule takes, from 1; 0 when it takes none of them.
std::size_t chosen(const BatchOrder& order, const CaseView& view) {
    std::size_t best = 0;
    for (std::size_t at = 0; at < view.candidates.size(); ++at) {
        const Candidate& candidate = view.candidates[at];
        const bool wanted = order.rule == BatchRule::Newest || candidate.author == order.author;
        if (wanted && (best == 0 || view.candidates[best - 1].at < candidate.at)) best = at + 1;
    }
    return best;
}

bool matches(const BatchOrder& order, const CaseView& view, Instant now) {
    const bool kind = order.kind.empty() || view.kind->name == order.kind;
    const auto group = catalog::group_of(*view.kind, *view.field);
    const bool field = order.field.empty() ||
                       std::any_of(group.begin(), group.end(),
                                   [&](const auto* member) { return member->name == order.field; });
    const bool person = order.with_candidate_of.is_none() ||
                        std::any_of(view.candidates.begin(), view.candidates.end(),
                                    [&](const Candidate& candidate) {
                                        return candidate.author == order.with_candidate_of;
                                    });
    return kind && field && person && merge::age(view.opened_at, now) >= order.older_than;
}

std::optional<BatchItem> item_of(const BatchOrder& order, const CaseView& view) {
    if (order.rule == BatchRule::Current)
        return BatchItem{view, "current", view.now, {}, std::nullopt};
    const std::size_t at = chosen(order, view);
    if (at == 0) return std::nullopt;
    const Candidate& candidate = view.candidates[at - 1];
    return BatchItem{view, std::to_string(at), candidate.value, candidate.author, std::nullopt};
}

std::string_view word(BatchRule rule) {
    if (rule == BatchRule::Newest) return "newest";
    return rule == BatchRule::Current ? "current" : "candidate-of";
}

}  // namespace

bool is_high_risk(const catalog::Kind& kind, const catalog::Field& first) {
    const auto group = catalog::group_of(kind, first);
    return std::any_of(group.begin(), group.end(), [](const catalog::Field* of) {
        return of->identifies || of->check == catalog::Check::Shares ||
               of->type == catalog::Type::Money || catalog::names_person(*of) ||
               of->tag == catalog::kDeletedAt;
    });
}

Batch preview_batch(Office& office, const UserId& viewer, const BatchOrder& order) {
    Batch batch;
    for (CaseView& view : list_cases(office, viewer, Which::Open)) {
        if (!matches(order, view, office.now())) continue;
        if (is_high_risk(*view.kind, *view.field)) {
            batch.excluded.push_back(std::move(view));
        } else if (auto item = item_of(order, view)) {
            batch.items.push_back(std::move(*item));
        }
    }
    return batch;
}

Batch carry_out_batch(Office& office,
                      const UserId& reviewer,
                      const BatchOrder& order,
                      std::string_view reason) {
    Batch batch = preview_batch(office, reviewer, order);
    for (BatchItem& item : batch.items) {
        const auto done = rule_case(office, reviewer, item.view.number, item.take, reason);
        if (done) {
            ++batch.settled;
        } else {
            item.failed = done.error();
        }
    }
    AuditLine line;
    line.at = office.now();
    line.user = reviewer;
    line.action = "batch";
    line.entity = "case";
    line.fields = order.field;
    line.purpose = reason;
    line.result = batch.settled == batch.items.size() ? "ok" : "partial";
    line.detail = std::string(word(order.rule)) + " " + std::to_string(batch.settled) + "/" +
                  std::to_string(batch.items.size());
    office.store().append_audit(std::move(line));
    return batch;
}

}  // namespace dossier::server
