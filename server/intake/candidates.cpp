#include "server/intake/candidates.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "common/catalog/value_json.hpp"

namespace dossier::server {

using nlohmann::json;

void join(std::vector<Candidate>& candidates, Candidate candidate) {
    const auto at = std::lower_bound(
        candidates.begin(), candidates.end(), candidate.author,
        [](const Candidate& one, const UserId& author) { return one.author < author; });
    if (at == candidates.end() || at->author != candidate.author) {
        candidates.insert(at, std::move(candidate));
    } else if (at->at <= candidate.at) {
        *at = std::move(candidate);
    }
}

std::string candidates_json(const catalog::Kind& kind, const std::vector<Candidate>& candidates) {
    json list = json::array();
    for (const Candidate& candidate : candidates) {
        list.push_back({{"author", to_text(candidate.author)},
                        {"device", to_text(candidate.device)},
                        {"at", candidate.at.ms},
                        {"value", json::parse(catalog::values_json(kind, candidate.value))}});
    }
    return list.dump();
}

std::vector<Candidate> candidates_from(const catalog::Kind& kind, std::string_view text) {
    std::vector<Candidate> candidates;
    const json list = json::parse(text, nullptr, false);
    if (!list.is_array()) return candidates;
    for (const auto& item : list) {
        Candidate candidate;
        candidate.author = id_from<UserId>(item.value("author", "")).value_or(UserId{});
        candidate.device = id_from<DeviceId>(item.value("device", "")).value_or(DeviceId{});
        candidate.at = Instant{item.value("at", std::int64_t{0})};
        if (item.contains("value"))
            candidate.value =
                catalog::values_from_json(kind, item["value"].dump()).value_or(FieldValues{});
        candidates.push_back(std::move(candidate));
    }
    return candidates;
}

}  // namespace dossier::server
