// A real office and real laptops for the benchmarks: vaults on both sides, Noise on the loopback,
// synchronous=FULL. Only the laptops' enrolment is taken short.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <asio/io_context.hpp>

#include "client/intake/intake.hpp"
#include "client/sync/connection.hpp"
#include "server/accounts/office_keys.hpp"
#include "server/sync/listener.hpp"
#include "tests/bench/workload.hpp"

namespace dossier::bench {

/// A folder of its own under the system's temporary folder, gone at the end.
class Folder {
  public:
    Folder();
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder();
    [[nodiscard]] std::string path(std::string_view name) const {
        return (folder_ / name).string();
    }

  private:
    std::filesystem::path folder_;
};

class BenchOffice {
  public:
    BenchOffice();
    BenchOffice(const BenchOffice&) = delete;
    BenchOffice& operator=(const BenchOffice&) = delete;
    ~BenchOffice();

    /// Puts customers, all of one salesperson, and their visits through the door. Before `open`.
    void take(const std::vector<WorkRecord>& customers, const std::vector<WorkRecord>& visits) {
        take(customers, visits, user_);
    }
    /// `service` = another salesperson who looks after them, too.
    void take(const std::vector<WorkRecord>& customers,
              const std::vector<WorkRecord>& visits,
              const RecordId& owner,
              const RecordId& service = {});
    /// One more salesperson. Before `open`.
    RecordId add_salesperson(const std::string& login);
    /// One more person of this role, cleared as it is and no further than `clearance_max`, in this
    /// region. Before `open`.
    RecordId add_person(const std::string& login,
                        std::string_view role,
                        const RecordId& region,
                        int clearance_max = 3);
    /// `parent` = none for one below no other. Before `open`.
    RecordId add_region(const std::string& code, const std::string& name, const RecordId& parent);
    /// Approved devices of a salesperson. Before `open`.
    struct DeviceMade {
        DeviceId device;
        std::string code;
        crypto::Secret key;
    };
    DeviceMade device() { return device(user()); }
    DeviceMade device(const UserId& user);
    /// A change through the door, and a look at the store. Before `open`.
    server::Office& office() { return *office_; }
    /// Leaves the vault to another program; nothing but `folder` may be asked afterwards.
    void leave();
    [[nodiscard]] const Folder& folder() const { return folder_; }
    /// Begins to listen; the port.
    std::uint16_t open();
    /// Runs `work` on the store's thread.
    template <class Work>
    auto ask(Work work) {
        return threads_->store.run_and_wait([&] { return work(*office_); });
    }

    [[nodiscard]] const server::OfficeKeys& keys() const { return *keys_; }
    [[nodiscard]] UserId user() const { return user_.as<UserTag>(); }

  private:
    struct Threads {
        Threads(server::Store& store, server::SyncDesk desk, crypto::Random& random, Log& log);
        ~Threads();
        asio::io_context loop{1};
        server::StoreThread store;
        server::Listener listener;
        std::thread thread;
    };
    RecordId make(const catalog::Kind& kind,
                  std::initializer_list<std::pair<std::string_view, Value>> given);

    Folder folder_;
    SystemClock clock_;
    crypto::SystemRandom random_;
    NullLog log_;
    std::unique_ptr<server::Store> store_;
    std::unique_ptr<server::Office> office_;
    std::optional<server::OfficeKeys> keys_;
    server::BatchCache batches_;
    std::unique_ptr<Threads> threads_;
    RecordId department_;
    RecordId region_;
    RecordId user_;
    int devices_ = 0;
};

class BenchLaptop {
  public:
    /// Of the office's first salesperson, or of this one.
    explicit BenchLaptop(BenchOffice& office) : BenchLaptop(office, office.user()) {}
    BenchLaptop(BenchOffice& office, const UserId& user);
    client::Report sync(std::uint16_t port);
    /// The same over a wire that may be cut.
    Result<client::Report> try_sync(std::uint16_t port);
    client::Store& store() { return *store_; }
    client::Intake& intake() { return *intake_; }
    crypto::Ids& ids() { return ids_; }

  private:
    Folder folder_;
    SystemClock clock_;
    crypto::SystemRandom random_;
    crypto::Ids ids_{clock_, random_};
    NullLog log_;
    std::unique_ptr<client::Store> store_;
    std::unique_ptr<client::Intake> intake_;
};

/// Stops the benchmark with the reason when a step that must succeed did not.
template <class T>
T sure(Result<T> result) {
    if (!result) {
        std::fprintf(stderr, "benchmark stopped: %s\n", describe(result.error(), Lang::En).c_str());
        std::exit(1);
    }
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

/// Milliseconds of `work` by the wall.
template <class Work>
double wall_ms(Work work) {
    const auto from = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - from)
        .count();
}

}  // namespace dossier::bench
