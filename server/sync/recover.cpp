#include "server/sync/recover.hpp"

#include "protocol/refusals.hpp"

namespace dossier::server {
namespace {

constexpr std::size_t kEntriesAtOnce = 1000;

}  // namespace

Result<std::vector<protocol::ChangesetVerdict>> bring_unsent(SyncDesk desk,
                                                             const UnsentWork& work) {
    std::vector<protocol::ChangesetVerdict> verdicts;
    const auto row = desk.office.store().device(work.device);
    if (!row) return fail(protocol::kDeviceRevoked);
    if (work.entries.empty()) return verdicts;
    Session session(desk, work.device);
    protocol::Hello hello{.schema = catalog::kSchemaVersion,
                          .device_now_ms = desk.office.now().ms,
                          .device_epoch = row->epoch,
                          .outbox_last = work.last,
                          .outbox_head = work.head,
                          .unsent = work.entries.size()};
    if (auto greeted = session.on(hello); !greeted) return pass(greeted);
    for (std::size_t at = 0; at < work.entries.size();) {
        protocol::Push push;
        while (at < work.entries.size() && push.changesets.size() < kEntriesAtOnce)
            push.changesets.push_back(work.entries[at++]);
        auto answers = session.on(push);
        if (!answers) return pass(answers);
        for (auto& answer : *answers) {
            if (const auto* refusal = std::get_if<protocol::Refusal>(&answer))
                return tl::unexpected(protocol::error_of(*refusal));
            if (auto* told = std::get_if<protocol::Verdicts>(&answer))
                std::move(told->changesets.begin(), told->changesets.end(),
                          std::back_inserter(verdicts));
        }
    }
    return verdicts;
}

}  // namespace dossier::server
