#include "client/app/agent.hpp"

#include <algorithm>
#include <ctime>

#include "protocol/invite_code.hpp"

#include "client/faults.hpp"
#include "client/sync/reach.hpp"

namespace dossier::client {
namespace {

constexpr std::chrono::milliseconds kWatchedEvery{1'000};
/// More than the machine's clock and its running time drift apart in a second by themselves.
constexpr std::int64_t kAsleepMs = 5'000;
/// While something waits for an office that was not reached.
constexpr std::chrono::milliseconds kProbeLimit{3'000};
/// Milliseconds the machine has slept since it was started.
std::int64_t slept_ms() {
    timespec boot{};
    timespec running{};
    ::clock_gettime(CLOCK_BOOTTIME, &boot);
    ::clock_gettime(CLOCK_MONOTONIC, &running);
    return (boot.tv_sec - running.tv_sec) * 1000 + (boot.tv_nsec - running.tv_nsec) / 1'000'000;
}

action::Outcome refused(const Error& error, Lang lang) {
    action::Outcome outcome{.answer = action::Answer(lang)};
    action::refuse(outcome, error);
    return outcome;
}

bool is_sync(const Order& order) {
    return order.action != nullptr && action::name_of(*order.action) == "sync";
}

/// Whether the office was spoken with, whatever it then said.
bool was_reached(const action::Outcome& outcome) {
    if (!outcome.refusal) return true;
    const auto code = outcome.refusal->error;
    return code != ErrorCode::Unreachable && code != ErrorCode::TimedOut;
}

}  // namespace

Agent::Opened::Opened(std::unique_ptr<Store> open, Agent& agent)
    : store(std::move(open)),
      intake(*store, agent.clock_),
      ids(agent.clock_, agent.random_),
      laptop{.store = *store,
             .intake = intake,
             .ids = ids,
             .clock = agent.clock_,
             .random = agent.random_,
             .folder = agent.options_.folder,
             .turns = &agent.turns_,
             .is_wanted = [&agent] { return agent.is_wanted_.load(); },
             .open_to_office = [&agent](const vault::PublicKey& office) -> Status {
                 if (!agent.how_) return {};
                 auto added =
                     vault::add_recovery_slot(paths_in(agent.options_.folder), *agent.how_, office);
                 if (added) agent.how_.reset();
                 return added;
             }} {}

Agent::Agent(AgentOptions options, const Clock& clock, crypto::Random& random, Log& log)
    : options_(std::move(options)),
      clock_(clock),
      random_(random),
      log_(log),
      attempts_(options_.folder, clock_) {
    note_work();
}

Agent::~Agent() {
    end();
}

Status Agent::open(vault::Unlock how) {
    if (auto taken = take(open_home(options_.folder, how, random_)); !taken) return taken;
    const std::unique_lock held(open_mutex_);
    const auto turn = Turn(turns_);
    if (opened_ && !opened_->store->meta.identity()) how_ = std::move(how);
    return {};
}

Status Agent::take(Result<std::unique_ptr<Store>> store) {
    if (!store) return pass(store);
    {
        const std::unique_lock held(open_mutex_);
        opened_ = std::make_unique<Opened>(std::move(*store), *this);
        is_wanted_ = true;
    }
    note_work();
    look_again();
    options_.on_change(true);
    return {};
}

void Agent::begin() {
    watcher_ = std::thread([this] { watch(); });
    syncer_ = std::thread([this] { sync_when_due(); });
}

void Agent::end() {
    {
        const std::lock_guard lock(wait_mutex_);
        is_ending_ = true;
    }
    is_wanted_ = false;
    woken_.notify_all();
    if (watcher_.joinable()) watcher_.join();
    if (syncer_.joinable()) syncer_.join();
    close();
}

bool Agent::wait(std::chrono::milliseconds span) {
    std::unique_lock lock(wait_mutex_);
    woken_.wait_for(lock, span, [this] { return is_ending_; });
    return !is_ending_;
}

// ---- the store ------------------------------------------------------------------------------

VaultIs Agent::vault() {
    const std::shared_lock held(open_mutex_);
    if (opened_) return VaultIs::Open;
    return is_home(options_.folder) ? VaultIs::Locked : VaultIs::None;
}

Status Agent::try_passphrase(const std::function<Status()>& attempt) {
    const std::lock_guard one(passphrase_mutex_);
    const auto wait_ms = attempts_.wait_ms();
    if (wait_ms > 0) return fail(kAgentWait, std::to_string((wait_ms + 999) / 1000));
    auto done = attempt();
    if (done) attempts_.was_right();
    if (!done && done.error().is(vault::kWrongPassphrase)) attempts_.was_wrong();
    return done;
}

Status Agent::make_vault(std::string passphrase) {
    auto how = passphrase_of(std::move(passphrase));
    if (!how) return pass(how);
    const std::lock_guard one(passphrase_mutex_);
    if (auto made = make_home(options_.folder, *how, random_); !made) return made;
    return open(std::move(*how));
}

Status Agent::unlock(std::string passphrase) {
    auto how = passphrase_of(std::move(passphrase));
    // What is too short to be a passphrase is a wrong one.
    if (!how) return try_passphrase([]() -> Status { return fail(vault::kWrongPassphrase); });
    return try_passphrase([&]() -> Status {
        if (vault() == VaultIs::Open) {
            auto key = vault::unlock(paths_in(options_.folder), *how);
            if (!key) return pass(key);
            note_work();
            return {};
        }
        return open(std::move(*how));
    });
}

Status Agent::change_passphrase(std::string now, std::string next) {
    const auto fresh = passphrase_of(std::move(next));
    if (!fresh) return tl::unexpected(fresh.error());
    const auto how = passphrase_of(std::move(now));
    if (!how) return try_passphrase([]() -> Status { return fail(vault::kWrongPassphrase); });
    return try_passphrase(
        [&] { return vault::add_slot(paths_in(options_.folder), *how, *fresh, random_); });
}

void Agent::lock() {
    close();
    options_.on_change(false);
}

void Agent::close() {
    is_wanted_ = false;
    const std::unique_lock held(open_mutex_);
    if (!opened_) return;
    bool is_wiped = false;
    {
        const auto turn = Turn(turns_);
        is_wiped = opened_->store->lease.lock(clock_.now()) == Lock::Wiped;
    }
    opened_.reset();
    how_.reset();
    const std::lock_guard lock(told_mutex_);
    told_.standing = action::Json::object();
    told_.last_sync.reset();
    told_.progress.reset();
    // The office knows: keys first, then what they opened.
    if (is_wiped) destroy_home(options_.folder);
}

// ---- actions --------------------------------------------------------------------------------

void Agent::note_work() {
    const std::lock_guard lock(told_mutex_);
    worked_at_ticks_ = clock_.ticks_ms();
}

action::Outcome Agent::perform_open(const Order& order) {
    const std::shared_lock held(open_mutex_);
    if (!opened_ && !is_home(options_.folder))
        return refused({&kNoVault, {options_.folder}}, order.lang);
    if (!opened_ || !is_wanted_) return refused({&kAgentLocked, {}}, order.lang);
    return perform(order, opened_->laptop);
}

action::Outcome Agent::carry_out(const Order& order, AskedBy by) {
    if (by == AskedBy::Person) note_work();
    if (is_sync(order)) return sync(order, true);
    auto outcome = perform_open(order);
    const bool changes = order.action != nullptr && order.action->needs != Needs::Reading;
    if (!changes) return outcome;
    {
        const std::lock_guard lock(told_mutex_);
        facts_.last_saved = clock_.now();
    }
    look_again();
    options_.on_change(true);
    return outcome;
}

/// One session at a time: who asks meanwhile gets what that one comes to.
action::Outcome Agent::sync(const Order& order, bool is_asked) {
    std::unique_lock lock(sync_mutex_);
    if (is_syncing_) {
        const auto number = syncs_;
        sync_ended_.wait(lock, [&] { return syncs_ != number; });
        return said(last_sync_, order.lang);
    }
    is_syncing_ = true;
    lock.unlock();
    LastSync last;
    auto outcome = sync_once(order, is_asked, last);
    lock.lock();
    is_syncing_ = false;
    ++syncs_;
    last_sync_ = std::move(last);
    sync_ended_.notify_all();
    return outcome;
}

action::Outcome Agent::said(const LastSync& last, Lang lang) {
    action::Outcome outcome{.answer = action::Answer(lang), .code = last.code};
    if (last.tell) last.tell(outcome.answer);
    if (last.error) action::refuse(outcome, *last.error);
    return outcome;
}

action::Outcome Agent::sync_once(const Order& order, bool is_asked, LastSync& last) {
    const auto before = facts();
    {
        const std::lock_guard lock(told_mutex_);
        facts_.last_tried = clock_.now();
        told_.progress = {{"phase", ""}, {"sent", 0}, {"received", 0}, {"bytes", 0}};
    }
    options_.on_change(false);
    Order watched = order;
    watched.exchange.on_progress = [&](const Progress& progress) {
        {
            const std::lock_guard lock(told_mutex_);
            told_.progress = {{"phase", progress.code},
                              {"sent", progress.sent},
                              {"received", progress.received},
                              {"bytes", progress.bytes}};
        }
        options_.on_change(false);
        if (order.exchange.on_progress) order.exchange.on_progress(progress);
    };
    watched.exchange.on_told = [&](Tell tell) { last.tell = std::move(tell); };
    auto outcome = perform_open(watched);
    last.code = outcome.code;
    if (outcome.refusal) last.error = outcome.refusal->whole;
    {
        const std::lock_guard lock(told_mutex_);
        told_.progress.reset();
        told_.was_tried = true;
        told_.is_reached = was_reached(outcome);
        told_.last_sync = last;
        facts_ = after_sync(facts_, before, !outcome.refusal, told_.is_reached, is_asked);
    }
    look_again();
    options_.on_change(true);
    log_.info("sync.ended", {{"code", std::to_string(outcome.code)}});
    bool is_wiped = false;
    {
        const std::lock_guard lock(told_mutex_);
        is_wiped = told_.is_wiped;
    }
    if (is_wiped) lock();
    return outcome;
}

// ---- by itself ------------------------------------------------------------------------------

void Agent::watch() {
    auto slept = slept_ms();
    while (wait(kWatchedEvery)) {
        const auto now_slept = slept_ms();
        const bool was_asleep = now_slept - slept > kAsleepMs;
        slept = now_slept;
        std::int64_t idle_ms = 0;
        bool is_syncing = false;
        {
            const std::lock_guard lock(told_mutex_);
            idle_ms = clock_.ticks_ms() - worked_at_ticks_;
            is_syncing = told_.progress.has_value();
        }
        const bool is_idle = idle_ms > options_.idle_limit.count() && !is_syncing;
        if ((was_asleep || is_idle) && vault() == VaultIs::Open) {
            log_.info("vault.locked", {{"why", was_asleep ? "sleep" : "idle"}});
            lock();
            continue;
        }
        index_some();
    }
}

/// A transaction of indexing at a time: people work in between.
void Agent::index_some() {
    bool any = false;
    while (is_wanted_) {
        const std::shared_lock held(open_mutex_);
        if (!opened_) return;
        const auto turn = Turn(turns_);
        try {
            if (opened_->store->search.catch_up_some() == 0) break;
        } catch (const std::exception& failure) {
            log_.error("index.failed", {{"why", failure.what()}});
            break;
        }
        any = true;
    }
    if (!any) return;
    look_again();
    options_.on_change(false);
}

void Agent::sync_when_due() {
    static const Action& kSync = *find_action("sync");
    while (wait(kWatchedEvery)) {
        if (vault() != VaultIs::Open) continue;
        const auto now = clock_.now();
        const auto known = facts();
        const auto next = next_sync(known, now);
        if (!next || (*next > now && !is_office_back(known, now))) continue;
        Lang lang = Lang::Zh;
        {
            const std::lock_guard lock(told_mutex_);
            lang = lang_;
        }
        sync({.action = &kSync, .lang = lang}, false);
    }
}

/// Asked only where nobody answered last: an office that is there and refuses is not pressed.
bool Agent::is_office_back(const SyncFacts& known, Instant now) {
    const auto due = next_probe(known, now);
    if (!due || *due > now) return false;
    std::string server;
    {
        const std::lock_guard lock(told_mutex_);
        server = told_.standing.value("server", std::string());
    }
    const auto address = protocol::parse_address(server);
    const bool is_there = address && port_answers(*address, kProbeLimit);
    const std::lock_guard lock(told_mutex_);
    facts_.last_probed = clock_.now();
    facts_.probes = after_probe(facts_.probes, is_there);
    return facts_.probes == Probes::Answered;
}

}  // namespace dossier::client
