// What makes this office itself: its channel key, its recovery key, the name of the installation
// and the epoch of its data. Made once at init, kept in the store.
#pragma once

#include "common/base/result.hpp"
#include "common/crypto/digest.hpp"

#include "protocol/channel.hpp"
#include "protocol/invite_code.hpp"

#include "server/store/store.hpp"

namespace dossier::server {

inline constexpr Fault kNotInitialised{"office.not_initialised",
                                       ErrorCode::NoStore,
                                       {"数据库尚未初始化", "this database was not initialised"},
                                       {"先运行 {do:init}", "run {do:init} first"}};

inline constexpr Fault kFormerInUse{
    "key.former_in_use",
    ErrorCode::Conflict,
    {"上一个通道密钥尚未停用", "the channel key before is still in use"},
    {"先运行 {do:key.retire}", "run {do:key.retire} first"}};
inline constexpr Fault kNoFormerKey{"key.no_former",
                                    ErrorCode::NotFound,
                                    {"没有需要停用的旧密钥", "there is no former key"},
                                    {"用 {do:key.show} 查看", "see {do:key.show}"}};

struct OfficeKeys {
    crypto::KeyPair channel;   ///< X25519: laptops know its public half from their invite
    crypto::KeyPair recovery;  ///< X25519: recovery slots of laptops are sealed to it
    protocol::InstanceId instance{};
    std::array<std::uint8_t, 16> epoch{};   ///< of the data, as this program found them
    std::optional<crypto::KeyPair> former;  ///< the channel key before, until it is retired
    Instant rotated_at;
};

/// Makes and keeps what is not there yet; all of it inside the caller's unit of work.
void make_office_keys(Store& store, crypto::Random& random);
/// Errors: office.not_initialised.
Result<OfficeKeys> load_office_keys(Store& store);
/// A new channel key. Laptops that still know the former one are let in by it and told the new one,
/// by a program started since. Inside the caller's unit of work. Errors: key.former_in_use.
Status rotate_channel_key(Store& store, crypto::Random& random, Instant now);
/// The former channel key is good for nobody any more. Errors: key.no_former.
Status retire_former_key(Store& store);
/// What the office listens for, in the order of trial; `keys` must outlive the offers.
std::vector<protocol::Offer> channel_offers(const OfficeKeys& keys);
/// The 32 bytes under which contents of attachments are named; made with the office's keys, by an
/// older office when first asked for, inside the caller's unit of work. Every laptop has them.
Bytes content_key(Store& store, crypto::Random& random);
/// The 32 bytes from which come the key that signs anchors of the audit and the one that hides its
/// numbers; made as `content_key` is. Nobody else has them.
crypto::Secret signing_seed(Store& store, crypto::Random& random);
/// The present epoch of the office's data; zeros before `make_office_keys`.
std::array<std::uint8_t, 16> epoch_of(Store& store);
/// Gives the office's data a new epoch, so that every laptop offers again what it has: after a
/// restore, or when they turn out to be older than what was told. Inside the caller's unit of work.
void renew_epoch(Store& store, crypto::Random& random);

}  // namespace dossier::server
