#include "common/vault/slots.hpp"

#include <algorithm>
#include <cerrno>
#include <cmath>

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/check.hpp"
#include "common/time/clock.hpp"
#include "common/vault/codec.hpp"
#include "common/vault/faults.hpp"
#include "common/vault/file_faults.hpp"
#include "common/vault/process_lock.hpp"
#include "common/vault/slot_file.hpp"
#include "common/vault/whole_file.hpp"

namespace dossier::vault {
namespace {

constexpr std::size_t kKeyBytes = 32;
constexpr std::size_t kSaltBytes = crypto_pwhash_SALTBYTES;
constexpr std::size_t kWrappedBytes = kNonceBytes + kKeyBytes + kTagBytes;
/// Payload of a passphrase slot: salt(16) ‖ memory KiB(4) ‖ passes(4) ‖ wrapped key. The first
/// three are the associated data of the last.
constexpr std::size_t kKdfBytes = kSaltBytes + 4 + 4;

/// nonce(24) ‖ cipher(32) ‖ tag(16)
void wrap(Bytes& to, ByteView wrapping, ByteView bound, ByteView key, crypto::Random& random) {
    const std::size_t at = to.size();
    to.resize(at + kWrappedBytes);
    const std::span<std::uint8_t> nonce(to.data() + at, kNonceBytes);
    random.fill(nonce);
    crypto_aead_xchacha20poly1305_ietf_encrypt(to.data() + at + kNonceBytes, nullptr, key.data(),
                                               key.size(), bound.data(), bound.size(), nullptr,
                                               nonce.data(), wrapping.data());
}

std::optional<crypto::Secret> unwrap(ByteView wrapped, ByteView wrapping, ByteView bound) {
    crypto::Secret key(kKeyBytes);
    const ByteView cipher = wrapped.subspan(kNonceBytes);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(
            key.bytes().data(), nullptr, nullptr, cipher.data(), cipher.size(), bound.data(),
            bound.size(), wrapped.data(), wrapping.data()) != 0) {
        return std::nullopt;
    }
    return key;
}

Result<crypto::Secret> derive(const crypto::Secret& passphrase, ByteView salt, KdfCost cost) {
    crypto::Secret key(kKeyBytes);
    const auto text = text_of(passphrase.view());
    if (crypto_pwhash(key.bytes().data(), kKeyBytes, text.data(), text.size(), salt.data(),
                      cost.passes, std::size_t{cost.memory_kib} * 1024,
                      crypto_pwhash_ALG_ARGON2ID13) != 0) {
        return fail(kNoMemory);
    }
    return key;
}

bool is_bounded(KdfCost cost) {
    return cost.memory_kib >= kCostFloor.memory_kib && cost.memory_kib <= kCostCeiling.memory_kib &&
           cost.passes >= kCostFloor.passes && cost.passes <= kCostCeiling.passes;
}

Result<crypto::Secret> read_key_file(const std::string& path) {
    struct stat about {};
    if (stat(path.c_str(), &about) != 0 && (errno == ENOENT || errno == ENOTDIR))
        return fail(kKeyFileMissing, path);
    if (stat(path.c_str(), &about) != 0) return tl::unexpected(disk_error(errno, path));
    if (!S_ISREG(about.st_mode) || about.st_size != kKeyBytes) return fail(kKeyFileUnfit, path);
    if ((about.st_mode & (S_IRWXG | S_IRWXO)) != 0) return fail(kKeyFileExposed, path);
    auto content = read_whole(path, kKeyBytes);
    if (!content) return pass(content);
    if (content->size() != kKeyBytes) return fail(kKeyFileUnfit, path);
    auto key = crypto::Secret::copy(*content);
    crypto::wipe(*content);
    return key;
}

Result<Slot> slot_for(const Passphrase& way, ByteView data_key, crypto::Random& random) {
    const KdfCost cost = way.cost ? *way.cost : calibrated_cost();
    DOSSIER_CHECK(is_bounded(cost));
    Slot slot{SlotKind::Passphrase, Bytes(kSaltBytes)};
    random.fill(slot.payload);
    auto wrapping = derive(way.text, slot.payload, cost);
    if (!wrapping) return pass(wrapping);
    append_le(slot.payload, cost.memory_kib);
    append_le(slot.payload, cost.passes);
    const Bytes bound = slot.payload;
    wrap(slot.payload, wrapping->view(), bound, data_key, random);
    return slot;
}

Result<Slot> slot_for(const KeyFile& way, ByteView data_key, crypto::Random& random) {
    if (access(way.path.c_str(), F_OK) != 0) {
        Bytes fresh(kKeyBytes);
        random.fill(fresh);
        auto written = replace_whole(way.path, fresh);
        crypto::wipe(fresh);
        if (!written) return pass(written);
    }
    auto wrapping = read_key_file(way.path);
    if (!wrapping) return pass(wrapping);
    Slot slot{SlotKind::KeyFile, {}};
    wrap(slot.payload, wrapping->view(), {}, data_key, random);
    return slot;
}

/// Payload: public key(32) ‖ sealed box(80).
Slot recovery_slot(const PublicKey& recovery, ByteView data_key) {
    Slot slot{SlotKind::Recovery, {recovery.begin(), recovery.end()}};
    append(slot.payload, crypto::seal_to(recovery, data_key));
    return slot;
}

Result<Slot> slot_for(const RecoveryKey& way, ByteView data_key, crypto::Random&) {
    return recovery_slot(way.pair.public_key, data_key);
}

Result<crypto::Secret> open_slot(const Slot& slot, const Passphrase& way, const VaultPaths& paths) {
    const ByteView payload = slot.payload;
    if (payload.size() != kKdfBytes + kWrappedBytes) return fail(kDamagedSlots, paths.slots);
    const KdfCost cost{read_le<std::uint32_t>(payload.data() + kSaltBytes),
                       read_le<std::uint32_t>(payload.data() + kSaltBytes + 4)};
    if (!is_bounded(cost)) return fail(kDamagedSlots, paths.slots);
    auto wrapping = derive(way.text, payload.first(kSaltBytes), cost);
    if (!wrapping) return pass(wrapping);
    auto key = unwrap(payload.subspan(kKdfBytes), wrapping->view(), payload.first(kKdfBytes));
    if (!key) return fail(kWrongPassphrase);
    return std::move(*key);
}

Result<crypto::Secret> open_slot(const Slot& slot, const KeyFile& way, const VaultPaths& paths) {
    if (slot.payload.size() != kWrappedBytes) return fail(kDamagedSlots, paths.slots);
    auto wrapping = read_key_file(way.path);
    if (!wrapping) return pass(wrapping);
    auto key = unwrap(slot.payload, wrapping->view(), {});
    if (!key) return fail(kWrongKeyFile, way.path);
    return std::move(*key);
}

Result<crypto::Secret> open_slot(const Slot& slot, const RecoveryKey& way, const VaultPaths&) {
    const ByteView payload = slot.payload;
    if (payload.size() < kKeyBytes) return fail(kWrongRecoveryKey);
    auto plain = crypto::unseal(way.pair, payload.subspan(kKeyBytes));
    if (!plain || plain->size() != kKeyBytes) return fail(kWrongRecoveryKey);
    auto key = crypto::Secret::copy(*plain);
    crypto::wipe(*plain);
    return key;
}

constexpr SlotKind kind_of(const Passphrase&) {
    return SlotKind::Passphrase;
}
constexpr SlotKind kind_of(const KeyFile&) {
    return SlotKind::KeyFile;
}
constexpr SlotKind kind_of(const RecoveryKey&) {
    return SlotKind::Recovery;
}

Result<crypto::Secret> open_any(const std::vector<Slot>& slots,
                                const Unlock& how,
                                const VaultPaths& paths) {
    return std::visit(
        [&](const auto& way) -> Result<crypto::Secret> {
            const auto slot = std::ranges::find(slots, kind_of(way), &Slot::kind);
            if (slot == slots.end()) return fail(kNoSlot);
            return open_slot(*slot, way, paths);
        },
        how);
}

void put(std::vector<Slot>& slots, Slot slot) {
    std::erase_if(slots, [&](const Slot& each) { return each.kind == slot.kind; });
    slots.push_back(std::move(slot));
}

}  // namespace

