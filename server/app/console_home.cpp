#include "server/app/console_home.hpp"

#include <array>
#include <filesystem>

#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <fcntl.h>
#include <unistd.h>

#include "common/base/descriptor.hpp"
#include "common/http/tls.hpp"

namespace dossier::server {
namespace {

std::string certificate_path(const OfficeHome& home) {
    return home.folder + "/console.crt";
}

std::string private_key_path(const OfficeHome& home) {
    return home.folder + "/console.key";
}

std::string machine_name() {
    std::array<char, 256> name{};
    return ::gethostname(name.data(), name.size() - 1) == 0 ? std::string(name.data()) : "";
}

/// Whole or not at all: under another name first.
Status write_file(const std::string& path, std::string_view text) {
    const std::string part = path + ".part";
    const Descriptor file(::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    bool written = file.number() >= 0;
    while (written && !text.empty()) {
        const auto size = ::write(file.number(), text.data(), text.size());
        written = size > 0;
        if (written) text.remove_prefix(static_cast<std::size_t>(size));
    }
    written = written && ::fsync(file.number()) == 0;
    if (!written || ::rename(part.c_str(), path.c_str()) != 0) return fail(kFolder, path);
    return {};
}

bool is_there(const std::string& path) {
    std::error_code error;
    return std::filesystem::exists(path, error);
}

std::vector<std::string> own_names() {
    std::vector<std::string> names{"localhost", "127.0.0.1"};
    if (auto name = machine_name(); !name.empty() && http::host_and_port(name, "443"))
        names.push_back(std::move(name));
    return names;
}

/// An address to listen on; a name of this machine becomes one.
Result<asio::ip::address> address_of(const ConsoleAddress& asked) {
    const auto text = asked.host + ":" + std::to_string(asked.port);
    asio::io_context loop(1);
    asio::ip::tcp::resolver resolver(loop);
    std::error_code failed;
    const auto found = resolver.resolve(asked.host, std::to_string(asked.port), failed);
    if (failed || found.empty()) return fail(kConsoleAddress, text);
    return found.begin()->endpoint().address();
}

std::string in_host(const asio::ip::address& address) {
    return address.is_v6() ? "[" + address.to_string() + "]" : address.to_string();
}

Result<http::Pem> certificate_of(const OfficeHome& home, const ConsoleAddress& asked, Instant now) {
    if (asked.certificate.empty() != asked.private_key.empty()) return fail(kHalfPair);
    if (!asked.certificate.empty())
        return http::load_pem(asked.certificate, asked.private_key, now);
    // One of an office that was made by an older program.
    if (auto made = make_console_certificate(home, now); !made) return pass(made);
    return http::load_pem(certificate_path(home), private_key_path(home), now);
}

}  // namespace

Result<std::string> make_console_certificate(const OfficeHome& home, Instant now) {
    // The key goes first: what is cut between the two is made anew.
    if (!is_there(certificate_path(home))) {
        const auto made = http::make_self_signed(own_names(), now);
        if (auto kept = write_file(private_key_path(home), made.key); !kept) return pass(kept);
        if (auto kept = write_file(certificate_path(home), made.certificate); !kept)
            return pass(kept);
    }
    auto pem = http::load_pem(certificate_path(home), private_key_path(home), now);
    if (!pem) return pass(pem);
    return http::fingerprint(pem->certificate).value();
}

Result<ConsoleServing> console_serving(const OfficeHome& home,
                                       const ConsoleAddress& asked,
                                       Instant now) {
    const auto address = address_of(asked);
    if (!address) return tl::unexpected(address.error());
    ConsoleServing serving;
    serving.options.host = address->to_string();
    serving.options.port = asked.port;
    serving.options.names = own_names();
    serving.options.names.insert(serving.options.names.end(), asked.names.begin(),
                                 asked.names.end());
    if (!address->is_unspecified()) serving.options.names.push_back(in_host(*address));
    if (http::host_and_port(asked.host, "443")) serving.options.names.push_back(asked.host);
    // An import goes on for minutes; whoever waits for it may.
    serving.options.limits.handler = std::chrono::minutes(10);
    // A company's desks, each with a page open all day; several behind one address.
    serving.options.limits.connections_max = 1'024;
    serving.options.limits.connections_per_peer = 64;
    serving.options.limits.streams_max = 400;
    if (asked.is_plain) return serving;
    auto pem = certificate_of(home, asked, now);
    if (!pem) return pass(pem);
    auto tls = http::tls_context(*pem);
    if (!tls) return pass(tls);
    serving.options.tls = *tls;
    serving.fingerprint = http::fingerprint(pem->certificate).value();
    return serving;
}

}  // namespace dossier::server
