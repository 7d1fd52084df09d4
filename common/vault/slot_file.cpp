#include "common/vault/slot_file.hpp"

#include <algorithm>
#include <string_view>

#include "common/crypto/digest.hpp"
#include "common/vault/faults.hpp"
#include "common/vault/whole_file.hpp"

namespace dossier::vault {
namespace {

constexpr std::string_view kSlotsMagic = "DOSSKEYS";
constexpr std::uint8_t kCipher = 1;
constexpr std::size_t kSlotsHeadBytes = 8 + 1 + 1 + 1;
constexpr std::size_t kDigestBytes = 32;
constexpr std::size_t kFileBytesMax = 4096;

}  // namespace

Result<std::vector<Slot>> read_slots(const std::string& path) {
    auto content = read_whole(path, kFileBytesMax);
    if (!content && content.error().is(kNotVault)) return fail(kDamagedSlots, path);
    if (!content) return pass(content);
    ByteView rest = *content;
    if (rest.size() < kSlotsHeadBytes + kDigestBytes) return fail(kDamagedSlots, path);
    const ByteView digest = rest.last(kDigestBytes);
    rest = rest.first(rest.size() - kDigestBytes);
    if (!std::ranges::equal(crypto::blake2b({rest}), digest)) return fail(kDamagedSlots, path);
    if (text_of(rest.first(kSlotsMagic.size())) != kSlotsMagic) return fail(kDamagedSlots, path);
    if (rest[8] > kSlotFormat) return fail(kNewerFormat, std::to_string(rest[8]));
    if (rest[9] != kCipher) return fail(kNewerFormat, std::to_string(rest[9]));
    std::vector<Slot> slots;
    const std::size_t count = rest[10];
    rest = rest.subspan(kSlotsHeadBytes);
    for (std::size_t i = 0; i < count; ++i) {
        if (rest.size() < 3) return fail(kDamagedSlots, path);
        const auto kind = static_cast<SlotKind>(rest[0]);
        const std::size_t length = read_le<std::uint16_t>(rest.data() + 1);
        if (rest.size() < 3 + length) return fail(kDamagedSlots, path);
        const ByteView payload = rest.subspan(3, length);
        slots.push_back({kind, {payload.begin(), payload.end()}});
        rest = rest.subspan(3 + length);
    }
    if (!rest.empty()) return fail(kDamagedSlots, path);
    return slots;
}

Status write_slots(const std::string& path, const std::vector<Slot>& slots) {
    Bytes content;
    append(content, bytes_of(kSlotsMagic));
    content.push_back(kSlotFormat);
    content.push_back(kCipher);
    content.push_back(static_cast<std::uint8_t>(slots.size()));
    for (const Slot& slot : slots) {
        content.push_back(static_cast<std::uint8_t>(slot.kind));
        append_le(content, static_cast<std::uint16_t>(slot.payload.size()));
        append(content, slot.payload);
    }
    append(content, crypto::blake2b({content}));
    return replace_whole(path, content);
}

}  // namespace dossier::vault
