#include "server/store/store_thread.hpp"

#include <asio/async_result.hpp>
#include <asio/executor_work_guard.hpp>
#include <asio/post.hpp>
#include <asio/use_awaitable.hpp>

namespace dossier::server {
namespace {

/// Of those who begin, as many share a commit when nobody else waits; few enough to be soon done.
constexpr std::size_t kNewTogether = 16;

}  // namespace

StoreThread::StoreThread(Store& store) : store_(store), thread_([this] { loop(); }) {}

StoreThread::~StoreThread() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_one();
    thread_.join();
}

asio::awaitable<void> StoreThread::finish(std::shared_ptr<Job> job, Jobs& queue) {
    auto begin = [this, job, &queue](auto handler) {
        auto guard = asio::make_work_guard(asio::get_associated_executor(handler));
        auto kept = std::make_shared<decltype(handler)>(std::move(handler));
        job->done = [guard, kept]() mutable {
            // The last reference goes with the posted part: the coroutine wakes, and may end, on
            // its own thread.
            asio::post(guard.get_executor(), [kept = std::move(kept)]() mutable {
                auto resume = std::move(*kept);
                kept.reset();
                std::move(resume)();
            });
        };
        submit(job, queue);
    };
    co_await asio::async_initiate<const asio::use_awaitable_t<>, void()>(std::move(begin),
                                                                         asio::use_awaitable);
}

void StoreThread::submit(std::shared_ptr<Job> job, Jobs& queue) {
    {
        const std::lock_guard lock(mutex_);
        queue.push_back(std::move(job));
    }
    wake_.notify_one();
}

void StoreThread::loop() {
    for (;;) {
        {
            std::unique_lock lock(mutex_);
            wake_.wait(lock, [this] { return stopping_ || !is_idle(); });
            if (is_idle()) return;
        }
        serve_others();
        run_urgent();  // who came meanwhile goes ahead of the command, too
        run_command();
    }
}

bool StoreThread::is_idle() const {
    return waiting_.empty() && looks_.empty() && new_.empty() && urgent_.empty() &&
           commands_.empty();
}

bool StoreThread::do_others_wait() {
    const std::lock_guard lock(mutex_);
    return !waiting_.empty() || !looks_.empty() || !new_.empty() || !urgent_.empty();
}

bool StoreThread::is_urgent_waiting() {
    const std::lock_guard lock(mutex_);
    return !urgent_.empty();
}

void StoreThread::serve_others() {
    run_looks();
    run_urgent();
    run_group(next_group());
}

void StoreThread::give_way() {
    if (!command_ || std::this_thread::get_id() != thread_.get_id() || !do_others_wait()) return;
    command_->commit();
    command_.reset();
    serve_others();
    command_.emplace(store_);
}

StoreThread::Jobs StoreThread::next_group() {
    const std::lock_guard lock(mutex_);
    Jobs group;
    group.swap(waiting_);
    const std::size_t places = group.empty() ? kNewTogether : 1;
    for (std::size_t i = 0; i < places && !new_.empty(); ++i) {
        group.push_back(std::move(new_.front()));
        new_.pop_front();
    }
    return group;
}

StoreThread::Jobs StoreThread::taken(Jobs& queue) {
    const std::lock_guard lock(mutex_);
    return std::exchange(queue, {});
}

void StoreThread::run_looks() {
    for (const auto& look : taken(looks_)) {
        try {
            look->work();
        } catch (...) {
            look->failure = std::current_exception();
        }
        auto done = std::move(look->done);
        done();
    }
}

void StoreThread::run_urgent() {
    // One after another: whoever waits to stop somebody waits for no second one's commit.
    for (auto& job : taken(urgent_)) run_group({std::move(job)});
}

void StoreThread::run_group(Jobs jobs) {
    if (jobs.empty()) return;
    try {
        const auto reached = commit_group(jobs);
        const auto rest = jobs.begin() + static_cast<std::ptrdiff_t>(reached);
        const std::lock_guard lock(mutex_);
        waiting_.insert(waiting_.begin(), rest, jobs.end());
        jobs.erase(rest, jobs.end());
    } catch (...) {
        // Nothing of the group was kept, so nobody may believe that his part was.
        for (const auto& job : jobs) {
            if (!job->failure) job->failure = std::current_exception();
        }
    }
    for (const auto& job : jobs) {
        auto done = std::move(job->done);
        done();
    }
}

std::size_t StoreThread::commit_group(const Jobs& jobs) {
    Unit unit(store_);
    std::size_t reached = 0;
    for (const auto& job : jobs) {
        run_looks();
        if (reached > 0 && is_urgent_waiting()) break;
        ++reached;
        store_.mark();
        try {
            job->work();
        } catch (...) {
            job->failure = std::current_exception();
            store_.rollback_to_mark();
            continue;
        }
        store_.release_mark();
    }
    unit.commit();
    return reached;
}

void StoreThread::run_command() {
    std::shared_ptr<Job> job;
    {
        const std::lock_guard lock(mutex_);
        if (commands_.empty()) return;
        job = std::move(commands_.front());
        commands_.pop_front();
    }
    try {
        command_.emplace(store_);
        job->work();
        command_->commit();
    } catch (...) {
        job->failure = std::current_exception();
    }
    command_.reset();
    auto done = std::move(job->done);
    done();
}

}  // namespace dossier::server
