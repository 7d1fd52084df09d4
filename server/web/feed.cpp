#include "server/web/feed.hpp"

#include <algorithm>

#include <asio/awaitable.hpp>
#include <asio/co_spawn.hpp>
#include <asio/detached.hpp>
#include <asio/redirect_error.hpp>
#include <asio/use_awaitable.hpp>

namespace dossier::server {
namespace {

using action::Json;

/// What ends by itself (a deadline, a right) is counted anew so often, though nothing was changed.
constexpr std::chrono::seconds kRecountedEvery{60};

http::Event event_of(std::string name, const Json& data) {
    return {.name = std::move(name),
            .data = data.dump(-1, ' ', false, Json::error_handler_t::replace)};
}

http::Event event_of(const Counts& counts) {
    return event_of("counts", {{"cases", counts.cases},
                               {"proposals", counts.proposals},
                               {"approvals", counts.approvals},
                               {"tasks", counts.tasks},
                               {"notifications", counts.notifications},
                               {"late", counts.late}});
}

http::Event event_of(const SyncStep& step) {
    return event_of("sync", {{"session", step.session},
                             {"device", step.device},
                             {"user", step.user},
                             {"phase", step.phase},
                             {"changesets", step.changesets},
                             {"cases", step.cases},
                             {"proposals", step.proposals},
                             {"sent", step.facets_sent}});
}

http::Event event_of(const ChangedRecord& changed) {
    const auto* kind = catalog::find_kind(changed.place.kind);
    return event_of("changed", {{"kind", kind == nullptr ? "" : kind->name},
                                {"id", to_text(changed.place.record)}});
}

}  // namespace

void Feed::join(Page page, const asio::any_io_executor& loop) {
    if (is_stopping_) return page.events->end();
    auto* events = page.events.get();
    events->on_gone([this, events] {
        std::erase_if(pages_, [&](const Page& each) { return each.events.get() == events; });
    });
    pages_.push_back(std::move(page));
    if (!wait_) wait_ = std::make_unique<asio::steady_timer>(loop);
    wait_->cancel();  // the new one is told at once
    if (is_running_) return;
    is_running_ = true;
    asio::co_spawn(loop, run(), [this](const std::exception_ptr&) {
        // What a page is not told it reads when it is loaded again.
        is_running_ = false;
        const auto pages = std::exchange(pages_, {});
        for (const Page& each : pages) each.events->end();
    });
}

void Feed::stop() {
    is_stopping_ = true;
    if (wait_) wait_->cancel();
    const auto pages = std::exchange(pages_, {});
    for (const Page& each : pages) each.events->end();
}

asio::awaitable<void> Feed::run() {
    while (!pages_.empty() && !is_stopping_) {
        const auto pages = pages_;
        const auto began = clock_.ticks_ms();
        auto work = [this, &pages]() -> asio::awaitable<std::vector<Told>> {
            co_return read(pages);
        };
        auto reading = work();
        auto told = co_await asio::co_spawn(pool_, std::move(reading), asio::use_awaitable);
        if (is_stopping_) break;
        const std::chrono::milliseconds took(clock_.ticks_ms() - began);
        deliver(pages, std::move(told));
        std::error_code woken;
        wait_->expires_after(std::max(kToldEvery, took * kToldShare));
        co_await wait_->async_wait(asio::redirect_error(asio::use_awaitable, woken));
    }
}

void Feed::deliver(const std::vector<Page>& pages, std::vector<Told> told) {
    for (std::size_t at = 0; at < pages.size(); ++at) {
        const auto& events = pages[at].events;
        if (told[at].is_over) {
            // By what the page asks next it is told why.
            events->post(event_of("over", Json::object()));
            events->end();
            std::erase_if(pages_, [&](const Page& each) { return each.events == events; });
            continue;
        }
        for (const auto& event : told[at].events) events->post(event);
        const auto page =
            std::ranges::find_if(pages_, [&](const Page& each) { return each.events == events; });
        if (page != pages_.end() && told[at].counts) page->told = told[at].counts;
    }
}

std::vector<Feed::Told> Feed::read(const std::vector<Page>& pages) {
    auto here = place_();
    if (!reader_) reader_ = std::make_unique<NewsReader>(here.office);
    News news;
    here.in_unit([&] {
        here.office.people().forget();
        news = reader_->read();
    });
    const auto now = clock_.ticks_ms();
    const bool recount = !news.is_none() ||
                         now - counted_at_ms_ > std::chrono::milliseconds(kRecountedEvery).count();
    if (recount) counted_at_ms_ = now;
    std::vector<Told> told;
    // A unit each: others come between.
    for (const Page& page : pages) {
        if (!here.is_wanted()) return std::vector<Told>(pages.size());
        here.in_unit([&] {
            here.office.people().forget();
            told.push_back(read_for(page, news, recount));
        });
    }
    return told;
}

Feed::Told Feed::read_for(const Page& page, const News& news, bool recount) {
    auto& office = reader_->office();
    if (!is_still_signed_in(office, page.token)) return {.is_over = true};
    Told told;
    if (recount || !page.told) {
        told.counts = counts_of(office, page.user);
        if (told.counts != page.told) told.events.push_back(event_of(*told.counts));
    }
    for (const ChangedRecord& changed : news.changed) {
        if (knows_of(office, page.user, changed)) told.events.push_back(event_of(changed));
    }
    if (news.much_changed)
        told.events.push_back(event_of("changed", {{"kind", "*"}, {"id", Json()}}));
    if (news.syncs.empty() || !knows_of_syncs(office, page.user)) return told;
    for (const SyncStep& step : news.syncs) told.events.push_back(event_of(step));
    return told;
}

}  // namespace dossier::server
