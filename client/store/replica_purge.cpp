// What a laptop gives up: what lies in a scope that was lost, and what the office took from its
// author but did not send back, because he may not hold it.
#include <algorithm>

#include "common/base/plant.hpp"

#include "client/store/replica.hpp"

namespace dossier::client {

using catalog::Facet;
using catalog::Kind;

bool Replica::purge_members(std::int64_t scope, std::size_t limit) {
    auto members = scopes_.members(scope, limit);
    std::ranges::sort(members, {}, &Membership::record);
    std::unordered_set<RecordId> purged;
    for (std::size_t at = 0; at < members.size();) {
        const RecordId record = members[at].record;
        const Kind* kind = catalog::find_kind(members[at].kind);
        std::vector<Facet> gone;
        for (; at < members.size() && members[at].record == record; ++at) {
            scopes_.take(scope, record, members[at].facet);
            gone.push_back(members[at].facet);
        }
        for (const Membership& other : scopes_.of_record(record)) std::erase(gone, other.facet);
        if (gone.empty() || kind == nullptr) continue;
        forget(*kind, record, gone);
        purged.insert(record);
    }
    forget_words(std::move(purged));
    return members.size() < limit;
}

void Replica::drop_unanswered_rows() {
    std::vector<std::pair<RecordId, std::uint16_t>> awaited;
    {
        auto row = db_.prepared("SELECT record, kind FROM awaited");
        while (row.step()) {
            awaited.emplace_back(row.id<RecordId>(0), static_cast<std::uint16_t>(row.number(1)));
        }
    }
    if (awaited.empty()) return;
    db_.exec("DELETE FROM awaited");
    std::unordered_set<RecordId> purged;
    for (const auto& [record, tag] : awaited) {
        const Kind* kind = catalog::find_kind(tag);
        const auto row = kind == nullptr ? std::nullopt : load(*kind, record);
        if (!row || (is_planted(Plant::WordsStay) && scopes_.holds(record))) continue;
        auto gone = catalog::facets_of(*kind);
        for (const Membership& held : scopes_.of_record(record)) std::erase(gone, held.facet);
        std::erase_if(
            gone, [&](Facet facet) { return catalog::facet_values(*kind, facet, *row).empty(); });
        // Of a record that left while it was awaited an empty row was kept: it goes, too.
        const bool is_shell = row->empty() && !scopes_.holds(record);
        if (gone.empty() && !is_shell) continue;
        forget(*kind, record, gone);
        purged.insert(record);
    }
    forget_words(std::move(purged));
}

}  // namespace dossier::client
