// The thread on which the office's jobs run: it looks at the clock a few times a minute and runs
// what is due. What touches the store crosses to the store's thread.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "common/base/log.hpp"

#include "server/jobs/book.hpp"
#include "server/store/store_thread.hpp"

namespace dossier::server {

/// Often enough for what runs each minute; a machine that slept is noticed as soon.
inline constexpr std::chrono::seconds kJobsLooked{15};

class JobThread {
  public:
    /// All outlive it.
    JobThread(Office& office, StoreThread& store, Log& log);
    JobThread(const JobThread&) = delete;
    JobThread& operator=(const JobThread&) = delete;
    /// Waits for the job under way, after telling it to stop.
    ~JobThread();

    /// No job begins any more; one that can stop does. Any thread; returns at once.
    void stop();

  private:
    void loop();
    void look();
    void tell(const JobState& state);

    JobPlace place_;
    Log& log_;
    std::atomic<bool> stopping_{false};
    std::mutex mutex_;
    std::condition_variable wake_;
    std::thread thread_;  // last: starts when everything above is there
};

}  // namespace dossier::server
