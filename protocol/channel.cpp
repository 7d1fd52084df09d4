#include "protocol/channel.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "common/base/check.hpp"

#include "protocol/limits.hpp"
#include "protocol/refusals.hpp"

namespace dossier::protocol {
namespace {

constexpr std::string_view kProtocolName = "dossier/1";
constexpr FrameLengths kFirstFrame{96, 96};
constexpr FrameLengths kSecondFrame{0, 48, 48};  // nothing = busy
constexpr FrameLengths kThirdFrame{64, 64 + kClientPayloadBytesMax};
/// Whoever enrols says one short thing.
constexpr FrameLengths kStrangerFrames{kTransportFrames.least, kStrangerFrameBytesMax,
                                       kTransportFrames.step};
static_assert(kTransportFrames.allow(kStrangerFrameBytesMax));
static_assert(kThirdFrame.most <= kPreAuthFrameBytesMax);

/// Appends the next handshake message of `handshake` as a frame.
bool append_handshake(HandshakeState& handshake, ByteView payload, Bytes& to) {
    Bytes message;
    if (!handshake.write(payload, message)) return false;
    append_frame_length(to, message.size());
    append(to, message);
    return true;
}

}  // namespace

Bytes channel_prologue(Purpose purpose, const ServerInstance& instance) {
    Bytes prologue;
    append(prologue, bytes_of(kProtocolName));
    prologue.push_back(static_cast<std::uint8_t>(purpose));
    append(prologue, instance);
    return prologue;
}

Channel::Channel(Stage stage, FrameLengths lengths, crypto::Random& random)
    : stage_(stage), reader_(lengths), random_(&random) {}

Channel Channel::client(ClientSide side, crypto::Random& random) {
    DOSSIER_CHECK(side.payload.size() <= kClientPayloadBytesMax);
    DOSSIER_CHECK(side.ticket.empty() || side.ticket.size() == kTicketBytes);
    Channel channel(Stage::Start, kSecondFrame, random);
    channel.purpose_ = side.purpose;
    channel.peer_key_ = side.server;
    channel.client_ = std::move(side);
    return channel;
}

Channel Channel::server(ServerSide side, crypto::Random& random) {
    Channel channel(Stage::AwaitsFirst, kFirstFrame, random);
    channel.server_ = std::move(side);
    return channel;
}

Result<Bytes> Channel::start() {
    DOSSIER_CHECK(stage_ == Stage::Start);
    handshake_.emplace(xk_initiator(channel_prologue(client_->purpose, client_->instance),
                                    *client_->keys, client_->server, *random_));
    Bytes payload = client_->ticket;
    payload.resize(kTicketBytes);
    Bytes first;
    if (!append_handshake(*handshake_, payload, first)) {
        return tl::unexpected(give_up({&kServerIdentity, {}}));
    }
    stage_ = Stage::AwaitsSecond;
    return first;
}

ChannelEvents Channel::feed(ByteView bytes) {
    ChannelEvents events;
    const bool is_first = stage_ == Stage::AwaitsFirst;
    while (!bytes.empty() && stage_ != Stage::Failed) {
        auto done = step(bytes, events);
        if (!done) give_up(std::move(done.error()));
    }
    if (error_) events.to_peer.clear();
    if (is_first && error_ && error_->is(kHandshake)) append_decoy(events.to_peer);
    events.error = error_;
    return events;
}

/// A message 2 that cannot verify tells the caller that this is not the office it means, and an
/// observer nothing; silence would be taken for a broken line.
void Channel::append_decoy(Bytes& to) {
    append_frame_length(to, kSecondFrame.most);
    Bytes decoy(kSecondFrame.most);
    random_->fill(decoy);
    append(to, decoy);
}

/// Consumes some of `bytes`: one frame, or all when they do not complete one.
Status Channel::step(ByteView& bytes, ChannelEvents& events) {
    const bool out_of_turn =
        stage_ == Stage::Start || stage_ == Stage::Knocked || stage_ == Stage::Judges;
    if (out_of_turn) return fail(kOutOfTurn);
    auto frame = reader_.next(bytes);
    if (!frame) return pass(frame);
    if (!frame->has_value()) return {};
    return take(**frame, events);
}

Status Channel::take(ByteView frame, ChannelEvents& events) {
    switch (stage_) {
        case Stage::AwaitsFirst:
            return take_first(frame, events);
        case Stage::AwaitsSecond:
            return take_second(frame, events);
        case Stage::AwaitsThird:
            return take_third(frame, events);
        default:
            return take_sealed(frame, events);
    }
}

Status Channel::take_first(ByteView frame, ChannelEvents& events) {
    for (const Offer& offer : server_->offers) {
        const Bytes prologue = channel_prologue(offer.purpose, server_->instance);
        HandshakeState attempt = xk_responder(prologue, *offer.keys, *random_);
        const auto payload = attempt.read(frame);
        if (!payload) continue;
        take_ticket(*payload);
        purpose_ = offer.purpose;
        handshake_.emplace(std::move(attempt));
        stage_ = Stage::Knocked;
        events.knocked = true;
        if (server_->looks_first) return {};
        return write_second(events.to_peer) ? Status{} : fail(kHandshake);
    }
    return fail(kHandshake);
}

/// Zeros are no ticket.
void Channel::take_ticket(const Bytes& payload) {
    if (std::any_of(payload.begin(), payload.end(), [](auto byte) { return byte != 0; }))
        ticket_ = payload;
}

bool Channel::write_second(Bytes& to) {
    if (!append_handshake(*handshake_, {}, to)) return false;
    stage_ = Stage::AwaitsThird;
    reader_.expect(kThirdFrame);
    return true;
}

void Channel::answer(Bytes& to) {
    DOSSIER_CHECK(stage_ == Stage::Knocked);
    // The peer's key is of low order: the next byte it sends finds the channel failed.
    if (!write_second(to)) give_up({&kHandshake, {}});
}

Status Channel::take_second(ByteView frame, ChannelEvents& events) {
    if (frame.empty()) return fail(kOfficeBusy);
    // Only the holder of the server key can write a message 2 that verifies.
    if (!handshake_->read(frame)) return fail(kServerIdentity);
    if (!append_handshake(*handshake_, client_->payload, events.to_peer)) {
        return fail(kServerIdentity);
    }
    agree(Stage::AwaitsProof, events);
    return {};
}

Status Channel::take_third(ByteView frame, ChannelEvents& events) {
    auto payload = handshake_->read(frame);
    if (!payload) return fail(kHandshake);
    payload_ = std::move(*payload);
    peer_key_ = handshake_->peer();
    agree(Stage::Judges, events);
    return {};
}

void Channel::agree(Stage next, ChannelEvents& events) {
    auto [sending, receiving] = handshake_->split();
    sealer_.emplace(std::move(sending));
    opener_.emplace(std::move(receiving));
    const ByteView transcript = handshake_->transcript();
    transcript_.assign(transcript.begin(), transcript.end());
    handshake_.reset();
    const bool stranger = server_.has_value() && purpose_ == Purpose::Enrol;
    reader_.expect(stranger ? kStrangerFrames : kTransportFrames);
    stage_ = next;
    events.agreed = true;
}

Status Channel::take_sealed(ByteView frame, ChannelEvents& events) {
    auto message = opener_->open(frame);
    if (!message) return pass(message);
    stage_ = Stage::Open;
    if (*message) events.messages.push_back(std::move(**message));
    return {};
}

void Channel::admit() {
    DOSSIER_CHECK(stage_ == Stage::Judges);
    stage_ = Stage::Open;
}

Status Channel::send(ByteView message, Bytes& to) {
    DOSSIER_CHECK(stage_ == Stage::Open);
    return sealer_->seal(message, to);
}

std::size_t Channel::held_bytes() const {
    return reader_.held_bytes() + (opener_ ? opener_->held_bytes() : 0);
}

bool Channel::clean() const {
    return stage_ == Stage::Open && reader_.at_boundary() && opener_->at_boundary();
}

Status Channel::ended() {
    switch (stage_) {
        case Stage::Failed:
            return tl::unexpected(*error_);
        case Stage::AwaitsSecond:
        case Stage::AwaitsProof:
            return tl::unexpected(give_up({&kHandshakeCut, {}}));
        default:
            if (clean()) return {};
            return tl::unexpected(give_up({&kTruncated, {}}));
    }
}

/// Drops every key and remembers why.
Error Channel::give_up(Error error) {
    stage_ = Stage::Failed;
    handshake_.reset();
    sealer_.reset();
    opener_.reset();
    error_ = error;
    return error;
}

}  // namespace dossier::protocol
