// What happens on one connection, from its first byte to its end.
#include <algorithm>

#include <asio/redirect_error.hpp>
#include <asio/use_awaitable.hpp>

#include "common/sqlite/failure.hpp"

#include "protocol/refusals.hpp"

#include "server/accounts/invites.hpp"
#include "server/sync/connection.hpp"

namespace dossier::server {
namespace {

using protocol::Message;

constexpr std::size_t kReadBytes = std::size_t{16} * 1024;  // of each of a thousand connections

/// The answers and what the session says next.
Result<Session::Messages> with_next(Session& session, Session::Messages answers) {
    auto more = session.next();
    if (!more) return pass(more);
    if (*more) answers.push_back(std::move(**more));
    return answers;
}

}  // namespace

asio::awaitable<void> Listener::serve(Shared connection) {
    // A broken store or no memory ends this connection and no other.
    try {
        co_await talk(connection);
    } catch (const std::exception& error) {
        log_.error("sync.session_failed", {{"device", connection->device}, {"why", error.what()}});
    }
    connection->cut();
    note_held(*connection, 0);
    co_await note_end(connection);
    std::erase(connections_, connection);
}

asio::awaitable<void> Listener::talk(Shared connection) {
    connection->watchdog.allow(options_.handshake_limit);
    std::error_code failed;
    connection->socket.set_option(asio::ip::tcp::no_delay(true), failed);
    bound_unsent(connection->socket);
    Bytes buffer(kReadBytes);
    Bytes out;
    while (!connection->cutting) {
        const std::size_t size = co_await connection->socket.async_read_some(
            asio::buffer(buffer), asio::redirect_error(asio::use_awaitable, failed));
        if (failed || connection->cutting) co_return;
        auto events = connection->link.feed(ByteView(buffer).first(size));
        if (events.error) {
            complain(*events.error);
            co_await write(connection, events.to_peer);
            co_return;
        }
        note_read(*connection, size);
        if (connection->cutting) co_return;
        append(out, events.to_peer);
        if (events.knocked && !co_await let_in(connection, out)) co_return;
        if (events.agreed && !co_await judge(connection, out)) co_return;
        bool goes_on = true;
        for (Message& message : events.messages) {
            connection->watchdog.pause();
            goes_on = co_await handle(connection, std::move(message), out);
            if (!goes_on || connection->cutting) break;
        }
        if (connection->cutting || !co_await write(connection, out) || !goes_on) co_return;
        note_held(*connection, connection->link.held_bytes());
        if (!connection->half_open) connection->watchdog.allow(options_.idle_limit);
    }
}

/// Answers message 1 when it is this peer's turn; one that would wait too long is told so.
asio::awaitable<bool> Listener::let_in(Shared connection, Bytes& out) {
    const auto wait = turn_of(*connection);
    if (!wait) {
        append(out, protocol::Channel::busy_word());
        co_await write(connection, out);
        co_return false;
    }
    const auto now = asio::steady_timer::clock_type::now();
    if (wait->count() > 0 && !co_await wait_until(connection, now + *wait)) co_return false;
    connection->link.answer(out);
    co_return true;
}

/// False when the connection was cut meanwhile.
asio::awaitable<bool> Listener::wait_until(Shared connection,
                                           std::chrono::steady_clock::time_point when) {
    if (connection->cutting) co_return false;
    std::error_code ignored;
    connection->turn.expires_at(when);
    co_await connection->turn.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    co_return !connection->cutting;
}

/// Honest slowness is left alone, a trickle is not: within a window a begun message must bring
/// kProgressBytesMin or its end.
void Listener::note_read(Connection& connection, std::size_t bytes) {
    connection.bytes_in += bytes;
    // What was half received may be in work now: it counts until it is answered.
    const auto held = connection.link.held_bytes();
    note_held(connection, std::max(held, connection.held_bytes + bytes));
    if (connection.half_open) return;  // the handshake has one limit for all of it
    connection.read_bytes += bytes;
    const bool mid_message = !connection.link.clean();
    const bool progressed = connection.read_bytes >= protocol::kProgressBytesMin;
    if (mid_message && (progressed || !connection.mid_message)) {
        connection.watchdog.allow(options_.progress_window);
        connection.read_bytes = 0;
    }
    connection.mid_message = mid_message;
}

/// Who has proven to be there: a device of ours, or a stranger who wants to spend an invite.
asio::awaitable<bool> Listener::judge(Shared connection, Bytes& out) {
    if (connection->link.purpose() == protocol::Purpose::Sync) {
        const auto key = connection->link.peer_key();
        auto look_up = [&office = desk_.office, key] { return office.store().device_by_key(key); };
        const auto row = co_await store_.look(std::move(look_up));
        if (connection->cutting) co_return false;
        if (!row) {
            // It has proven to hold that key, and learns that nobody here knows it.
            connection->link.admit(out);
            const Error unknown{&protocol::kDeviceUnknown, {}};
            refuse(*connection, unknown, out);
            co_await write(connection, out);
            co_return false;
        }
        make_room(row->device);
        connection->device = row->device;
        connection->is_active = may_sync(*row).has_value();
        connection->session = std::make_shared<Session>(desk_, row->device);
        connection->half_open = false;
    }
    connection->link.admit(out);
    co_return true;
}

template <class Work>
asio::awaitable<std::invoke_result_t<Work&>> Listener::on_store(Work work, bool begins) {
    std::string failure;
    bool is_full = false;
    try {
        if (begins) co_return co_await store_.begin(std::move(work));
        co_return co_await store_.run(std::move(work));
    } catch (const std::exception& error) {
        failure = error.what();
        is_full = sqlite::error_of(error).is(sqlite::kNoSpace);
    }
    log_.error(is_full ? "office.disk_full" : "sync.store_failed", {{"why", failure}});
    co_return fail(is_full ? protocol::kOfficeFull : protocol::kOfficeFailed);
}

bool Listener::refuse(Connection& connection, const Error& error, Bytes& out) {
    if (const auto left_out = refusals_limit_.take(asio::steady_timer::clock_type::now()))
        log_.info("sync.refused",
                  {{"device", connection.device}, {"why", error.id()}, {"left_out", *left_out}});
    const std::array<Message, 1> refusal{protocol::refusal_of(error)};
    static_cast<void>(connection.link.send(refusal, out));  // a short message always fits
    return false;
}

asio::awaitable<bool> Listener::handle(Shared connection, Message message, Bytes& out) {
    if (connection->session == nullptr)
        co_return co_await enrol(connection, std::move(message), out);
    // The session and, where it pulls, its first message in one unit of work and one flight.
    connection->session->note_traffic(connection->traffic());
    auto came = asio::steady_timer::clock_type::now();
    auto first = [session = connection->session, taken = std::move(message)]() -> Result<Messages> {
        auto made = session->on(taken);
        return made && session->is_pulling() ? with_next(*session, std::move(*made)) : made;
    };
    auto answers = co_await on_store(std::move(first), !connection->greeted);
    for (;;) {
        const auto held = connection->session->held_back();
        if (held.count() > 0 && !co_await wait_until(connection, came + held)) co_return false;
        if (!answers) co_return refuse(*connection, answers.error(), out);
        connection->half_open = false;
        connection->greeted = true;
        if (!connection->link.send(*answers, out)) co_return false;
        connection->note_facets(connection->session->row().facets_sent, out.size());
        if (!connection->session->is_streaming()) break;
        // The peer's window sets the pace: the next batch is made when this one is on its way.
        if (!co_await write(connection, out)) co_return false;
        connection->watchdog.pause();
        came = asio::steady_timer::clock_type::now();
        auto further = [session = connection->session] { return with_next(*session, {}); };
        answers = co_await on_store(std::move(further), false);
    }
    if (connection->session->finished()) {
        const SessionRow& row = connection->session->row();
        if (connection->session->lost_audit())
            log_.warn("audit.differs", {{"device", connection->device}});
        log_.info("sync.finished", {{"device", connection->device},
                                    {"changesets", row.changesets},
                                    {"facets", row.facets_sent},
                                    {"verified", row.verified ? 1 : 0}});
    }
    co_return !connection->session->finished();
}

/// The ledger keeps how far a session that was cut had come: what arrived, and what may have.
asio::awaitable<void> Listener::note_end(Shared connection) {
    const auto& session = connection->session;
    if (session == nullptr || !connection->greeted || session->finished()) co_return;
    auto work = [session, traffic = connection->traffic()] { session->note_cut(traffic); };
    try {
        co_await store_.run(std::move(work));
    } catch (const std::exception& error) {
        log_.error("sync.store_failed", {{"why", error.what()}});
    }
}

asio::awaitable<bool> Listener::enrol(Shared connection, Message message, Bytes& out) {
    const auto* asked = std::get_if<protocol::Enrol>(&message);
    if (asked == nullptr) {
        const Error error{&protocol::kOutOfOrder, {}};
        co_return refuse(*connection, error, out);
    }
    auto spend = [desk = desk_, enrol = *asked, key = connection->link.peer_key()] {
        return Invites(desk.office, desk.keys).spend(enrol, key);
    };
    auto enrolled = co_await on_store(std::move(spend), true);
    if (!enrolled) co_return refuse(*connection, enrolled.error(), out);
    log_.info("sync.enrolled", {{"device", enrolled->device}});
    const std::array<Message, 1> answer{std::move(*enrolled)};
    static_cast<void>(connection->link.send(answer, out));
    co_return false;
}

asio::awaitable<bool> Listener::write(Shared connection, Bytes& out) {
    ByteView rest(out);
    std::size_t since = 0;
    if (!connection->half_open) connection->watchdog.allow(options_.progress_window);
    while (!rest.empty()) {
        std::error_code failed;
        const std::size_t size = co_await connection->socket.async_write_some(
            asio::buffer(rest.data(), std::min(rest.size(), kWriteBytes)),
            asio::redirect_error(asio::use_awaitable, failed));
        if (failed || connection->cutting) co_return false;
        connection->bytes_out += size;
        rest = rest.subspan(size);
        since += size;
        if (since >= protocol::kProgressBytesMin && !connection->half_open) {
            connection->watchdog.allow(options_.progress_window);
            since = 0;
        }
    }
    out.clear();
    co_return true;
}

}  // namespace dossier::server
