#include "client/sync/content_lane.hpp"

#include <algorithm>
#include <bit>

#include "common/base/plant.hpp"
#include "common/catalog/document.hpp"

#include "protocol/limits.hpp"

#include "client/faults.hpp"

namespace dossier::client {
namespace {

using protocol::ContentState;

/// The schema that brought attachments.
constexpr std::uint32_t kFirstSchema = 2;
/// Chunks sent before the office is asked to answer.
constexpr std::size_t kChunksAtOnce = 16;
constexpr std::string_view kPhase = "attachments";

bool is_set(ByteView bits, std::uint32_t at) {
    return at / 8 < bits.size() && (bits[at / 8] >> (at % 8) & 1U) != 0;
}

std::size_t count_set(ByteView bits) {
    std::size_t count = 0;
    for (const std::uint8_t byte : bits) count += static_cast<std::size_t>(std::popcount(byte));
    return count;
}

}  // namespace

bool ContentLane::is_needed(std::uint32_t office_schema) {
    if (office_schema < kFirstSchema) return false;
    plan();
    return !jobs_.empty() || !store_.meta.bytes(kContentKeyMeta);
}

void ContentLane::plan_uploads() {
    jobs_.clear();
    answered_ = false;
    const std::size_t most = protocol::kOfferedMax;
    for (const Upload& each : store_.attachments.uploads(most + tried_.size())) {
        if (tried_.contains(each.record) || jobs_.size() == most) continue;
        jobs_.push_back(
            {.record = each.record, .id = each.held.id, .size = each.held.size, .brings = true});
    }
}

void ContentLane::plan() {
    plan_uploads();
    auto& attachments = store_.attachments;
    sqlite::Transaction tx(store_.connection());
    const std::size_t most = jobs_.size() + protocol::kWantedMax;
    for (const Missing& each : attachments.missing(protocol::kWantedMax + tried_.size())) {
        if (tried_.contains(each.record) || jobs_.size() == most) continue;
        // The same paper at another place is here already.
        if (attachments.contents.whole(each.id))
            attachments.contents.share(each.record, each.id, {{}, clock_.now()});
        else if (!is_planted(Plant::ContentForgotten))
            jobs_.push_back({.record = each.record, .id = each.id, .size = each.size});
    }
    tx.commit();
    std::ranges::stable_sort(jobs_, {}, &Job::size);
}

ContentLane::Messages ContentLane::start_bringing() {
    {
        sqlite::Transaction tx(store_.connection());
        store_.attachments.forget_answers();
        tx.commit();
    }
    brings_only_ = true;
    plan_uploads();
    return start();
}

ContentLane::Messages ContentLane::start() {
    started_ = true;
    protocol::Bring bring;
    for (const Job& job : jobs_) {
        tried_.insert(job.record);
        if (job.brings)
            bring.brought.push_back({job.record, job.id, job.size});
        else
            bring.wanted.push_back(job.record);
    }
    return {std::move(bring)};
}

Result<ContentLane::Messages> ContentLane::on(const protocol::Have& message) {
    if (!answered_) {
        answered_ = true;
        if (message.key.size() == protocol::kKeyBytes) {
            sqlite::Transaction tx(store_.connection());
            store_.meta.set_bytes(kContentKeyMeta, message.key);
            tx.commit();
        }
    } else if (message.answers.size() != 1 || jobs_.empty() ||
               message.answers.front().record != jobs_.front().record) {
        return fail(kUnexpected, std::string(kPhase));
    }
    for (const auto& answer : message.answers) {
        const auto job = std::ranges::find(jobs_, answer.record, &Job::record);
        if (job == jobs_.end()) return fail(kUnexpected, std::string(kPhase));
        job->state = static_cast<ContentState>(answer.state);
        job->detail = answer.detail;
    }
    return step();
}

/// The next words about the first job that has any.
ContentLane::Messages ContentLane::step() {
    while (!jobs_.empty()) {
        Job& job = jobs_.front();
        // All of it came before, and a cut kept it from being looked at.
        if (!job.brings && job.state == ContentState::Ready &&
            chunks_here(job) == content::chunks_of(job.size)) {
            complete(job);
            jobs_.pop_front();
            continue;
        }
        auto words = job.brings ? bring(job) : fetch(job);
        if (!words.empty()) return words;
        if (job.brings && job.state == ContentState::Whole)
            brought(job);
        else
            put_aside(job);
        jobs_.pop_front();
    }
    return next_round();
}

/// One Bring names no more than its limits: the others follow in the same session.
ContentLane::Messages ContentLane::next_round() {
    if (brings_only_)
        plan_uploads();
    else
        plan();
    return jobs_.empty() ? Messages{} : start();
}

ContentLane::Messages ContentLane::bring(const Job& job) {
    auto& contents = store_.attachments.contents;
    const auto held = contents.of(job.record);
    if (!held || !(held->whole || held->sealed)) return {};
    const bool asked_proof = job.state == ContentState::Prove;
    if (asked_proof && held->whole) {
        const auto proof = contents.digest(*held, job.detail);
        if (!proof) return {};
        return {protocol::Proof{job.record, *proof}};
    }
    if (!asked_proof && job.state != ContentState::Missing) return {};
    // Of what is sealed nothing can be proven: all of it goes.
    const Bytes there = asked_proof ? Bytes{} : job.detail;
    Messages chunks;
    for (std::uint32_t at = 0; at < content::chunks_of(job.size) && chunks.size() < kChunksAtOnce;
         ++at) {
        if (is_set(there, at)) continue;
        chunks.emplace_back(
            protocol::Chunk{job.record, at, false, contents.chunk(*held, at), held->sealed});
        report_.content_bytes_sent += content::chunk_bytes(job.size, at);
    }
    if (!chunks.empty()) std::get<protocol::Chunk>(chunks.back()).last = true;
    return chunks;
}

ContentLane::Messages ContentLane::fetch(Job& job) {
    if (job.state != ContentState::Ready) return {};
    auto& contents = store_.attachments.contents;
    Bytes have;
    if (const auto held = contents.of(job.record); held && held->id == job.id)
        have = contents.have(*held);
    job.had = count_set(have);
    return {protocol::Want{job.record, std::move(have)}};
}

void ContentLane::brought(const Job& job) {
    sqlite::Transaction tx(store_.connection());
    auto& attachments = store_.attachments;
    attachments.end_upload(job.record);
    // Nobody here can read it: should its record come back, the office gives it again.
    if (const auto held = attachments.contents.of(job.record); held && held->sealed)
        attachments.contents.drop(job.record);
    // Its record may have left this laptop meanwhile: then the bytes go now.
    attachments.collect();
    tx.commit();
    store_.scrub();
    ++report_.contents_sent;
}

void ContentLane::put_aside(const Job& job) {
    ++report_.contents_waiting;
    if (!job.brings) return;
    sqlite::Transaction tx(store_.connection());
    store_.attachments.note_upload(job.record, static_cast<std::uint8_t>(job.state));
    tx.commit();
    log_.info("sync.content_kept",
              {{"record", job.record}, {"state", static_cast<unsigned>(job.state)}});
}

Result<ContentLane::Messages> ContentLane::on(const protocol::Chunk& message) {
    const bool asked = !jobs_.empty() && !jobs_.front().brings &&
                       jobs_.front().record == message.record && answered_;
    if (!asked) return fail(kUnexpected, std::string(kPhase));
    const Job& job = jobs_.front();
    {
        // Nobody is told of a part: a power cut may cost the last of them.
        sqlite::Bulk bulk(store_.connection());
        sqlite::Transaction tx(store_.connection());
        auto& contents = store_.attachments.contents;
        const auto held = contents.begin(job.record, job.id, job.size, {{}, clock_.now()});
        if (!contents.put(held, message.number, message.bytes))
            return fail(kUnexpected, std::string(kPhase));
        tx.commit();
    }
    report_.content_bytes_received += message.bytes.size();
    if (!message.last) return Messages{};
    if (auto sound = received(); !sound) return pass(sound);
    return step();
}

/// A window of chunks has come: the content may be whole now.
Status ContentLane::received() {
    const Job& job = jobs_.front();
    const std::size_t has = chunks_here(job);
    if (has <= job.had) return fail(kUnexpected, std::string(kPhase));
    if (has < content::chunks_of(job.size)) return {};
    complete(job);
    jobs_.pop_front();
    return {};
}

std::size_t ContentLane::chunks_here(const Job& job) {
    auto& contents = store_.attachments.contents;
    const auto held = contents.of(job.record);
    return held && held->id == job.id ? count_set(contents.have(*held)) : 0;
}

void ContentLane::complete(const Job& job) {
    auto& contents = store_.attachments.contents;
    const Bytes key = store_.meta.bytes(kContentKeyMeta).value_or(Bytes{});
    sqlite::Transaction tx(store_.connection());
    const bool whole = contents.finish(job.record, key) == content::Contents::Finish::Whole;
    if (!whole) store_.note_incident("content.damaged", to_text(job.record), clock_.now());
    tx.commit();
    if (whole)
        ++report_.contents_received;
    else
        ++report_.contents_waiting;
}

}  // namespace dossier::client
