// An office with a listener on the loopback and laptops that reach it: what the tests of this
// folder play with.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <thread>

#include <asio/io_context.hpp>

#include "client/intake/drafts.hpp"
#include "client/intake/intake.hpp"
#include "client/sync/connection.hpp"
#include "server/sync/listener.hpp"
#include "tests/support/peopled_office.hpp"

namespace dossier::test {

/// The office's network side while it exists: meanwhile its store belongs to the store thread.
class Server {
  public:
    explicit Server(PeopledOffice& office, server::ListenerOptions options = {})
        : Server(*office.store, office.office, std::move(options)) {}
    Server(server::Store& store, server::Office& office, server::ListenerOptions options = {});
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;
    ~Server();

    [[nodiscard]] std::string address() const { return "127.0.0.1:" + std::to_string(port_); }
    [[nodiscard]] std::uint16_t port() const { return port_; }
    server::StoreThread& store() { return store_; }
    const server::OfficeKeys& keys() const { return keys_; }

  private:
    static server::OfficeKeys keys_of(server::Store& store);

    NullLog log_;
    asio::io_context loop_{1};
    crypto::SystemRandom random_;
    server::OfficeKeys keys_;
    server::BatchCache batches_;
    server::StoreThread store_;
    server::Listener listener_;
    std::uint16_t port_ = 0;
    std::thread thread_;
};

/// One laptop with an unencrypted store of its own.
class Laptop {
  public:
    explicit Laptop(std::uint64_t seed);
    Laptop(const Laptop&) = delete;
    Laptop& operator=(const Laptop&) = delete;
    ~Laptop();

    Result<client::Identity> enrol(const std::string& invite, const std::string& name = "ThinkPad");
    /// One sync with the office at `address` ("host:port").
    Result<client::Report> sync(const std::string& address);
    void reopen();

    /// A visit at a customer saved here.
    RecordId visit(const RecordId& customer, std::string_view content);
    /// A document at a customer saved here. Errors: those of take_content and of the intake.
    Result<RecordId> attach(const RecordId& customer,
                            std::string_view file_name,
                            ByteView bytes,
                            const RecordId& version_of = {});
    /// One field of a record as its reader changes it here.
    Result<OSeq> set(const catalog::Kind& kind,
                     const RecordId& record,
                     std::string_view name,
                     Value value);
    std::string shown(const catalog::Kind& kind, const RecordId& record, std::string_view name);
    bool holds(const catalog::Kind& kind, const RecordId& record);
    client::Store& store() { return *store_; }
    client::Intake& intake() { return *intake_; }

    SetClock clock{{1'772'416'800'000}};
    crypto::SeededRandom random;
    crypto::Ids ids{clock, random};
    NullLog log;
    client::ConnectionOptions options;

  private:
    std::filesystem::path folder_;
    std::unique_ptr<client::Store> store_;
    std::unique_ptr<client::Intake> intake_;
};

/// Office and laptops together; the listener runs during a sync only, so that tests may change the
/// office in between.
struct Field {
    explicit Field(std::uint64_t seed = 42) : office(seed) {}
    /// A laptop of the user, enrolled and approved, not yet synced.
    std::unique_ptr<Laptop> laptop(const UserId& user);
    std::string invite(const UserId& user, const std::string& address);
    Result<client::Report> sync(Laptop& laptop);
    /// Syncs and expects it to be verified.
    client::Report synced(Laptop& laptop);
    void approve(const DeviceId& device);

    PeopledOffice office;
    std::uint64_t seeds = 100;
};

}  // namespace dossier::test
