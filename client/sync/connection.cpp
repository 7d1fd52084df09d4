#include "client/sync/connection.hpp"

#include "protocol/refusals.hpp"

#include "client/faults.hpp"
#include "client/sync/wire.hpp"

namespace dossier::client {
namespace {

using Messages = Speaker::Messages;

/// What a refusal tells about this device.
std::optional<protocol::DeviceState> state_told_by(const Error& error) {
    using protocol::DeviceState;
    if (error.is(protocol::kDevicePending)) return DeviceState::Pending;
    if (error.is(protocol::kDeviceSuspended)) return DeviceState::Suspended;
    if (error.is(protocol::kDeviceRevoked)) return DeviceState::Revoked;
    if (error.is(protocol::kDeviceLost)) return DeviceState::Lost;
    return std::nullopt;
}

}  // namespace

Connection::Connection(
    Store& store, const Clock& clock, crypto::Random& random, Log& log, ConnectionOptions options)
    : store_(store), clock_(clock), random_(random), log_(log), options_(std::move(options)) {}

Result<crypto::KeyPair> Connection::device_keys() {
    const auto secret = store_.meta.device_key();
    if (!secret) return fail(kNotEnrolled);
    return crypto::key_pair_of(secret->view());
}

void Connection::remember_state(protocol::DeviceState state) {
    auto identity = store_.meta.identity();
    const auto number = static_cast<std::uint8_t>(state);
    if (!identity || identity->device_state == number) return;
    // One that was stopped opens when an administrator has approved it, and not while it waits.
    const auto known = static_cast<protocol::DeviceState>(identity->device_state);
    const bool stopped = known != protocol::DeviceState::Active &&
                         known != protocol::DeviceState::Pending && identity->device_state != 0;
    if (stopped && state == protocol::DeviceState::Pending) return;
    identity->device_state = number;
    sqlite::Transaction tx(store_.connection());
    store_.meta.set_identity(*identity);
    tx.commit();
}

Connection::Turn Connection::take_turn() const {
    return options_.turns == nullptr ? Turn() : Turn(*options_.turns);
}

Status Connection::converse(Turn& turn,
                            const protocol::Address& address,
                            protocol::ClientSide side,
                            const Speaker& speaker) {
    const Speaker by_turns{.open =
                               [&] {
                                   const auto held = take_turn();
                                   return speaker.open();
                               },
                           .on =
                               [&](const protocol::Message& message) {
                                   const auto held = take_turn();
                                   return speaker.on(message);
                               },
                           .finished = speaker.finished};
    if (turn.owns_lock()) turn.unlock();
    auto done = speak(address, std::move(side), by_turns, random_, options_);
    turn = take_turn();
    return done;
}

/// An office that gave none, an older program put back, hangs up when it is shown one.
void Connection::doubt_ticket(const Error& refused) {
    const bool told_nothing =
        refused.is(kUnreachable) || refused.is(kTimedOut) || refused.is(protocol::kOfficeBusy);
    if (told_nothing) return;
    sqlite::Transaction tx(store_.connection());
    store_.meta.erase(kTicketKey);
    tx.commit();
}

Result<Report> Connection::sync(const Progress& progress) {
    auto report = sync_once(progress);
    if (!report && report.error().is(protocol::kRightsChanged)) return sync_once(progress);
    return report;
}

Result<Report> Connection::sync_once(const Progress& progress) {
    last_ = {};
    auto turn = take_turn();
    const auto identity = store_.meta.identity();
    if (!identity) return tl::unexpected(identity.error());
    auto keys = device_keys();
    if (!keys) return pass(keys);
    const auto address = protocol::parse_address(options_.address.empty() ? identity->server_address
                                                                          : options_.address);
    if (!address) return tl::unexpected(address.error());

    auto ticket = store_.meta.bytes(kTicketKey).value_or(Bytes{});
    if (ticket.size() != protocol::kTicketBytes) ticket.clear();
    Engine engine(store_, clock_, log_, options_.engine);
    Speaker speaker;
    speaker.open = [&] { return engine.start(); };
    speaker.on = [&](const protocol::Message& message) -> Result<Messages> {
        if (const auto* refusal = std::get_if<protocol::Refusal>(&message))
            return tl::unexpected(protocol::error_of(*refusal));
        auto answers = engine.on(message);
        if (progress) progress(engine);
        return answers;
    };
    speaker.finished = [&] { return engine.finished(); };
    auto done = converse(turn, *address,
                         {.purpose = protocol::Purpose::Sync,
                          .instance = protocol::server_instance(identity->server_instance),
                          .server = identity->server_key,
                          .keys = &*keys,
                          .payload = {},
                          .ticket = ticket},
                         speaker);
    last_ = engine.report();
    if (!done) {
        if (!ticket.empty() && engine.phase() == "new") doubt_ticket(done.error());
        if (const auto told = state_told_by(done.error())) remember_state(*told);
        const bool cut = done.error().is(kUnfinished) || done.error().is(kTimedOut);
        const auto left = store_.attachments.upload_count() + store_.attachments.missing_count();
        if (cut && last_.verified && engine.phase() == "attachments" && left > 0)
            return fail(kContentsCut, std::to_string(store_.attachments.upload_count()),
                        std::to_string(store_.attachments.missing_count()));
        return pass(done);
    }
    if (!last_.wiped) remember_state(protocol::DeviceState::Active);
    return last_;
}

void Connection::keep(const Identity& identity) {
    sqlite::Transaction tx(store_.connection());
    store_.meta.set_identity(identity);
    tx.commit();
}

/// The office lives elsewhere, has another key, or does not know this laptop any more: what the
/// laptop is stays.
Result<Identity> Connection::called_anew(Turn& turn,
                                         Identity known,
                                         const protocol::InviteCode& code) {
    if (known.server_instance != code.instance)
        return fail(kOtherOffice, known.server_address, known.device_code);
    const bool is_news =
        known.server_key != code.server_key || known.server_address != code.address;
    const auto former = known.server_address;
    auto enrolled = ask_to_enrol(
        turn, code,
        {.invite = code.invite,
         .secret = code.secret,
         .app_version = options_.engine.app_version,
         .former = protocol::FormerDevice{known.device, known.user, known.device_code}});
    // An address where nobody proved to hold the office's key would cut this laptop off.
    if (!enrolled && is_news && !office_answered_)
        return fail(kOfficeNotThere, code.address, enrolled.error().id(), former);
    known.server_key = code.server_key;
    known.server_address = code.address;
    if (is_news) keep(known);
    if (!enrolled && is_news) return known;
    if (!enrolled && enrolled.error().is(protocol::kEnrolledElsewhere))
        return fail(kEnrolledAlready, known.device_code);
    if (!enrolled) return pass(enrolled);
    // Whoever answers has proven to hold the office's key; what lies here is this user's alone.
    if (enrolled->device != known.device || enrolled->user != known.user)
        return fail(kUnexpected, "enrol");
    // The office says what this laptop knew: the same invite once more.
    const bool is_known = enrolled->device_code == known.device_code &&
                          enrolled->state == known.device_state &&
                          enrolled->recovery_key == known.recovery_key;
    if (is_known && !is_news) return fail(kEnrolledAlready, known.device_code);
    known.device_code = enrolled->device_code;
    known.recovery_key = enrolled->recovery_key;
    keep(known);
    remember_state(static_cast<protocol::DeviceState>(enrolled->state));
    is_known_again_ = true;
    return store_.meta.identity();
}

Result<protocol::Enrolled> Connection::ask_to_enrol(Turn& turn,
                                                    const protocol::InviteCode& code,
                                                    protocol::Enrol enrol) {
    const auto address =
        protocol::parse_address(options_.address.empty() ? code.address : options_.address);
    if (!address) return tl::unexpected(address.error());
    auto keys = device_keys();
    if (!keys) return pass(keys);
    std::optional<protocol::Enrolled> enrolled;
    office_answered_ = false;
    Speaker speaker;
    speaker.open = [&]() -> Result<Messages> { return Messages{std::move(enrol)}; };
    speaker.on = [&](const protocol::Message& message) -> Result<Messages> {
        office_answered_ = true;
        if (const auto* refusal = std::get_if<protocol::Refusal>(&message))
            return tl::unexpected(protocol::error_of(*refusal));
        const auto* answer = std::get_if<protocol::Enrolled>(&message);
        if (answer == nullptr) return fail(kUnexpected, "enrol");
        enrolled = *answer;
        return Messages{};
    };
    speaker.finished = [&] { return enrolled.has_value(); };
    auto done = converse(turn, *address,
                         {.purpose = protocol::Purpose::Enrol,
                          .instance = protocol::server_instance(code.instance),
                          .server = code.server_key,
                          .keys = &*keys,
                          .payload = {}},
                         speaker);
    if (!done) return pass(done);
    return std::move(*enrolled);
}

Result<Identity> Connection::enrol(std::string_view invite, std::string_view device_name) {
    const auto code = protocol::decode_invite(invite);
    if (!code) return tl::unexpected(code.error());
    auto turn = take_turn();
    if (auto known = store_.meta.identity()) return called_anew(turn, std::move(*known), *code);
    if (!store_.meta.device_key()) {
        // Kept before it is used: a laptop that missed the answer asks again with the same key.
        sqlite::Transaction tx(store_.connection());
        store_.meta.set_device_key(crypto::make_key_pair(random_).secret_key.view());
        tx.commit();
    }
    auto enrolled = ask_to_enrol(turn, *code,
                                 {.invite = code->invite,
                                  .secret = code->secret,
                                  .device_name = std::string(device_name),
                                  .app_version = options_.engine.app_version});
    if (!enrolled) return pass(enrolled);
    const Identity identity{.device = enrolled->device,
                            .user = enrolled->user,
                            .device_code = enrolled->device_code,
                            .user_name = enrolled->user_name,
                            .server_address = code->address,
                            .server_key = code->server_key,
                            .server_instance = code->instance,
                            .recovery_key = enrolled->recovery_key,
                            .device_state = enrolled->state};
    keep(identity);
    return identity;
}

}  // namespace dossier::client
