// The second factor: a code of six digits that a phone reckons from a secret and the time, good for
// half a minute, and codes on paper for when the phone is gone. Source: RFC 6238, by liboath.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/bytes.hpp"
#include "common/crypto/digest.hpp"
#include "common/time/clock.hpp"

namespace dossier::server {

inline constexpr std::chrono::seconds kCodeStep{30};
/// Steps before and after the present one that are taken: clocks of phones are that far off.
inline constexpr int kCodeStepsOff = 1;
inline constexpr std::size_t kRecoveryCodes = 10;

/// 20 bytes. Source: RFC 4226, 4.
Bytes make_code_secret(crypto::Random& random);
/// As people type it into a phone: base 32 in groups of four.
std::string written_secret(ByteView secret);
/// "otpauth://totp/…": what the picture says. Source: Key URI Format of the Google Authenticator.
std::string code_uri(ByteView secret, std::string_view login);

/// The step a typed code is of, when it is one near `now` and after `last_step`; nothing for any
/// other. Blanks in it do not count.
std::optional<std::uint64_t> step_of_code(ByteView secret,
                                          std::string_view typed,
                                          Instant now,
                                          std::uint64_t last_step);

/// Ten codes of 80 bits: "ABCD-EFGH-JKMN-PQRS".
std::vector<std::string> make_recovery_codes(crypto::Random& random);
/// What is kept of one, and of one that was typed: nothing when it cannot be one.
std::optional<crypto::Digest> digest_of_recovery_code(std::string_view typed);

}  // namespace dossier::server
