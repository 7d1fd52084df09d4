#include "server/sync/recover.hpp"

#include <algorithm>

#include "protocol/refusals.hpp"

namespace dossier::server {
namespace {

using protocol::ContentState;

constexpr std::size_t kEntriesAtOnce = 1000;

bool has(const LaptopWork& work, const protocol::ChainHead& place) {
    return place.oseq == 0 ||
           std::find(work.chain.begin(), work.chain.end(), place) != work.chain.end();
}

/// Where a branch begins: after the last entry the office has in any history of the device, and
/// after what nobody has any more.
protocol::ChainHead branch_from(Store& store, const DeviceRow& row, const LaptopWork& work) {
    const auto at = std::find_if(work.chain.rbegin(), work.chain.rend(), [&](const auto& head) {
        return head.oseq <= work.last_forgotten ||
               store.verdicts(row.device, head.oseq, head.head).has_value();
    });
    return at == work.chain.rend() ? protocol::ChainHead{} : *at;
}

/// All it answers, to the end.
Result<Session::Messages> say(Session& session, const protocol::Push& push) {
    auto answers = session.on(push);
    while (answers && session.is_streaming()) {
        auto more = session.next();
        if (!more) return pass(more);
        if (*more) answers->push_back(std::move(**more));
    }
    return answers;
}

/// Begins the session and, for a copy that branched off, a history of its own; the first entry to
/// push. Nothing when the office has all of it in one history or another.
Result<std::optional<std::uint64_t>> greet(
    Session& session, Store& store, const DeviceRow& row, const LaptopWork& work, Instant now) {
    const auto last = work.chain.empty() ? protocol::ChainHead{} : work.chain.back();
    const bool branched =
        !has(work, {row.applied_oseq, row.outbox_head}) || work.last_forgotten > row.applied_oseq;
    const auto from = branched ? branch_from(store, row, work) : protocol::ChainHead{};
    if (branched && from == last) return std::nullopt;
    // It tells the epoch of its own only where that matters: the chain says which one it is.
    const protocol::Hello hello{.schema = catalog::schema_version(),
                                .device_now_ms = now.ms,
                                .device_epoch = branched ? 0 : row.epoch,
                                .outbox_last = last.oseq,
                                .outbox_head = last.head,
                                .unsent = 1};
    if (auto greeted = session.on(hello); !greeted) return pass(greeted);
    const auto next = row.applied_oseq + 1;
    if (!branched) return work.first_unsent == 0 ? next : std::min(work.first_unsent, next);
    if (auto begun = session.on(protocol::Branch{from}); !begun) return pass(begun);
    return from.oseq + 1;
}

ContentState state_of(const ContentLane::Messages& answers) {
    const auto& have = std::get<protocol::Have>(answers.front());
    return static_cast<ContentState>(have.answers.front().state);
}

/// Brings one content, piece by piece as the laptop would.
Result<bool> bring_content(ContentLane& lane,
                           const DeviceRow& device,
                           content::Contents& from,
                           const RecordId& record) {
    const auto held = from.of(record);
    if (!held || !(held->whole || held->sealed)) return false;
    auto state = state_of(lane.on(protocol::Bring{{{record, held->id, held->size}}, {}}, device));
    const bool wanted = state == ContentState::Missing || state == ContentState::Prove;
    const std::uint32_t chunks = content::chunks_of(held->size);
    for (std::uint32_t at = 0; wanted && at < chunks; ++at) {
        const protocol::Chunk chunk{record, at, at + 1 == chunks, from.chunk(*held, at),
                                    held->sealed};
        auto taken = lane.on(chunk, device);
        if (!taken) return pass(taken);
        while (lane.is_working()) taken = lane.go_on(device);
        if (chunk.last) state = state_of(*taken);
    }
    return state == ContentState::Whole;
}

}  // namespace

Result<Recovered> bring_unsent(SyncDesk desk, LaptopCopy& copy) {
    Recovered done;
    const auto work = copy.work();
    Store& store = desk.office.store();
    const auto row = store.device(work.device);
    if (!row) return fail(protocol::kDeviceRevoked);
    const auto records = copy.unsent_contents();
    // An office that was set back lacks entries it once answered.
    const auto last = work.chain.empty() ? protocol::ChainHead{} : work.chain.back();
    const bool has_all = row->applied_oseq == last.oseq && row->outbox_head == last.head;
    if (work.first_unsent == 0 && records.empty() && has_all) return done;
    Session session(desk, work.device);
    auto first = greet(session, store, *row, work, desk.office.now());
    if (!first) return pass(first);
    done.branched = store.device(work.device)->epoch != row->epoch;
    for (std::uint64_t from = first->value_or(work.chain.size() + 1);;) {
        protocol::Push push{copy.entries(from, kEntriesAtOnce), false};
        if (push.changesets.empty()) break;
        from = push.changesets.back().oseq + 1;
        auto answers = say(session, push);
        if (!answers) return pass(answers);
        for (auto& answer : *answers) {
            if (const auto* refusal = std::get_if<protocol::Refusal>(&answer))
                return tl::unexpected(protocol::error_of(*refusal));
            if (auto* told = std::get_if<protocol::Verdicts>(&answer))
                std::move(told->changesets.begin(), told->changesets.end(),
                          std::back_inserter(done.verdicts));
        }
    }
    ContentLane lane(desk.office, desk.keys);
    for (const RecordId& record : records) {
        auto brought = bring_content(lane, *row, copy.contents(), record);
        if (!brought) return pass(brought);
        ++(*brought ? done.contents : done.contents_left);
    }
    return done;
}

}  // namespace dossier::server
