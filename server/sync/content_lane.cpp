#include "server/sync/content_lane.hpp"

#include <algorithm>
#include <chrono>
#include <set>

#include "common/catalog/document.hpp"
#include "common/content/package.hpp"

#include "protocol/archive.hpp"
#include "protocol/codec.hpp"
#include "protocol/limits.hpp"
#include "protocol/refusals.hpp"

namespace dossier::server {
namespace {

using catalog::field;
using catalog::kAttachment;
using protocol::ContentState;
using protocol::Offered;

static_assert(content::kChunkBytes == protocol::kChunkBytesMax);
static_assert(content::chunks_of(catalog::kContentBytesMax) <= 8 * protocol::kChunkBitsBytesMax);

constexpr std::size_t kNonceBytes = 32;
constexpr std::uint32_t kChunksReadAtOnce = 256;  // 4 MB: some 15 ms of the store

protocol::ContentAnswer answer(const RecordId& record, ContentState state, Bytes detail = {}) {
    return {record, static_cast<std::uint8_t>(state), std::move(detail)};
}

std::int64_t size_in(const FieldValues& values) {
    const Value* value = find(values, field(kAttachment, "size").tag);
    return value == nullptr ? 0 : as_number(*value).value_or(0);
}
/// Written by this user on this very device: only there the bytes can be.
bool is_made_on(const FieldValues& values, const DeviceRow& device) {
    using catalog::kCreatedBy;
    using catalog::kCreatedDevice;
    return record_in(values, kCreatedBy).as<UserTag>() == device.user &&
           record_in(values, kCreatedDevice).as<DeviceTag>() == device.device;
}

/// The values an attachment would have that waits outside the door.
std::optional<FieldValues> withheld_values(Store& store,
                                           const RecordId& record,
                                           const DeviceRow& device) {
    const auto maker = store.waiting_maker(device.device, record);
    const auto made = maker ? protocol::decode_changeset(*maker) : fail(protocol::kUndecodable, "");
    if (!made || made->author != device.user || made->ops.empty()) return std::nullopt;
    const merge::Op& op = made->ops.front();
    return catalog::has_content(op.record_kind) ? std::optional(op.fields) : std::nullopt;
}

bool is_set(ByteView bits, std::uint32_t at) {
    return at / 8 < bits.size() && (bits[at / 8] >> (at % 8) & 1U) != 0;
}

}  // namespace

ContentLane::Messages ContentLane::on(const protocol::Bring& message, const DeviceRow& device) {
    protocol::Have have;
    have.key = content_key(office_.store(), office_.random());
    std::uint64_t brought = brought_today(device);
    // Named a thousand times, a record is looked up once: what that takes would tell of it.
    std::set<RecordId> offered_ones;
    std::set<RecordId> wanted_ones;
    for (const Offered& offered : message.brought) {
        if (offered_ones.insert(offered.record).second)
            have.answers.push_back(answer_offer(offered, device, brought));
    }
    for (const RecordId& record : message.wanted) {
        if (wanted_ones.insert(record).second)
            have.answers.push_back(answer(record, may_have(record, device)));
    }
    return {std::move(have)};
}

ContentLane::Answer ContentLane::answer_offer(const Offered& offered,
                                              const DeviceRow& device,
                                              std::uint64_t& brought) {
    Store& store = office_.store();
    const auto values = made_on(offered.record, device);
    // What waits outside was not looked at by anybody.
    const bool own = values && offered.size <= std::uint64_t{catalog::kContentBytesMax} &&
                     text_in(*values, kAttachment, "content") == to_hex(offered.content) &&
                     static_cast<std::uint64_t>(size_in(*values)) == offered.size;
    if (!own) return answer(offered.record, ContentState::Unknown);
    auto& contents = store.contents();
    const auto held = contents.of(offered.record);
    if (held && held->whole) return answer(offered.record, ContentState::Whole);
    const bool goes_on = held && held->id == offered.content && held->size == offered.size;
    if (!goes_on && brought + offered.size > kDeviceDayBytesMax)
        return answer(offered.record, ContentState::Later);
    // What was begun of another content goes; it was brought all the same.
    if (held && !goes_on) note_spoiled(device, held->size);
    if (!goes_on) brought += offered.size;
    expected_[offered.record] = offered;
    if (contents.whole(offered.content)) {
        Bytes& nonce = nonces_[offered.record];
        nonce.resize(kNonceBytes);
        office_.random().fill(nonce);
        return answer(offered.record, ContentState::Prove, nonce);
    }
    const Bytes nothing((content::chunks_of(offered.size) + 7) / 8);
    return answer(offered.record, ContentState::Missing, held ? contents.have(*held) : nothing);
}

/// What this device brought of a record, here or waiting for a person; nothing of another's.
std::optional<FieldValues> ContentLane::made_on(const RecordId& record, const DeviceRow& device) {
    auto values = office_.store().load(kAttachment.tag, record);
    if (!values) return withheld_values(office_.store(), record, device);
    if (!is_made_on(*values, device)) return std::nullopt;
    return values;
}

ContentLane::Messages ContentLane::on(const protocol::Proof& message, const DeviceRow& device) {
    const auto nonce = nonces_.extract(message.record);
    const auto offered = expected_.find(message.record);
    auto& contents = office_.store().contents();
    const auto whole = nonce.empty() || offered == expected_.end()
                           ? std::nullopt
                           : contents.whole(offered->second.content);
    if (whole) return read(offered->second, *whole, message.digest, nonce.mapped(), device);
    expected_.erase(message.record);
    note(message.record, device, "denied");
    return {protocol::Have{{}, {answer(message.record, ContentState::Refused)}}};
}

ContentLane::Messages ContentLane::read(Offered offered,
                                        const content::Held& held,
                                        std::optional<crypto::Digest> proof,
                                        ByteView key,
                                        const DeviceRow& device) {
    reading_.reset(new Reading{std::move(offered), held, proof, content::Digesting(held, key)});
    return go_on(device);
}

ContentLane::Messages ContentLane::go_on(const DeviceRow& device) {
    if (!reading_->digest.read(office_.store().contents(), kChunksReadAtOnce)) return {};
    const auto reading = std::move(reading_);
    const bool sound = settle(*reading, reading->digest.finish(), device);
    const RecordId& record = reading->offered.record;
    if (!sound) {
        expected_.erase(record);
        note_spoiled(device, reading->offered.size);
    }
    note(record, device, sound ? "ok" : "denied");
    return {
        protocol::Have{{}, {answer(record, sound ? ContentState::Whole : ContentState::Refused)}}};
}

/// Proven, or brought and what its record says: from now on the record has it.
bool ContentLane::settle(const Reading& reading,
                         const std::optional<crypto::Digest>& found,
                         const DeviceRow& device) {
    auto& contents = office_.store().contents();
    const RecordId& record = reading.offered.record;
    if (reading.proof) {
        // Meanwhile the last record that had it may have gone.
        const auto whole = contents.whole(reading.offered.content);
        const bool proven = whole && found &&
                            crypto::equal_in_constant_time(*found, *reading.proof) &&
                            fits_its_format(record, device, *whole);
        if (proven) contents.share(record, whole->id, {device.device, office_.now()});
        return proven;
    }
    // What was read must be what is there: another session of the device may have begun it anew.
    const auto read = contents.of(record);
    if (!read || read->no != reading.held.no) return false;
    const bool whole = contents.finish(record, found) == content::Contents::Finish::Whole;
    const auto held = contents.of(record);
    if (whole && held && fits_its_format(record, device, *held)) return true;
    contents.drop(record);
    return false;
}

std::int64_t ContentLane::today() const {
    return office_.now().ms / std::chrono::milliseconds(std::chrono::hours(24)).count();
}

/// What one device brought within a day, what proved to be something else included.
std::uint64_t ContentLane::brought_today(const DeviceRow& device) {
    Store& store = office_.store();
    const Instant since = office_.now().plus(-std::chrono::hours(24));
    return store.contents().brought(device.device, since) +
           store.usage(device.device, today()).spoiled;
}

void ContentLane::note_spoiled(const DeviceRow& device, std::uint64_t bytes) {
    DeviceUsage usage = office_.store().usage(device.device, today());
    usage.spoiled += bytes;
    office_.store().save_usage(device.device, today(), usage);
}

Result<ContentLane::Messages> ContentLane::on(const protocol::Chunk& message,
                                              const DeviceRow& device) {
    const auto expected = expected_.find(message.record);
    if (expected == expected_.end()) return fail(protocol::kOutOfOrder);
    std::optional<Bytes> opened;
    if (message.sealed) {
        opened = crypto::unseal(keys_.recovery, message.bytes);
        if (!opened) return fail(protocol::kSealedOtherwise, to_text(message.record));
    }
    // All of it proves as much as a Proof would.
    nonces_.erase(message.record);
    const Offered offered = expected->second;  // a content that proves unsound is forgotten below
    auto& contents = office_.store().contents();
    auto held = contents.of(message.record);
    if (!held || !held->whole) {
        held = contents.begin(message.record, offered.content, offered.size,
                              {device.device, office_.now()});
        if (!contents.put(*held, message.number, opened ? *opened : message.bytes))
            return fail(protocol::kOutOfOrder);
    }
    if (!message.last) return Messages{};
    return finish(offered, device);
}

ContentLane::Messages ContentLane::finish(const Offered& offered, const DeviceRow& device) {
    auto& contents = office_.store().contents();
    const auto held = *contents.of(offered.record);
    const auto say = [&](ContentState state, Bytes detail = {}) -> Messages {
        return {protocol::Have{{}, {answer(offered.record, state, std::move(detail))}}};
    };
    if (held.whole) return say(ContentState::Whole);
    const Bytes have = contents.have(held);
    for (std::uint32_t at = 0; at < content::chunks_of(offered.size); ++at) {
        if (!is_set(have, at)) return say(ContentState::Missing, have);
    }
    return read(offered, held, {}, content_key(office_.store(), office_.random()), device);
}

bool ContentLane::fits_its_format(const RecordId& record,
                                  const DeviceRow& device,
                                  const content::Held& held) {
    const auto values = made_on(record, device);
    return values && content::is_of_type(office_.store().contents(), held,
                                         text_in(*values, kAttachment, "media_type"));
}

ContentState ContentLane::may_have(const RecordId& record, const DeviceRow& device) {
    Store& store = office_.store();
    const auto place = store.place(record);
    const auto values = place && catalog::has_content(place->kind)
                            ? store.load(kAttachment.tag, record)
                            : std::nullopt;
    if (!values) return ContentState::Unknown;
    const Instant now = office_.now();
    const Facet facet = catalog::facet_of(kAttachment, field(kAttachment, "content"));
    const auto decision = access::decide(
        office_.people().viewer(device.user, now), access::Operation::View,
        office_.people().subject(*place, *values), facet, {.now = now, .offline = true});
    if (decision.answer != access::Answer::Allow) return ContentState::Unknown;
    if (size_in(*values) > catalog::kOfflineContentBytesMax && !is_made_on(*values, device)) {
        const auto scopes = store.memberships(record, facet);
        const Scope granted{access::ScopeSort::Granted, device.user.as<RecordTag>()};
        if (std::find(scopes.begin(), scopes.end(), granted) == scopes.end())
            return ContentState::Refused;
    }
    const auto held = store.contents().of(record);
    return held && held->whole ? ContentState::Ready : ContentState::Absent;
}

ContentLane::Messages ContentLane::on(const protocol::Want& message, const DeviceRow& device) {
    const auto state = may_have(message.record, device);
    if (state != ContentState::Ready) return {protocol::Have{{}, {answer(message.record, state)}}};
    auto& contents = office_.store().contents();
    const auto held = *contents.of(message.record);
    Messages chunks;
    for (std::uint32_t at = 0; at < content::chunks_of(held.size) && chunks.size() < kChunksAtOnce;
         ++at) {
        if (is_set(message.have, at)) continue;
        chunks.emplace_back(protocol::Chunk{message.record, at, false, contents.chunk(held, at)});
    }
    if (chunks.empty()) return {protocol::Have{{}, {answer(message.record, ContentState::Whole)}}};
    std::get<protocol::Chunk>(chunks.back()).last = true;
    return chunks;
}

void ContentLane::note(const RecordId& record, const DeviceRow& device, std::string_view result) {
    AuditLine line;
    line.at = office_.now();
    line.user = device.user;
    line.device = device.device;
    line.action = "attach";
    line.entity = "attachment";
    line.record = record;
    line.result = result;
    office_.store().append_audit(std::move(line));
}

}  // namespace dossier::server