KdfCost calibrated_cost() {
    constexpr std::int64_t kTargetMs = 700;
    constexpr std::uint32_t kMemoryMax = 256 * 1024;
    const SystemClock clock;
    const crypto::Secret probe(kKeyBytes);
    const std::array<std::uint8_t, kSaltBytes> salt{};
    std::int64_t floor_ms = kTargetMs;
    for (int tries = 0; tries < 2; ++tries) {  // the quicker one: the first touches new memory
        const std::int64_t begun = clock.ticks_ms();
        if (!derive(probe, salt, kCostFloor)) return kCostFloor;
        floor_ms = std::clamp<std::int64_t>(clock.ticks_ms() - begun, 1, floor_ms);
    }
    KdfCost cost = kCostFloor;
    std::int64_t expected_ms = floor_ms;
    for (; expected_ms * 2 <= kTargetMs && cost.memory_kib < kMemoryMax; expected_ms *= 2) {
        cost.memory_kib *= 2;
    }
    const std::int64_t passes = cost.passes * kTargetMs / expected_ms;
    cost.passes = static_cast<std::uint32_t>(
        std::clamp<std::int64_t>(passes, kCostFloor.passes, kCostCeiling.passes));
    return cost;
}

Status make_slots(const std::string& slots,
                  const Unlock& how,
                  ByteView data_key,
                  crypto::Random& random,
                  const std::optional<PublicKey>& recovery) {
    auto first = std::visit([&](const auto& way) { return slot_for(way, data_key, random); }, how);
    if (!first) return pass(first);
    std::vector<Slot> made{std::move(*first)};
    if (recovery) put(made, recovery_slot(*recovery, data_key));
    return write_slots(slots, made);
}

Result<crypto::Secret> unlock(const VaultPaths& paths, const Unlock& how) {
    auto slots = read_slots(paths.slots);
    if (!slots && slots.error().is(kMissing) && access(paths.database.c_str(), F_OK) == 0) {
        return fail(kSlotsMissing, paths.slots);
    }
    if (!slots) return pass(slots);
    return open_any(*slots, how, paths);
}

Status add_slot(const VaultPaths& paths,
                const Unlock& now,
                const Unlock& next,
                crypto::Random& random) {
    auto slots = read_slots(paths.slots);
    if (!slots) return pass(slots);
    auto key = open_any(*slots, now, paths);
    if (!key) return pass(key);
    auto slot =
        std::visit([&](const auto& way) { return slot_for(way, key->view(), random); }, next);
    if (!slot) return pass(slot);
    put(*slots, std::move(*slot));
    return write_slots(paths.slots, *slots);
}

Status add_recovery_slot(const VaultPaths& paths, const Unlock& now, const PublicKey& recovery) {
    auto slots = read_slots(paths.slots);
    if (!slots) return pass(slots);
    auto key = open_any(*slots, now, paths);
    if (!key) return pass(key);
    put(*slots, recovery_slot(recovery, key->view()));
    return write_slots(paths.slots, *slots);
}

}  // namespace dossier::vault
