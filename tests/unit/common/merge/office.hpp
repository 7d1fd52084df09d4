// A small office for tests of the merge: one group, edits arriving in some order, and where every
// value went.
#pragma once

#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "common/merge/judge.hpp"

namespace dossier {
inline bool operator<(const FieldValue& a, const FieldValue& b) {
    return std::tie(a.tag, a.value) < std::tie(b.tag, b.value);
}
}  // namespace dossier

namespace dossier::merge::test {

inline constexpr std::uint16_t kTag = 20;

inline catalog::Field field_of(catalog::Merge policy, catalog::Type type = catalog::Type::Text) {
    return {.tag = kTag, .name = "x", .label = {"甲", "x"}, .type = type, .merge = policy};
}

/// A group of two texts that belong together, or one value.
inline FieldValues group(const std::string& first, const std::string& second) {
    return {{kTag, first}, {kTag + 1, second}};
}
inline FieldValues one(Value value) {
    return {{kTag, std::move(value)}};
}
/// Canonical JSON of a list of plain words, in the given order.
inline Value list(const std::vector<std::string>& words) {
    if (words.empty()) return {};
    std::string json = "[";
    for (const auto& word : words) json += (json.size() > 1 ? ",\"" : "\"") + word + "\"";
    return json + "]";
}

inline Stamp stamp(std::int64_t at, std::uint8_t device, std::uint64_t count = 0, int rank = 30) {
    Stamp result{.at = {at}, .count = count, .rank = rank};
    result.device.bytes[15] = device;
    result.author.bytes[15] = device;
    return result;
}

/// The office's copy of one group and the record of what became of every value.
struct Office {
    catalog::Field field;
    GroupState state;
    std::set<FieldValues> history{};               ///< values the group held
    std::set<FieldValues> losers{};                ///< recorded, not taken
    std::set<FieldValues> proposals{};             ///< wait for a verification
    std::set<FieldValues> refused{};               ///< in their author's tray
    std::map<DeviceId, FieldValues> candidates{};  ///< of the case; one an author
    std::vector<Outcome> outcomes{};

    explicit Office(catalog::Field policy, FieldValues values, Stamp by = stamp(50, 0))
        : field(policy), state{std::move(values), by, Fv{1}} {}

    void receive(const GroupEdit& edit) {
        const auto before = state;
        const auto judged = judge(field, state, edit);
        outcomes.push_back(judged.outcome);
        history.insert(before.values);
        state.values = judged.values;
        state.stamp = judged.stamp;
        if (state.values != before.values) state.since = state.since.next();
        switch (judged.outcome) {
            case Outcome::Override:
                losers.insert(before.values);
                break;
            case Outcome::Keep:
                losers.insert(edit.values);
                break;
            case Outcome::Propose:
                proposals.insert(edit.values);
                break;
            case Outcome::Review:
                if (candidates.count(edit.stamp.device) != 0) {
                    history.insert(candidates[edit.stamp.device]);
                }
                candidates[edit.stamp.device] = edit.values;
                break;
            case Outcome::Refuse:
                refused.insert(edit.values);
                break;
            default:
                break;
        }
    }

    /// The current value and every candidate: what a reviewer chooses from.
    [[nodiscard]] std::set<FieldValues> choices() const {
        std::set<FieldValues> all{state.values};
        for (const auto& [device, values] : candidates) all.insert(values);
        return all;
    }
    [[nodiscard]] bool remembers(const FieldValues& values) const {
        return state.values == values || history.count(values) != 0 || losers.count(values) != 0 ||
               proposals.count(values) != 0 || refused.count(values) != 0 ||
               choices().count(values) != 0;
    }
};

}  // namespace dossier::merge::test
