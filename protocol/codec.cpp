// What each message consists of, in the order of its fields on the wire. Every message, the frozen
// changeset and the kept verdicts begin with their version, so that each can grow alone (SPEC 10).
#include "protocol/codec.hpp"

#include "protocol/archive.hpp"
#include "protocol/codec_repair.hpp"
#include "protocol/numbers.hpp"
#include "protocol/transport.hpp"

namespace dossier::protocol {
namespace {

/// Since they may carry sealed bodies; one without keeps its first form.
constexpr std::uint32_t kPushVersion = 2;
constexpr std::uint32_t kChunkVersion = 2;
/// Since a laptop may ask to be again what it was; a new one says it in the first form.
constexpr std::uint32_t kEnrolVersion = 2;

/// An enumeration as its byte, whatever the byte: what this program does not know keeps its number.
template <class Archive, class Enum>
void as_byte(Archive& archive, Enum& value) {
    auto number = static_cast<std::uint8_t>(value);
    archive(number);
    if constexpr (Archive::is_loading::value) value = static_cast<Enum>(number);
}

template <class Archive>
void arguments(Archive& archive, std::vector<std::string>& args) {
    bounded(archive, args, kArgumentsMax);
    if constexpr (Archive::is_loading::value) {
        for (const auto& arg : args) {
            if (arg.size() > kProseBytesMax) BoundedIn::reject("longer than allowed");
        }
    }
}

/// Values ascend by tag, each tag once; empty values are written like all others.
template <class Archive>
void ascending(Archive& archive, FieldValues& values) {
    bounded(archive, values, kOpFieldsMax);
    if constexpr (Archive::is_loading::value) {
        for (std::size_t i = 1; i < values.size(); ++i) {
            if (values[i - 1].tag >= values[i].tag) BoundedIn::reject("fields out of order");
        }
    }
}

std::vector<std::uint64_t> sealed_in(const Push& push) {
    std::vector<std::uint64_t> numbers;
    for (const Frozen& frozen : push.changesets) {
        if (frozen.sealed) numbers.push_back(frozen.oseq);
    }
    return numbers;
}

/// Named in the order of the entries, each once; a plain body keeps its own limit.
void mark_sealed(Push& push, const std::vector<std::uint64_t>& numbers) {
    auto next = numbers.begin();
    for (Frozen& frozen : push.changesets) {
        frozen.sealed = next != numbers.end() && *next == frozen.oseq;
        if (frozen.sealed) ++next;
        if (!frozen.sealed && frozen.body.size() > kChangesetBytesMax)
            BoundedIn::reject("longer than allowed");
    }
    if (next != numbers.end()) BoundedIn::reject("sealed entries out of order");
}

}  // namespace
}  // namespace dossier::protocol

namespace dossier {

template <class Archive>
void serialize(Archive& archive, FieldValue& field) {
    archive(field.tag, field.value);
}
template <class Archive>
void serialize(Archive& archive, Instant& instant) {
    archive(instant.ms);
}

}  // namespace dossier

namespace dossier::merge {

template <class Archive>
void serialize(Archive& archive, Op& op) {
    protocol::as_byte(archive, op.kind);
    archive(op.record_kind, op.record, op.base_fv);
    protocol::ascending(archive, op.base);
    protocol::ascending(archive, op.fields);
    protocol::bounded(archive, op.event, protocol::kNameBytesMax);
}

template <class Archive>
void serialize(Archive& archive, Changeset& changeset) {
    archive.version(protocol::kFirstVersion);
    archive(changeset.author, changeset.claimed_at, changeset.ticks_ms, changeset.schema);
    protocol::bounded(archive, changeset.reason, protocol::kProseBytesMax);
    protocol::bounded(archive, changeset.source, protocol::kNameBytesMax);
    protocol::bounded(archive, changeset.ops, protocol::kChangesetOpsMax);
}

template <class Archive>
void serialize(Archive& archive, Verdict& verdict) {
    protocol::as_byte(archive, verdict.kind);
    if (verdict.kind < VerdictKind::Applied || verdict.kind > VerdictKind::Superseded) {
        protocol::BoundedIn::reject("unknown verdict");
    }
    archive(verdict.fv, verdict.matter);
    protocol::bounded(archive, verdict.reason, protocol::kNameBytesMax);
    protocol::arguments(archive, verdict.args);
}

}  // namespace dossier::merge

