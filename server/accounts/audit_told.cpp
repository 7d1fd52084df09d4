#include "server/accounts/audit_told.hpp"

#include "common/base/plant.hpp"

#include "server/accounts/office_keys.hpp"

namespace dossier::server {
namespace {

using protocol::AuditAnswer;
using protocol::AuditPlace;

/// Layout: time i64 || device(16) || number of the line u64.
constexpr std::string_view kDiffers = "office.audit_differs";
constexpr std::size_t kDiffersBytes = 32;

/// Eight bytes that follow from a hash for whoever has the seed: every line has its own.
std::uint64_t mask_of(Office& office, const Digest& head) {
    static constexpr std::string_view kUse = "audit place";
    const auto seed = signing_seed(office.store(), office.random());
    const Digest mask = crypto::blake2b({bytes_of(kUse), head}, seed.view());
    return read_le<std::uint64_t>(mask.data());
}

AuditPlace place_of(std::uint64_t masked) {
    AuditPlace place{};
    for (std::size_t at = 0; at < place.size(); ++at, masked >>= 8U)
        place[at] = static_cast<std::uint8_t>(masked & 0xFFU);
    return place;
}

}  // namespace

AuditTold audit_to_tell(Office& office) {
    const AuditEnd end = office.store().audit_end();
    return {end.hash, place_of(end.seq ^ mask_of(office, end.hash))};
}

AuditRecalled recall(Office& office,
                     const AuditTold& told,
                     const std::array<std::uint8_t, 16>& epoch) {
    if (told.head == Digest{}) return {};
    auto& store = office.store();
    const std::uint64_t line =
        read_le<std::uint64_t>(told.place.data()) ^ mask_of(office, told.head);
    // Any number may come of what no office told.
    const bool may_be = line > 0 && line <= store.audit_end().seq;
    const auto found = may_be ? store.audit(line - 1, 1) : std::vector<AuditLine>{};
    const bool held =
        !found.empty() && found.front().seq == line && found.front().hash == told.head;
    if (held || is_planted(Plant::AuditUnasked)) return {AuditAnswer::Held, 0};
    const bool set_back = epoch != epoch_of(store);
    return {set_back ? AuditAnswer::SetBack : AuditAnswer::Lost, line};
}

void note_differs(Store& store, const AuditDiffers& differs) {
    Bytes kept;
    append_le(kept, differs.at.ms);
    append(kept, differs.device.view());
    append_le(kept, differs.line);
    store.set_meta(kDiffers, kept);
}

std::optional<AuditDiffers> last_differs(Store& store) {
    const auto kept = store.meta(kDiffers);
    if (!kept || kept->size() != kDiffersBytes) return std::nullopt;
    AuditDiffers differs{.at = {read_le<std::int64_t>(kept->data())}};
    std::copy_n(kept->data() + 8, 16, differs.device.bytes.begin());
    differs.line = read_le<std::uint64_t>(kept->data() + 24);
    return differs;
}

}  // namespace dossier::server
