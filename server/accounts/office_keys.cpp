#include "server/accounts/office_keys.hpp"

#include <algorithm>

namespace dossier::server {
namespace {

constexpr std::string_view kChannelKey = "office.channel_key";
constexpr std::string_view kRecoveryKey = "office.recovery_key";
constexpr std::string_view kInstance = "office.instance";
constexpr std::string_view kEpoch = "office.epoch";

void make_key(Store& store, std::string_view name, crypto::Random& random) {
    if (!store.meta(name)) store.set_meta(name, crypto::make_key_pair(random).secret_key.view());
}

void make_name(Store& store, std::string_view name, crypto::Random& random) {
    std::array<std::uint8_t, 16> made{};
    random.fill(made);
    store.set_meta(name, made);
}

/// The pair of a kept secret; the copy on the heap is wiped.
std::optional<crypto::KeyPair> key_of(Store& store, std::string_view name) {
    auto secret = store.meta(name);
    if (!secret || secret->size() != 32) return std::nullopt;
    auto pair = crypto::key_pair_of(*secret);
    crypto::wipe(*secret);
    return pair;
}

bool read_name(Store& store, std::string_view name, std::array<std::uint8_t, 16>& to) {
    const auto kept = store.meta(name);
    if (!kept || kept->size() != to.size()) return false;
    std::copy(kept->begin(), kept->end(), to.begin());
    return true;
}

}  // namespace

void make_office_keys(Store& store, crypto::Random& random) {
    make_key(store, kChannelKey, random);
    make_key(store, kRecoveryKey, random);
    if (!store.meta(kInstance)) make_name(store, kInstance, random);
    if (!store.meta(kEpoch)) make_name(store, kEpoch, random);
}

Result<OfficeKeys> load_office_keys(Store& store) {
    auto channel = key_of(store, kChannelKey);
    auto recovery = key_of(store, kRecoveryKey);
    if (!channel || !recovery) return fail(kNotInitialised);
    OfficeKeys keys{std::move(*channel), std::move(*recovery), {}, {}};
    if (!read_name(store, kInstance, keys.instance) || !read_name(store, kEpoch, keys.epoch))
        return fail(kNotInitialised);
    return keys;
}

Bytes content_key(Store& store, crypto::Random& random) {
    if (auto kept = store.meta(kContentKey)) return std::move(*kept);
    Bytes made(32);
    random.fill(made);
    store.set_meta(kContentKey, made);
    return made;
}

std::array<std::uint8_t, 16> epoch_of(Store& store) {
    std::array<std::uint8_t, 16> epoch{};
    read_name(store, kEpoch, epoch);
    return epoch;
}

void renew_epoch(Store& store, crypto::Random& random) {
    make_name(store, kEpoch, random);
}

}  // namespace dossier::server