namespace dossier::protocol {

template <class Archive>
void serialize(Archive& archive, ScopeKey& key) {
    archive(key.sort, key.of);
}
template <class Archive>
void serialize(Archive& archive, ScopeCursor& cursor) {
    archive(cursor.scope, cursor.sseq);
}
template <class Archive>
void serialize(Archive& archive, ScopeState& state) {
    archive(state.scope, state.sseq, state.count, state.set_hash);
}
template <class Archive>
void serialize(Archive& archive, Frozen& frozen) {
    archive(frozen.oseq, frozen.prev);
    bounded(archive, frozen.body, kSealedBytesMax);
}
template <class Archive>
void serialize(Archive& archive, ChangesetVerdict& answer) {
    archive(answer.oseq);
    bounded(archive, answer.verdicts, kChangesetOpsMax);
}

template <class Archive>
void serialize(Archive& archive, FormerDevice& former) {
    archive(former.device, former.user);
    bounded(archive, former.device_code, kNameBytesMax);
}
template <class Archive>
void serialize(Archive& archive, Enrol& enrol) {
    const bool any = Archive::is_loading::value || enrol.former.has_value();
    const bool again = archive.version(any ? kEnrolVersion : kFirstVersion) >= kEnrolVersion;
    archive(enrol.invite, enrol.secret);
    bounded(archive, enrol.device_name, kNameBytesMax);
    bounded(archive, enrol.app_version, kNameBytesMax);
    if (!again) return;
    if constexpr (Archive::is_loading::value) enrol.former.emplace();
    archive(*enrol.former);
}
template <class Archive>
void serialize(Archive& archive, Enrolled& enrolled) {
    archive.version(kFirstVersion);
    archive(enrolled.device, enrolled.user);
    bounded(archive, enrolled.device_code, kNameBytesMax);
    bounded(archive, enrolled.user_name, kNameBytesMax);
    archive(enrolled.state, enrolled.recovery_key);
}
template <class Archive>
void serialize(Archive& archive, Hello& hello) {
    archive.version(kFirstVersion);
    archive(hello.protocol_min, hello.protocol_max, hello.schema);
    bounded(archive, hello.app_version, kNameBytesMax);
    archive(hello.device_now_ms, hello.device_ticks_ms, hello.device_epoch, hello.outbox_last,
            hello.outbox_head, hello.unsent, hello.server_epoch);
    bounded(archive, hello.cursors, kScopesMax);
}
template <class Archive>
void serialize(Archive& archive, Welcome& welcome) {
    const auto version = grown(archive, 2U, 3U, 4U, 5U);
    archive(welcome.protocol, welcome.schema, welcome.server_now_ms, welcome.server_epoch,
            welcome.applied_oseq, welcome.durable_oseq, welcome.outbox_head,
            welcome.lease_until_ms);
    bounded(archive, welcome.commands, kArgumentsMax);
    archive(welcome.audit_head);
    bounded(archive, welcome.notice, kProseBytesMax);
    if (version >= 2) archive(welcome.device_epoch);
    if (version >= 3) bounded(archive, welcome.office_key, kKeyBytes);
    if (version >= 4) {
        bounded(archive, welcome.ticket, kTicketBytes);
        archive(welcome.audit_place);
    }
    if (version >= 5) archive(welcome.night_hour);
}
template <class Archive>
void serialize(Archive& archive, Push& push) {
    auto sealed = sealed_in(push);
    const bool any = Archive::is_loading::value || !sealed.empty();
    const auto version = archive.version(any ? kPushVersion : kFirstVersion);
    bounded(archive, push.changesets, kPushChangesetsMax);
    archive(push.last);
    if (version >= kPushVersion) {
        bounded(archive, sealed, kPushChangesetsMax);
        if (sealed.empty()) BoundedIn::reject("no sealed entry named");
    }
    if constexpr (Archive::is_loading::value) mark_sealed(push, sealed);
}
template <class Archive>
void serialize(Archive& archive, Verdicts& verdicts) {
    archive.version(kFirstVersion);
    bounded(archive, verdicts.changesets, kPushChangesetsMax);
}
template <class Archive>
void serialize(Archive& archive, Policy& policy) {
    archive.version(kFirstVersion);
    bounded(archive, policy.gained, kScopesMax);
    bounded(archive, policy.lost, kScopesMax);
    bounded(archive, policy.held, kScopesMax);
}
template <class Archive>
void serialize(Archive& archive, Batch& batch) {
    archive.version(kFirstVersion);
    archive(batch.scope, batch.to, batch.count, batch.entries);
}
template <class Archive>
void serialize(Archive& archive, Checkpoint& checkpoint) {
    archive.version(kFirstVersion);
    bounded(archive, checkpoint.scopes, kScopesMax);
}
template <class Archive>
void serialize(Archive& archive, Repair& repair) {
    archive.version(kFirstVersion);
    bounded(archive, repair.scopes, kScopesMax);
}
template <class Archive>
void serialize(Archive& archive, Offered& offered) {
    archive(offered.record, offered.content, offered.size);
}
template <class Archive>
void serialize(Archive& archive, Bring& bring) {
    archive.version(kFirstVersion);
    bounded(archive, bring.brought, kOfferedMax);
    bounded(archive, bring.wanted, kWantedMax);
}
template <class Archive>
void serialize(Archive& archive, Want& want) {
    archive.version(kFirstVersion);
    archive(want.record);
    bounded(archive, want.have, kChunkBitsBytesMax);
}
template <class Archive>
void serialize(Archive& archive, Chunk& chunk) {
    const bool any = Archive::is_loading::value || chunk.sealed;
    const bool sealed = archive.version(any ? kChunkVersion : kFirstVersion) >= kChunkVersion;
    archive(chunk.record, chunk.number, chunk.last);
    bounded(archive, chunk.bytes, sealed ? kSealedChunkBytesMax : kChunkBytesMax);
    if constexpr (Archive::is_loading::value) chunk.sealed = sealed;
}
template <class Archive>
void serialize(Archive& archive, ContentAnswer& answer) {
    archive(answer.record, answer.state);
    bounded(archive, answer.detail, kChunkBitsBytesMax);
}
template <class Archive>
void serialize(Archive& archive, Have& have) {
    archive.version(kFirstVersion);
    bounded(archive, have.key, kKeyBytes);
    bounded(archive, have.answers, kOfferedMax + kWantedMax);
}
template <class Archive>
void serialize(Archive& archive, Proof& proof) {
    archive.version(kFirstVersion);
    archive(proof.record, proof.digest);
}
template <class Archive>
void serialize(Archive& archive, Bye& bye) {
    const auto version = grown(archive, 4U);
    archive(bye.sent, bye.received, bye.verified);
    if (version >= 2)
        archive(bye.audit_place, bye.audit_head, bye.audit_epoch, bye.audit_answer, bye.audit_line);
}
template <class Archive>
void serialize(Archive& archive, WipeDone& wiped) {
    archive.version(kFirstVersion);
    archive(wiped.records, wiped.unsent);
}
template <class Archive>
void serialize(Archive& archive, WipeNoted&) {
    archive.version(kFirstVersion);
}
template <class Archive>
void serialize(Archive& archive, Refusal& refusal) {
    archive.version(kFirstVersion);
    bounded(archive, refusal.fault, kNameBytesMax);
    arguments(archive, refusal.args);
}

namespace {

template <class T>
Result<Message> decode_one(ByteView fields) {
    auto value = decode<T>(fields);
    if (!value) return pass(value);
    return Message{std::move(*value)};
}

template <std::size_t... I>
Result<Message> decode_by_number(std::uint8_t number, ByteView fields, std::index_sequence<I...>) {
    Result<Message> message = fail(kUnknownMessage, std::to_string(number));
    static_cast<void>(
        ((kNumber<std::variant_alternative_t<I, Message>> == number &&
          (message = decode_one<std::variant_alternative_t<I, Message>>(fields), true)) ||
         ...));
    return message;
}

}  // namespace

std::uint32_t spoken_since(const Message& message) {
    return std::visit([]<class T>(const T&) { return since_protocol(kNumber<T>); }, message);
}

Bytes encode(const Message& message, std::uint32_t protocol) {
    BoundedOut archive(protocol);
    std::visit(
        [&archive]<class T>(const T& held) {
            static_assert(kNumber<T> != 0, "every message has a number");
            archive.byte(kNumber<T>);
            archive(held);
        },
        message);
    return archive.finish();
}

Result<Message> decode(ByteView bytes) {
    if (bytes.size() > kMessageBytesMax)
        return fail(kMessageOversized, std::to_string(kMessageBytesMax));
    if (bytes.empty()) return fail(kUndecodable, "too short");
    return decode_by_number(bytes[0], bytes.subspan(1),
                            std::make_index_sequence<std::variant_size_v<Message>>{});
}

Bytes encode_changeset(const merge::Changeset& changeset) {
    return encode<merge::Changeset>(changeset);
}
Result<merge::Changeset> decode_changeset(ByteView bytes) {
    return decode<merge::Changeset>(bytes);
}

namespace {

/// What is kept of one changeset's answer.
struct KeptVerdicts {
    std::vector<merge::Verdict> verdicts;
};
template <class Archive>
void serialize(Archive& archive, KeptVerdicts& kept) {
    archive.version(kFirstVersion);
    bounded(archive, kept.verdicts, kChangesetOpsMax);
}

}  // namespace

Bytes encode_verdicts(const std::vector<merge::Verdict>& verdicts) {
    return encode<KeptVerdicts>({verdicts});
}
Result<std::vector<merge::Verdict>> decode_verdicts(ByteView bytes) {
    auto kept = decode<KeptVerdicts>(bytes);
    if (!kept) return pass(kept);
    return std::move(kept->verdicts);
}

Digest chain(const Digest& prev, std::uint64_t oseq, ByteView body) {
    Bytes number;
    append_le(number, oseq);
    return crypto::blake2b({prev, number, body});
}

}  // namespace dossier::protocol
