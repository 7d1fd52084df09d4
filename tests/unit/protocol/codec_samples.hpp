// One of each message with a value in every field, for the golden bytes and the fuzzer's seeds.
#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "protocol/codec.hpp"
#include "protocol/limits.hpp"

namespace dossier::protocol::testing {

template <class Array>
Array counted(std::uint8_t from) {
    Array bytes{};
    for (auto& byte : bytes) byte = from++;
    return bytes;
}
inline RecordId some_record(std::uint8_t from) {
    return {counted<std::array<std::uint8_t, 16>>(from)};
}

/// A clearing, a creation and a workflow event; empty values among the others.
inline merge::Changeset some_changeset() {
    merge::Changeset changeset{.author = some_record(1).as<UserTag>(),
                               .claimed_at = {1'772'416'800'000},
                               .ticks_ms = 77,
                               .schema = 1,
                               .reason = "客户要求",
                               .source = "cli"};
    changeset.ops = {{.kind = merge::OpKind::Set,
                      .record_kind = 16,
                      .record = some_record(32),
                      .base_fv = {3},
                      .base = {{17, std::string("旧")}, {18, std::monostate{}}},
                      .fields = {{17, std::monostate{}}, {18, std::int64_t{-5}}}},
                     {.kind = merge::OpKind::Create,
                      .record_kind = 32,
                      .record = some_record(64),
                      .fields = {{16, some_record(32)}}},
                     {.kind = merge::OpKind{9},  // of the future
                      .record_kind = 16,
                      .record = some_record(32),
                      .event = "post"}};
    return changeset;
}
inline std::vector<merge::Verdict> some_verdicts() {
    return {{.kind = merge::VerdictKind::Case, .fv = {4}, .matter = 12},
            {.kind = merge::VerdictKind::Rejected, .reason = "merge.exists", .args = {"a", ""}}};
}
inline std::vector<FacetEntry> some_entries() {
    return {{some_record(5), 16, 2, true, {300}, {1, 2, 3}},
            {some_record(6), 16, 1, false, {}, {}}};
}

inline std::vector<std::pair<std::string_view, Message>> samples() {
    const ScopeKey own{3, some_record(1)};
    const auto digest = counted<Digest>(128);
    return {
        {"enrol", Enrol{counted<std::array<std::uint8_t, 8>>(1),
                        counted<std::array<std::uint8_t, 16>>(16), "ThinkPad", "1.0"}},
        {"enrol again",
         Enrol{counted<std::array<std::uint8_t, 8>>(1), counted<std::array<std::uint8_t, 16>>(16),
               "ThinkPad", "1.0",
               FormerDevice{some_record(2).as<DeviceTag>(), some_record(1).as<UserTag>(), "N07"}}},
        {"enrolled", Enrolled{some_record(2).as<DeviceTag>(), some_record(1).as<UserTag>(), "N07",
                              "李建国", 1, counted<std::array<std::uint8_t, 32>>(3)}},
        {"hello", Hello{1,
                        1,
                        1,
                        "1.0",
                        1'772'416'800'000,
                        77,
                        1,
                        9,
                        digest,
                        2,
                        counted<std::array<std::uint8_t, 16>>(4),
                        {{own, {500}}}}},
        {"welcome", Welcome{1,
                            1,
                            1'772'416'800'001,
                            counted<std::array<std::uint8_t, 16>>(4),
                            7,
                            6,
                            digest,
                            1'773'626'400'000,
                            {4},
                            digest,
                            "今晚维护",
                            3,
                            Bytes(32, 0x5A),
                            Bytes(kTicketBytes, 0x5B),
                            counted<AuditPlace>(8),
                            22}},
        {"push", Push{{{8, digest, {1, 2}}, {9, digest, {}}}, true}},
        {"push with a sealed entry", Push{{{8, digest, {1, 2}}, {9, digest, {3}, true}}, true}},
        {"verdicts", Verdicts{{{8, some_verdicts()}, {9, {}}}}},
        {"policy", Policy{{own}, {{5, some_record(9)}}, {{1, {}}, own}}},
        {"batch", Batch{own, {501}, 2, {9, 9, 9}}},
        {"checkpoint", Checkpoint{{{own, {501}, 40, digest}}}},
        {"bye", Bye{3, 4, true, counted<AuditPlace>(9), digest,
                    counted<std::array<std::uint8_t, 16>>(4), 1, 412}},
        {"refusal", Refusal{"sync.gap", {"8"}}},
        {"repair", Repair{{own}}},
        {"bring", Bring{{{some_record(7), digest, 20'000}}, {some_record(8)}}},
        {"want", Want{some_record(8), {5}}},
        {"chunk", Chunk{some_record(7), 1, true, {7, 8, 9}}},
        {"sealed chunk", Chunk{some_record(7), 1, true, {7, 8, 9}, true}},
        {"have", Have{Bytes(32, 6), {{some_record(7), 2, {1}}, {some_record(8), 7, {}}}}},
        {"proof", Proof{some_record(7), digest}},
        {"wiped", WipeDone{1200, 1}},
        {"wipe noted", WipeNoted{}},
        {"probe", Probe{{{7, digest}, {8, digest}}}},
        {"known", Known{7}},
        {"branch", Branch{{7, digest}}},
        {"branched", Branched{2}},
        {"compare", Compare{own, {{some_record(1), some_record(2)}}}},
        {"ranges", Ranges{own,
                          {{{some_record(1), some_record(2)}, 300, digest}},
                          {{some_record(3), some_record(4)}},
                          {{some_record(3), 2, digest}}}},
        {"fetch", Fetch{own, {{some_record(3), 2}}}},
        {"fetched", Fetched{own, 1, {9, 9, 9}}},
    };
}

/// Every sample in every protocol: the bytes a peer of it gets. Named "push" for the first protocol
/// that knows the message, "push/2" where protocol 2 says it differently.
inline std::vector<std::pair<std::string, Bytes>> spoken_samples() {
    std::vector<std::pair<std::string, Bytes>> all;
    for (const auto& [name, message] : samples()) {
        Bytes before;
        for (auto spoken = spoken_since(message); spoken <= kProtocolMax; ++spoken) {
            Bytes bytes = encode(message, spoken);
            if (bytes == before) continue;
            const std::string suffix = before.empty() ? "" : "/" + std::to_string(spoken);
            all.emplace_back(std::string(name) + suffix, bytes);
            before = std::move(bytes);
        }
    }
    return all;
}

}  // namespace dossier::protocol::testing
