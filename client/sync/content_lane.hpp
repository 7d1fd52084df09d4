// A laptop's side of the attachments' lane: brings what was added here, fetches what belongs here,
// the smallest first, so that a large content waits for the small ones and never the other way
// round. Every chunk received is kept; a cut costs the one under way. What may not be read here any
// more is brought as it lies here: sealed. Source: SPEC.md 10.6.
#pragma once

#include <deque>
#include <set>
#include <vector>

#include "common/base/log.hpp"
#include "common/base/result.hpp"
#include "common/time/clock.hpp"

#include "protocol/messages.hpp"

#include "client/store/store.hpp"
#include "client/sync/report.hpp"

namespace dossier::client {

class ContentLane {
  public:
    using Messages = std::vector<protocol::Message>;

    ContentLane(Store& store, const Clock& clock, Log& log, Report& report)
        : store_(store), clock_(clock), log_(log), report_(report) {}

    /// Whether there is anything to say to an office of this schema: contents to bring or to
    /// fetch, or its key to ask for.
    bool is_needed(std::uint32_t office_schema);
    /// What to say first; after `is_needed`.
    Messages start();
    /// The same with what was added here alone, for an office that gives nothing to this laptop.
    Messages start_bringing();
    /// What to say in answer; nothing when the lane is done. Errors: sync.unexpected.
    Result<Messages> on(const protocol::Have& message);
    Result<Messages> on(const protocol::Chunk& message);
    /// Everything was brought, fetched or left for another time.
    [[nodiscard]] bool is_done() const { return started_ && jobs_.empty(); }

  private:
    /// One content on its way; in the order of `size`.
    struct Job {
        RecordId record;
        content::ContentId id{};
        std::uint64_t size = 0;
        bool brings = false;
        protocol::ContentState state = protocol::ContentState::Unknown;
        Bytes detail;
        std::size_t had = 0;  ///< chunks here when more were asked for last
    };

    void plan();
    void plan_uploads();
    Messages step();
    Messages next_round();
    Messages bring(const Job& job);
    Messages fetch(Job& job);
    /// The job is over for this session.
    void put_aside(const Job& job);
    void brought(const Job& job);
    Status received();
    std::size_t chunks_here(const Job& job);
    /// All chunks are here: the content is whole, or damaged and dropped.
    void complete(const Job& job);

    Store& store_;
    const Clock& clock_;
    Log& log_;
    Report& report_;
    bool started_ = false;
    bool answered_ = false;  ///< the office answered the Bring
    bool brings_only_ = false;
    std::deque<Job> jobs_;
    std::set<RecordId> tried_;  ///< in this session, by now
};

}  // namespace dossier::client
