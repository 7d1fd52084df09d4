#include "server/accounts/office_keys.hpp"

#include <algorithm>
#include <charconv>

namespace dossier::server {
namespace {

constexpr std::string_view kChannelKey = "office.channel_key";
constexpr std::string_view kFormerKey = "office.channel_key_former";
constexpr std::string_view kRotatedAt = "office.channel_rotated_at";
constexpr std::string_view kRecoveryKey = "office.recovery_key";
constexpr std::string_view kSigningSeed = "office.signing_seed";
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

Instant instant_from(std::string_view text) {
    Instant at;
    std::from_chars(text.data(), text.data() + text.size(), at.ms);
    return at;
}

}  // namespace

void make_office_keys(Store& store, crypto::Random& random) {
    make_key(store, kChannelKey, random);
    make_key(store, kRecoveryKey, random);
    if (!store.meta(kInstance)) make_name(store, kInstance, random);
    if (!store.meta(kEpoch)) make_name(store, kEpoch, random);
    // Before anybody could hear of it: data that are set back to an hour before must know it.
    content_key(store, random);
    signing_seed(store, random);
}

Result<OfficeKeys> load_office_keys(Store& store) {
    auto channel = key_of(store, kChannelKey);
    auto recovery = key_of(store, kRecoveryKey);
    if (!channel || !recovery) return fail(kNotInitialised);
    OfficeKeys keys{.channel = std::move(*channel),
                    .recovery = std::move(*recovery),
                    .former = key_of(store, kFormerKey)};
    if (const auto at = store.meta(kRotatedAt)) keys.rotated_at = instant_from(text_of(*at));
    if (!read_name(store, kInstance, keys.instance) || !read_name(store, kEpoch, keys.epoch))
        return fail(kNotInitialised);
    return keys;
}

Status rotate_channel_key(Store& store, crypto::Random& random, Instant now) {
    if (key_of(store, kFormerKey)) return fail(kFormerInUse);
    auto present = store.meta(kChannelKey);
    if (!present) return fail(kNotInitialised);
    store.set_meta(kFormerKey, *present);
    crypto::wipe(*present);
    store.set_meta(kChannelKey, crypto::make_key_pair(random).secret_key.view());
    store.set_meta(kRotatedAt, bytes_of(std::to_string(now.ms)));
    return {};
}

Status retire_former_key(Store& store) {
    if (!key_of(store, kFormerKey)) return fail(kNoFormerKey);
    store.set_meta(kFormerKey, Bytes{});
    return {};
}

std::vector<protocol::Offer> channel_offers(const OfficeKeys& keys) {
    std::vector<protocol::Offer> offers;
    for (const auto* pair : {&keys.channel, keys.former ? &*keys.former : nullptr}) {
        if (pair == nullptr) continue;
        offers.push_back({protocol::Purpose::Sync, pair});
        offers.push_back({protocol::Purpose::Enrol, pair});
    }
    return offers;
}

Bytes content_key(Store& store, crypto::Random& random) {
    if (auto kept = store.meta(kContentKey)) return std::move(*kept);
    Bytes made(32);
    random.fill(made);
    store.set_meta(kContentKey, made);
    return made;
}

crypto::Secret signing_seed(Store& store, crypto::Random& random) {
    crypto::Secret seed(32);
    if (auto kept = store.meta(kSigningSeed)) {
        seed = crypto::Secret::copy(*kept);
        crypto::wipe(*kept);
        return seed;
    }
    random.fill(seed.bytes());
    store.set_meta(kSigningSeed, seed.view());
    return seed;
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
