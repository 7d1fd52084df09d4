// Browsers for the benchmarks, as the office sees them: connections that send and read HTTP.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/descriptor.hpp"

#include "tests/bench/bench_office.hpp"

namespace dossier::bench {

/// A connection of a browser; `from` = the last byte of the address it calls from, for each address
/// has only so many.
class Caller {
  public:
    explicit Caller(std::uint16_t port, int from = 1);

    bool send(std::string_view text);
    bool ask(std::string_view method,
             std::string_view path,
             const std::string& cookie,
             std::string_view body = {});
    /// Head and body of an answer; empty when it was cut.
    std::string answer();
    /// The head of a stream, which stays open.
    std::string head();
    [[nodiscard]] int number() const { return socket_.number(); }

  private:
    Descriptor socket_;
    std::uint16_t port_;
    bool is_open_ = false;
};

/// Whether a connection of its own over TLS, to whatever certificate, gets an answer of 200.
bool answered_over_tls(std::uint16_t port, std::string_view path);
/// Gives somebody the password of all of them and the agreement signed. Before the office is left.
void let_sign_in(BenchOffice& office, const RecordId& user);
/// The cookie of a session. Stops the benchmark when nobody can sign in.
std::string signed_in(std::uint16_t port, const std::string& login, int from);
/// So many open pages of somebody, each with its stream of events.
std::vector<std::unique_ptr<Caller>> open_pages(std::uint16_t port,
                                                const std::string& cookie,
                                                int pages,
                                                int from);

}  // namespace dossier::bench
