// The one thread that touches the store, and the crossing to it. What waits at the same time is
// done in one unit of work and committed once (group commit): nobody hears of success before the
// commit. Source: style 3 "Threads".
#pragma once

#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <type_traits>
#include <utility>
#include <variant>

#include <asio/awaitable.hpp>

#include "server/store/store.hpp"

namespace dossier::server {

/// Whose command it is that a thread waits for.
enum class Turn : std::uint8_t {
    Urgent,   ///< ahead of everything but looks: what stops somebody
    Command,  ///< one between two groups of sync work, in a unit of its own
};

class StoreThread {
  public:
    /// `store` must outlive it and is used by nobody else meanwhile.
    explicit StoreThread(Store& store);
    StoreThread(const StoreThread&) = delete;
    StoreThread& operator=(const StoreThread&) = delete;
    /// Finishes what waits.
    ~StoreThread();

    /// Runs `work` on the store's thread inside a unit of work; its result after the commit. The
    /// coroutine goes on on its own executor. What `work` throws is thrown here and undoes only
    /// its own step; a failed commit is thrown to everybody whose work was in it.
    /// Give `work` a name before the co_await: g++ 12 destroys the captures of a temporary twice.
    template <class Work>
    asio::awaitable<std::invoke_result_t<Work&>> run(Work&& work);

    /// Runs `work`, which only reads, ahead of what waits: between two pieces of work, answered at
    /// once. It may see what a unit under way has not committed yet.
    template <class Work>
    asio::awaitable<std::invoke_result_t<Work&>> look(Work&& work);

    /// `run` for the first work of somebody new. Whoever has begun goes ahead, so that a crowd is
    /// served one after another instead of all at once; every group takes one of them at least.
    template <class Work>
    asio::awaitable<std::invoke_result_t<Work&>> begin(Work&& work);

    /// `run` for callers without a loop: blocks. Never from the store's thread or a coroutine.
    template <class Work>
    std::invoke_result_t<Work&> run_and_wait(Work work, Turn turn = Turn::Command);

    /// Inside a command's work: commits what it did so far and lets those go on who wait, so that
    /// reading a whole office keeps nobody waiting. What others changed is seen afterwards.
    /// Does nothing while nobody waits, and in any other work.
    void give_way();
    /// Whether somebody urgent waits. Any thread.
    [[nodiscard]] bool is_urgent_waiting();

  private:
    struct Job {
        virtual ~Job() = default;
        virtual void work() = 0;
        std::exception_ptr failure;
        std::function<void()> done;  ///< called on the store's thread after the commit
    };
    template <class Work>
    struct JobOf;
    using Jobs = std::deque<std::shared_ptr<Job>>;

    template <class Work>
    asio::awaitable<std::invoke_result_t<Work&>> result_of(std::shared_ptr<JobOf<Work>> job,
                                                           Jobs& queue);
    asio::awaitable<void> finish(std::shared_ptr<Job> job, Jobs& queue);
    void submit(std::shared_ptr<Job> job, Jobs& queue);
    void loop();
    [[nodiscard]] bool is_idle() const;
    [[nodiscard]] bool do_others_wait();
    /// Looks, then what is urgent, then one group of sync work.
    void serve_others();
    Jobs next_group();
    Jobs taken(Jobs& queue);
    void run_looks();
    void run_urgent();
    void run_group(Jobs jobs);
    void run_command();
    /// One unit of work for all; throws when the store did not take it. Ends early for an urgent
    /// one: those not reached wait again, ahead of the others. The number of those done.
    std::size_t commit_group(const Jobs& jobs);

    Store& store_;
    std::mutex mutex_;
    std::condition_variable wake_;
    Jobs waiting_;
    Jobs looks_;  ///< go first
    Jobs new_;    ///< go last
    Jobs urgent_;
    Jobs commands_;
    std::optional<Unit> command_;  ///< unit of the command under way; of the store's thread alone
    bool stopping_ = false;
    std::thread thread_;  // last: starts when everything above is there
};

template <class Work>
struct StoreThread::JobOf final : Job {
    using Made = std::invoke_result_t<Work&>;
    using Kept = std::conditional_t<std::is_void_v<Made>, std::monostate, Made>;

    explicit JobOf(Work given) : todo(std::move(given)) {}
    void work() override {
        if constexpr (std::is_void_v<Made>) {
            todo();
        } else {
            made.emplace(todo());
        }
    }
    Made take() {
        // Taken out of the job: the store's thread, which may drop the job last, has no part in it.
        if (failure) std::rethrow_exception(std::exchange(failure, nullptr));
        if constexpr (!std::is_void_v<Made>) return std::move(*made);
    }

    Work todo;
    std::optional<Kept> made;
};

template <class Work>
asio::awaitable<std::invoke_result_t<Work&>> StoreThread::run(Work&& work) {
    static_assert(!std::is_reference_v<Work>, "move the work in");
    return result_of(std::make_shared<JobOf<Work>>(std::forward<Work>(work)), waiting_);
}

template <class Work>
asio::awaitable<std::invoke_result_t<Work&>> StoreThread::look(Work&& work) {
    static_assert(!std::is_reference_v<Work>, "move the work in");
    return result_of(std::make_shared<JobOf<Work>>(std::forward<Work>(work)), looks_);
}

template <class Work>
asio::awaitable<std::invoke_result_t<Work&>> StoreThread::begin(Work&& work) {
    static_assert(!std::is_reference_v<Work>, "move the work in");
    return result_of(std::make_shared<JobOf<Work>>(std::forward<Work>(work)), new_);
}

template <class Work>
asio::awaitable<std::invoke_result_t<Work&>> StoreThread::result_of(
    std::shared_ptr<JobOf<Work>> job, Jobs& queue) {
    co_await finish(job, queue);
    co_return job->take();
}

template <class Work>
std::invoke_result_t<Work&> StoreThread::run_and_wait(Work work, Turn turn) {
    auto job = std::make_shared<JobOf<Work>>(std::forward<Work>(work));
    std::mutex mutex;
    std::condition_variable answered;
    bool is_done = false;
    job->done = [&] {
        // Notified while locked: the waiter's stack is gone as soon as it may go on.
        const std::lock_guard lock(mutex);
        is_done = true;
        answered.notify_one();
    };
    submit(job, turn == Turn::Urgent ? urgent_ : commands_);
    std::unique_lock lock(mutex);
    answered.wait(lock, [&] { return is_done; });
    return job->take();
}

}  // namespace dossier::server
