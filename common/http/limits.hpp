// Every limit of the HTTP server in one place: sizes in bytes, times in milliseconds, counts. A
// server of people needs few of anything, and what has no limit is taken without end by whoever
// wants to do harm. The values are those under which the probes of the tests were measured.
#pragma once

#include <chrono>
#include <cstddef>

namespace dossier::http {

struct Limits {
    using Time = std::chrono::milliseconds;
    static constexpr std::size_t kKiB = 1024;

    // What a request may be made of.
    std::size_t target_bytes_max = 8 * kKiB;        ///< more: 414
    std::size_t headers_max = 64;                   ///< fields of a head; more: 431
    std::size_t header_value_bytes_max = 4 * kKiB;  ///< more: 431
    std::size_t head_bytes_max = 16 * kKiB;         ///< request line and fields together; more: 431
    std::size_t line_bytes_max = 16 * kKiB;         ///< a chunk's size line, or all trailers
    std::size_t body_bytes_max = kKiB * kKiB;       ///< where the site says nothing else; more: 413

    // How long each step of a connection may take, whole.
    Time handshake{5'000};  ///< of TLS
    Time head{5'000};       ///< from its first byte to its last; a new connection's from its start
    Time body{10'000};      ///< and as long again for each further `body_step_bytes`
    Time idle{15'000};      ///< between an answer and the next request
    Time handler{30'000};   ///< from a whole request to its answer; longer: 503
    Time write{10'000};     ///< for each `write_step_bytes` of an answer
    Time linger{2'000};  ///< for a peer that still sends after the last answer, and as long again
                         ///< for each further `body_step_bytes`
    Time age{std::chrono::hours(24)};  ///< of a connection, streams of events too
    std::size_t body_step_bytes = kKiB * kKiB;
    std::size_t write_step_bytes = 64 * kKiB;
    std::size_t linger_bytes_max = 256 * kKiB;
    /// Of a body whose size its sender has told: he reads no answer before he has sent it.
    std::size_t linger_declared_bytes_max = 128 * kKiB * kKiB;

    // How many there may be at once.
    std::size_t connections_max = 128;      ///< one more is closed at once
    std::size_t connections_per_peer = 16;  ///< of one IPv4 address or IPv6 network (/64)
    std::size_t half_open_max = 32;    ///< in handshake or head; beyond it the oldest is closed
    std::size_t streams_max = 32;      ///< of events; beyond it 503
    std::size_t streams_per_user = 8;  ///< beyond it 429

    // Streams of events.
    Time heartbeat{15'000};  ///< a comment is sent after that long without an event
    std::size_t events_waiting_max = 256;
    std::size_t event_bytes_waiting_max = 256 * kKiB;

    // The server itself.
    Time accept_pause{100};  ///< when no connection can be accepted, for want of descriptors say
    Time stop{10'000};       ///< a stopping server waits that long for answers under way
};

}  // namespace dossier::http
