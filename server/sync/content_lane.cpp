#include "server/sync/content_lane.hpp"

#include <algorithm>
#include <chrono>

#include "common/catalog/document.hpp"
#include "common/content/package.hpp"

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
    for (const WithheldRow& row : store.withheld()) {
        if (row.device != device.device || row.user != device.user) continue;
        const auto changeset = protocol::decode_changeset(row.body);
        if (!changeset) continue;
        for (const merge::Op& op : changeset->ops) {
            const bool makes = op.kind == merge::OpKind::Create &&
                               op.record_kind == kAttachment.tag && op.record == record;
            if (makes) return op.fields;
        }
    }
    return std::nullopt;
}

bool is_set(ByteView bits, std::uint32_t at) {
    return at / 8 < bits.size() && (bits[at / 8] >> (at % 8) & 1U) != 0;
}

}  // namespace

ContentLane::Messages ContentLane::on(const protocol::Bring& message, const DeviceRow& device) {
    protocol::Have have;
    have.key = content_key(office_.store(), office_.random());
    for (const Offered& offered : message.brought) {
        have.answers.push_back(answer_offer(offered, device));
    }
    for (const RecordId& record : message.wanted) {
        have.answers.push_back(answer(record, may_have(record, device)));
    }
    return {std::move(have)};
}

ContentLane::Answer ContentLane::answer_offer(const Offered& offered, const DeviceRow& device) {
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
    const Instant day = office_.now().plus(-std::chrono::hours(24));
    if (!held && contents.brought(device.device, day) + offered.size > kDeviceDayBytesMax)
        return answer(offered.record, ContentState::Later);
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
    const auto right = whole ? contents.digest(*whole, nonce.mapped()) : std::nullopt;
    const bool proven = right && crypto::equal_in_constant_time(*right, message.digest) &&
                        fits_its_format(message.record, device, *whole);
    if (proven)
        contents.share(message.record, whole->id, {device.device, office_.now()});
    else
        expected_.erase(message.record);
    note(message.record, device, proven ? "ok" : "denied");
    const auto state = proven ? ContentState::Whole : ContentState::Refused;
    return {protocol::Have{{}, {answer(message.record, state)}}};
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
    return Messages{protocol::Have{{}, {finish(offered, device)}}};
}

ContentLane::Answer ContentLane::finish(const Offered& offered, const DeviceRow& device) {
    auto& contents = office_.store().contents();
    const auto held = contents.of(offered.record);
    const Bytes have = contents.have(*held);
    for (std::uint32_t at = 0; at < content::chunks_of(offered.size); ++at) {
        if (!is_set(have, at)) return answer(offered.record, ContentState::Missing, have);
    }
    const Bytes key = content_key(office_.store(), office_.random());
    const bool sound = contents.finish(offered.record, key) == content::Contents::Finish::Whole &&
                       fits_its_format(offered.record, device, *contents.of(offered.record));
    if (!sound) {
        contents.drop(offered.record);
        expected_.erase(offered.record);
    }
    note(offered.record, device, sound ? "ok" : "denied");
    return answer(offered.record, sound ? ContentState::Whole : ContentState::Refused);
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
    const auto values = place && place->kind == kAttachment.tag
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
