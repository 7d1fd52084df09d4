#include "client/sync/branching.hpp"

#include <algorithm>

#include "common/base/check.hpp"

#include "protocol/limits.hpp"

namespace dossier::client {

std::optional<protocol::Probe> Branching::probe() {
    const std::uint64_t open = beyond_ - common_ - 1;
    if (open == 0) return std::nullopt;
    const std::uint64_t places = std::min<std::uint64_t>(open, protocol::kProbeHeadsMax);
    protocol::Probe probe;
    asked_.clear();
    for (std::uint64_t place = 1; place <= places; ++place) {
        asked_.push_back(common_ + open * place / places);
        const auto head = outbox_.chain_at(OSeq{asked_.back()});
        DOSSIER_CHECK(head.has_value());  // entries are never removed, only their bodies
        probe.heads.push_back({asked_.back(), *head});
    }
    return probe;
}

bool Branching::on(const protocol::Known& known) {
    const auto next = std::ranges::upper_bound(asked_, known.oseq);
    const bool was_asked = next != asked_.begin() && *std::prev(next) == known.oseq;
    if (known.oseq != 0 && !was_asked) return false;
    common_ = std::max(common_, known.oseq);
    if (next != asked_.end()) beyond_ = *next;
    return true;
}

}  // namespace dossier::client
