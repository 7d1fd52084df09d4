// The laptop at work for a person: keeps the store open while it is unlocked, carries out what the
// page and the commands ask for, syncs by itself, and locks when nobody is there. Composes what the
// other folders bring.
#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <thread>

#include "common/base/log.hpp"

#include "client/actions/home.hpp"
#include "client/actions/standing.hpp"
#include "client/app/attempts.hpp"
#include "client/app/sync_plan.hpp"
#include "client/web/keeper.hpp"

namespace dossier::client {

struct AgentOptions {
    std::string folder;
    std::chrono::milliseconds idle_limit = std::chrono::minutes(kIdleMinutes);
    /// Told whenever the state may be another, and with `true` when records changed. Any thread;
    /// must not ask the agent.
    std::function<void(bool records)> on_change = [](bool) {};
};

class Agent final : public Keeper {
  public:
    /// `clock`, `random` and `log` outlive it.
    Agent(AgentOptions options, const Clock& clock, crypto::Random& random, Log& log);
    ~Agent() override;

    /// Opens the store in this way from the start: for scripts and key files. Errors: those of
    /// `open_home`.
    Status open(vault::Unlock how);
    /// From now on it watches itself: idle time, sleep of the machine, the next sync.
    void begin();
    /// Cuts what goes on and closes the store.
    void end();

    VaultIs vault() override;
    action::Json state(Lang lang) override;
    action::Outcome carry_out(const Order& order, AskedBy by) override;
    Status make_vault(std::string passphrase) override;
    Status unlock(std::string passphrase) override;
    Status change_passphrase(std::string now, std::string next) override;
    void lock() override;

  private:
    /// The store while it is open.
    struct Opened {
        Opened(std::unique_ptr<Store> open, Agent& agent);
        std::unique_ptr<Store> store;
        Intake intake;
        crypto::Ids ids;
        Laptop laptop;
    };
    /// How a sync ended.
    struct LastSync {
        int code = 0;
        std::optional<Error> error = {};
        Tell tell = {};
    };
    static action::Outcome said(const LastSync& last, Lang lang);
    /// What is known without asking the store, and stays known while it is locked.
    struct Told {
        SyncCounts counts;
        action::Json standing = action::Json::object();
        std::optional<Error> lock;  ///< why nothing may be read
        bool is_indexing = false;
        bool is_wiped = false;  ///< the office has heard that everything is gone
        std::optional<action::Json> progress;
        /// What the last sync came to, to be said in the language of who asks.
        std::optional<LastSync> last_sync;
        bool is_reached = false;  ///< by the last attempt
        bool was_tried = false;
    };

    Status take(Result<std::unique_ptr<Store>> store);
    Status try_passphrase(const std::function<Status()>& attempt);
    void close();
    /// `is_asked`: by a person, not by the plan.
    action::Outcome sync(const Order& order, bool is_asked);
    action::Outcome sync_once(const Order& order, bool is_asked, LastSync& last);
    action::Outcome perform_open(const Order& order);
    void look_again();
    void look_at(Store& store);
    void note_work();
    [[nodiscard]] SyncFacts facts();
    void watch();
    void index_some();
    void sync_when_due();
    [[nodiscard]] bool is_office_back(const SyncFacts& known, Instant now);
    [[nodiscard]] bool wait(std::chrono::milliseconds span);

    AgentOptions options_;
    const Clock& clock_;
    crypto::Random& random_;
    Log& log_;

    std::shared_mutex open_mutex_;  ///< shared while something is done with the store
    std::unique_ptr<Opened> opened_;
    std::mutex turns_;
    std::atomic<bool> is_wanted_{true};  ///< false while the store is being closed
    /// Until the laptop is enrolled: then the office gets a way to open the store, too.
    std::optional<vault::Unlock> how_;

    std::mutex told_mutex_;
    Told told_;
    SyncFacts facts_;
    Lang lang_ = Lang::Zh;  ///< of who asked last: what the laptop does by itself is told in it
    std::int64_t worked_at_ticks_ = 0;

    std::mutex passphrase_mutex_;  ///< one attempt at a time
    Attempts attempts_;

    std::mutex sync_mutex_;
    std::condition_variable sync_ended_;
    bool is_syncing_ = false;
    std::uint64_t syncs_ = 0;
    LastSync last_sync_;

    std::mutex wait_mutex_;
    std::condition_variable woken_;
    bool is_ending_ = false;
    std::thread watcher_;
    std::thread syncer_;
};

}  // namespace dossier::client
