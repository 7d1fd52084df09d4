// What laptops bring: checked against the chain, admitted once, answered from the store ever after.
#include <algorithm>

#include "common/base/plant.hpp"
#include "common/merge/faults.hpp"
#include "common/merge/refusals.hpp"

#include "protocol/codec.hpp"
#include "protocol/harmless.hpp"
#include "protocol/refusals.hpp"

#include "server/sync/session.hpp"

namespace dossier::server {
namespace {

using merge::VerdictKind;

bool is_plain(const std::string& text) {
    return is_utf8(text) && !has_forbidden_character(text);
}

bool is_text(const FieldValues& values) {
    return std::all_of(values.begin(), values.end(), [](const FieldValue& each) {
        const std::string* text = as_text(each.value);
        return text == nullptr || is_utf8(*text);
    });
}

/// The journal and the cases show these words to people: nothing else may get that far.
bool is_readable(const merge::Changeset& changeset) {
    return is_plain(changeset.reason) && is_plain(changeset.source) &&
           std::all_of(changeset.ops.begin(), changeset.ops.end(), [](const merge::Op& op) {
               return is_plain(op.event) && is_text(op.base) && is_text(op.fields);
           });
}

/// One verdict for the whole: how many ops it has is not known.
merge::Verdict unreadable(VerdictKind kind) {
    return {.kind = kind, .reason = std::string(merge::kUnreadable.id)};
}

/// `bench guess`: an op costs the door 10 to 60 µs, a commit a few ms.
constexpr std::chrono::microseconds kGuessTimeLeast{20'000};
constexpr std::chrono::microseconds kGuessTime{250};

/// The answers to an id that is not here, and to one of which its author may not know.
bool names_nothing(const merge::Verdict& verdict) {
    return verdict.reason == merge::kUnknownRecord.id || verdict.reason == merge::kOrphan.id;
}

/// As a whole: of some that were refused by themselves the rest was taken (C-32).
bool is_refused(const std::vector<merge::Verdict>& verdicts) {
    return !verdicts.empty() && std::ranges::all_of(verdicts, [](const merge::Verdict& verdict) {
        return verdict.kind == VerdictKind::Rejected;
    });
}

std::uint64_t& count_of(SessionRow& row, VerdictKind kind) {
    switch (kind) {
        case VerdictKind::Applied:
            return row.applied;
        case VerdictKind::Merged:
            return row.merged;
        case VerdictKind::Converged:
            return row.converged;
        case VerdictKind::Superseded:
            return row.superseded;
        case VerdictKind::Case:
            return row.cases;
        case VerdictKind::Proposal:
            return row.proposals;
        case VerdictKind::Late:
            return row.late;
        case VerdictKind::Parked:
        case VerdictKind::Rejected:
            break;
    }
    return row.rejected;
}

}  // namespace

Status Session::check_chain(const protocol::Push& message, const DeviceRow& device) {
    Store& store = desk_.office.store();
    std::uint64_t expected = 0;
    std::uint64_t applied = device.applied_oseq;
    Digest head = device.outbox_head;
    for (const auto& frozen : message.changesets) {
        const bool gap =
            expected == 0 ? frozen.oseq == 0 || frozen.oseq > applied + 1 : frozen.oseq != expected;
        if (gap)
            return fail(protocol::kGap, std::to_string(expected == 0 ? applied + 1 : expected));
        expected = frozen.oseq + 1;
        const Digest after = protocol::chain(frozen.prev, frozen.oseq, frozen.body);
        if (frozen.oseq <= device.applied_oseq) {
            // One that is nowhere: a copy gave up its words before this office was restored.
            const bool taken = store.verdicts(device_, device.epoch, frozen.oseq).has_value();
            if (taken && !store.verdicts(device_, frozen.oseq, after))
                return fail(protocol::kForked);
            continue;
        }
        if (frozen.prev != head) return fail(protocol::kForked);
        head = after;
        applied = frozen.oseq;
    }
    return {};
}

Result<Session::Messages> Session::push(const protocol::Push& message, DeviceRow& device) {
    if (branched_off_) return fail(protocol::kForked);
    const auto& all = message.changesets;
    if (std::none_of(all.begin(), all.end(), [](const auto& each) { return each.sealed; }))
        return push_plain(message, device);
    // From here on a sealed entry is like any other: the same chain, the same door.
    protocol::Push opened = message;
    for (protocol::Frozen& each : opened.changesets) {
        if (!each.sealed) continue;
        auto body = crypto::unseal(desk_.keys.recovery, each.body);
        if (!body) return fail(protocol::kSealedOtherwise, std::to_string(each.oseq));
        each.body = std::move(*body);
    }
    return push_plain(std::move(opened), device);
}

Result<Session::Messages> Session::push_plain(protocol::Push message, DeviceRow& device) {
    // The whole message first: a gap or a fork changes nothing.
    if (auto sound = check_chain(message, device); !sound) return pass(sound);
    // An administrator may have accepted an earlier time since Hello.
    clock_.server_now = std::min(clock_.server_now, desk_.office.now());
    clock_.last_session = std::min(clock_.last_session, clock_.server_now);
    if (row_.ops > kSessionOpsMax) return fail(protocol::kTooMuch, std::to_string(kSessionOpsMax));
    pushing_ = {std::move(message)};
    return push_on(device);
}

/// The next kOpsAtOnce ops of a push, and one changeset at least.
Result<Session::Messages> Session::push_on(DeviceRow& device) {
    protocol::Verdicts verdicts;
    Store& store = desk_.office.store();
    const std::uint64_t applied_before = device.applied_oseq;
    const std::uint64_t admitted_before = row_.changesets;
    Status over;
    std::size_t ops = 0;
    auto& [push, at] = *pushing_;
    for (; at < push.changesets.size() && ops < kOpsAtOnce; ++at) {
        const auto& frozen = push.changesets[at];
        auto again = answered_before(frozen, device);
        if (!again) return pass(again);
        if (!*again) {
            if (over = spend(frozen); !over) break;
            *again = admit(frozen, device);
            note_cases(**again);
        }
        ops += std::max<std::size_t>(1, (*again)->size());
        verdicts.changesets.push_back({frozen.oseq, std::move(**again)});
    }
    const bool ends = at == push.changesets.size();
    const bool last = ends && push.last;
    if (ends || !over) pushing_.reset();
    if (device.applied_oseq != applied_before || row_.changesets != admitted_before) {
        store.save_device(device);
        record();
    }
    Messages answers;
    if (!verdicts.changesets.empty()) answers.emplace_back(std::move(verdicts));
    if (!over) {
        // What was taken stays taken and is answered; the rest waits on the laptop.
        // For its times the last session stays the one before.
        const Instant before = device.last_session;
        record_end(device, "quota", false);
        device.last_session = before;
        store.save_device(device);
        state_ = State::Ended;
        answers.emplace_back(protocol::refusal_of(over.error()));
        return answers;
    }
    if (last) {
        for (auto& each : end_push(device)) answers.push_back(std::move(each));
    }
    return answers;
}

/// Before the laptop is told what it holds: what waited for something it brought.
Session::Messages Session::end_push(DeviceRow& device) {
    ends_push_ = desk_.office.intake().let_in_arrived(desk_.office.now());
    Messages answers;
    if (!ends_push_) conclude(device, answers);
    return answers;
}

/// What was answered to this very entry, in whichever history of the device it came: a copy of the
/// laptop may have brought it.
Result<std::optional<std::vector<merge::Verdict>>> Session::answered_before(
    const protocol::Frozen& frozen, DeviceRow& device) {
    const bool applied = frozen.oseq <= device.applied_oseq;
    if (is_planted(Plant::NoDedupe) || (!applied && device.epoch == 1)) return std::nullopt;
    const auto head = protocol::chain(frozen.prev, frozen.oseq, frozen.body);
    const auto stored = desk_.office.store().verdicts(device_, frozen.oseq, head);
    if (!stored) return std::nullopt;
    auto again = protocol::decode_verdicts(stored->verdicts);
    if (!again) return pass(again);
    if (!applied) {
        device.applied_oseq = frozen.oseq;
        device.outbox_head = head;
    }
    if (is_planted(Plant::AnswersAnew)) {
        for (auto& each : *again) each = {};
    }
    return std::optional(std::move(*again));
}

/// While the office's clock is in doubt a visit is not dated by it: the laptop's is believed, less
/// what it was off when it was last measured by a clock that was right.
Instant Session::dated_by_laptop(const merge::Changeset& changeset, const DeviceRow& device) {
    if (!desk_.office.clock().is_in_doubt()) return {};
    const Instant there{merge::age({device.clock_offset_ms}, clock_.device_now).count()};
    merge::ClockSample sample = clock_;
    sample.server_now = std::max(sample.server_now, there);
    return merge::corrected(changeset.claimed_at, sample, device.clock_floor);
}

std::vector<merge::Verdict> Session::admit(const protocol::Frozen& frozen, DeviceRow& device) {
    std::vector<merge::Verdict> verdicts;
    auto changeset = protocol::decode_changeset(frozen.body);
    if (changeset) protocol::make_harmless(*changeset);
    if (!changeset) {
        const bool newer = changeset.error().code() == ErrorCode::Version;
        verdicts = {unreadable(newer ? VerdictKind::Parked : VerdictKind::Rejected)};
    } else if (is_planted(Plant::BranchDropped) && device.epoch > 1) {
        verdicts.assign(changeset->ops.size(), {});
    } else if (!is_readable(*changeset)) {
        verdicts.assign(changeset->ops.size(), unreadable(VerdictKind::Rejected));
    } else {
        const Instant at =
            is_planted(Plant::ClaimedTime)
                ? changeset->claimed_at
                : merge::corrected(changeset->claimed_at, clock_, device.clock_floor);
        const bool stopped = device.stopped_at.ms != 0 && !may_sync(device);
        const Bearer bearer{.user = device.user,
                            .device = device_,
                            .oseq = frozen.oseq,
                            .at = at,
                            .now = desk_.office.now(),
                            .epoch = device.epoch,
                            .late = stopped && at > device.stopped_at,
                            .dated = dated_by_laptop(*changeset, device)};
        auto& door = desk_.office.intake();
        // Who writes on a lost laptop is not known: a person looks at it first.
        const bool lost =
            static_cast<protocol::DeviceState>(device.state) == protocol::DeviceState::Lost;
        const bool own = changeset->author == device.user;
        verdicts = lost && own ? door.withhold(bearer, *changeset, WaitReason::Lost)
                               : door.admit(bearer, *changeset);
        // A tray that may not be opened, or holds what is sealed, is no place to keep words in.
        const bool shown = !frozen.sealed && may_sync(device);
        if (own && !shown && is_refused(verdicts))
            verdicts = door.withhold(bearer, *changeset, WaitReason::Refused);
        device.clock_floor = at;
        const bool oldest = row_.oldest_op_at.ms == 0 || at < row_.oldest_op_at;
        if (oldest) row_.oldest_op_at = at;
    }
    const auto head = protocol::chain(frozen.prev, frozen.oseq, frozen.body);
    if (frozen.oseq > device.applied_oseq) {
        device.applied_oseq = frozen.oseq;
        device.outbox_head = head;
    }
    desk_.office.store().save_verdicts(device_, device.epoch, frozen.oseq, head,
                                       protocol::encode_verdicts(verdicts));
    count(verdicts);
    return verdicts;
}

void Session::count(const std::vector<merge::Verdict>& verdicts) {
    ++row_.changesets;
    row_.ops += verdicts.size();
    for (const auto& verdict : verdicts) ++count_of(row_, verdict.kind);
    if (std::ranges::any_of(verdicts, names_nothing)) guesses_ += verdicts.size();
}

std::chrono::microseconds Session::held_back() const {
    if (guesses_ == 0) return {};
    return kGuessTimeLeast + kGuessTime * static_cast<std::int64_t>(guesses_);
}

}  // namespace dossier::server
