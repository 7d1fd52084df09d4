// The streams of the open pages: each is told how much waits for its person, which records he may
// know of were changed and which laptops sync. Looked after on the loop; what is read of the office
// is read on a thread of its own, at most a twentieth of the time.
#pragma once

#include <asio/any_io_executor.hpp>
#include <asio/steady_timer.hpp>
#include <asio/thread_pool.hpp>

#include "common/http/events.hpp"

#include "server/actions/news.hpp"

namespace dossier::server {

/// Pages hear of what happens after this long, or later where much is to be read.
inline constexpr std::chrono::milliseconds kToldEvery{2'000};
/// Reading for them takes no greater part of the time than one in this.
inline constexpr int kToldShare = 20;

/// The loop's thread, but for what is said otherwise.
class Feed {
  public:
    struct Page {
        std::shared_ptr<http::Events> events;
        std::string token;  ///< of who is signed in there
        UserId user;
        std::optional<Counts> told = {};
    };

    /// `place` makes the office as the pool's thread finds it.
    Feed(std::function<Workplace()> place, const Clock& clock, asio::thread_pool& pool)
        : place_(std::move(place)), clock_(clock), pool_(pool) {}
    Feed(const Feed&) = delete;
    Feed& operator=(const Feed&) = delete;
    ~Feed() = default;

    void join(Page page, const asio::any_io_executor& loop);
    void stop();
    [[nodiscard]] std::size_t pages() const { return pages_.size(); }

  private:
    struct Told {
        bool is_over = false;
        std::optional<Counts> counts = {};
        std::vector<http::Event> events = {};
    };
    asio::awaitable<void> run();
    void deliver(const std::vector<Page>& pages, std::vector<Told> told);
    // On the pool's thread.
    std::vector<Told> read(const std::vector<Page>& pages);
    Told read_for(const Page& page, const News& news, bool recount);

    std::function<Workplace()> place_;
    const Clock& clock_;
    asio::thread_pool& pool_;
    std::vector<Page> pages_;
    std::unique_ptr<asio::steady_timer> wait_;
    bool is_running_ = false;
    bool is_stopping_ = false;
    // Of the pool's thread.
    std::unique_ptr<NewsReader> reader_;
    std::int64_t counted_at_ms_ = 0;
};

}  // namespace dossier::server
