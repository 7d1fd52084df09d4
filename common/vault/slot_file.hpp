// Bytes of the key slot file. Private to this folder: slots.cpp gives them meaning.
#pragma once

#include <string>
#include <vector>

#include "common/base/bytes.hpp"
#include "common/base/result.hpp"

namespace dossier::vault {

enum class SlotKind : std::uint8_t { Passphrase = 1, KeyFile = 2, Recovery = 3 };

struct Slot {
    SlotKind kind;
    Bytes payload;
};

/// Layout: "DOSSKEYS" ‖ format(1) = 1 ‖ cipher(1) = 1 (XChaCha20-Poly1305) ‖ slots(1) ‖ slots ×
/// (kind(1) ‖ length(2) ‖ payload) ‖ BLAKE2b-256 of all before. The digest is no defence: it
/// tells a damaged file from a wrong passphrase and from a newer format, which ends with it too.
inline constexpr std::uint8_t kSlotFormat = 1;

/// Errors: kMissing, kNewerFormat, kDamagedSlots.
Result<std::vector<Slot>> read_slots(const std::string& path);
/// Errors: kNoDirectory, kReadOnly, kDiskFull, kDiskFailed.
Status write_slots(const std::string& path, const std::vector<Slot>& slots);

}  // namespace dossier::vault
