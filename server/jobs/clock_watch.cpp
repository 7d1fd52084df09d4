#include "server/jobs/clock_watch.hpp"

#include <string>

#include "common/merge/stamp.hpp"

namespace dossier::server {
namespace {

constexpr std::chrono::minutes kTimeKept{10};
/// No wait between two looks is as long.
constexpr std::chrono::hours kLeap{1};

}  // namespace

ClockWatch::ClockWatch(Office& office)
    : office_(office), looked_at_(office.now()), ticks_ms_(office.clock().ticks_ms()) {}

std::vector<ClockNews> ClockWatch::look() {
    const auto& clock = office_.clock();
    const Instant now = clock.now();
    const std::int64_t ticks_ms = clock.ticks_ms();
    const Instant expected = looked_at_.plus(std::chrono::milliseconds(ticks_ms - ticks_ms_));
    looked_at_ = now;
    ticks_ms_ = ticks_ms;
    std::vector<ClockNews> news;
    if (const auto leapt = merge::age(expected, now); leapt > kLeap)
        news.push_back({"ahead", leapt});
    const bool in_doubt = clock.is_in_doubt();
    if (in_doubt && !in_doubt_) news.push_back({"behind", clock.behind()});
    if (!in_doubt && in_doubt_) news.push_back({"right"});
    in_doubt_ = in_doubt;
    for (const ClockNews& each : news) note(each);
    if (now >= kept_at_.plus(kTimeKept) || now < kept_at_) {
        keep_time(office_.store(), now);
        kept_at_ = now;
    }
    return news;
}

void ClockWatch::note(const ClockNews& news) {
    AuditLine line;
    line.at = looked_at_;
    line.action = "clock";
    line.entity = "office";
    line.result = news.what;
    line.detail = std::to_string(news.by.count());
    office_.store().append_audit(std::move(line));
}

}  // namespace dossier::server
