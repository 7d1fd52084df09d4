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
        Jobs jobs;
        {
            std::unique_lock lock(mutex_);
            wake_.wait(lock, [this] { return stopping_ || !is_idle(); });
            if (is_idle()) return;
            jobs = next_group();
        }
        run_looks();
        if (!jobs.empty()) run_group(jobs);
    }
}

bool StoreThread::is_idle() const {
    return waiting_.empty() && looks_.empty() && new_.empty();
}

StoreThread::Jobs StoreThread::next_group() {
    Jobs group;
    group.swap(waiting_);
    const std::size_t places = group.empty() ? kNewTogether : 1;
    for (std::size_t i = 0; i < places && !new_.empty(); ++i) {
        group.push_back(std::move(new_.front()));
        new_.pop_front();
    }
    return group;
}

void StoreThread::run_looks() {
    Jobs looks;
    {
        const std::lock_guard lock(mutex_);
        looks.swap(looks_);
    }
    for (const auto& look : looks) {
        try {
            look->work();
        } catch (...) {
            look->failure = std::current_exception();
        }
        auto done = std::move(look->done);
        done();
    }
}

void StoreThread::run_group(const Jobs& jobs) {
    try {
        commit_group(jobs);
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

void StoreThread::commit_group(const Jobs& jobs) {
    Unit unit(store_);
    for (const auto& job : jobs) {
        run_looks();
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
}

}  // namespace dossier::server
