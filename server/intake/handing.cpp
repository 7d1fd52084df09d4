#include "server/intake/handing.hpp"

#include <algorithm>

#include "common/base/reason.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/customer.hpp"
#include "common/catalog/handover.hpp"
#include "common/catalog/organisation.hpp"
#include "common/catalog/references.hpp"
#include "common/catalog/review_task.hpp"
#include "common/catalog/states.hpp"
#include "common/catalog/wrong.hpp"
#include "common/merge/refusals.hpp"

#include "protocol/messages.hpp"

#include "server/intake/admission.hpp"
#include "server/intake/merge.hpp"
#include "server/intake/tasks.hpp"
#include "server/settings/settings.hpp"

namespace dossier::server {
namespace {

using catalog::field;
using catalog::kCustomer;
using catalog::kHandover;
using catalog::kTask;
using catalog::kUser;

UserId owner_of(const FieldValues& file) {
    return record_in(file, field(kCustomer, "owner_user_id")).as<UserTag>();
}
UserId giver(const FieldValues& handover) {
    return record_in(handover, field(kHandover, "from_user_id")).as<UserTag>();
}
UserId receiver(const FieldValues& handover) {
    return record_in(handover, field(kHandover, "to_user_id")).as<UserTag>();
}

std::vector<RecordId> files_named(const FieldValues& handover) {
    static constexpr auto& kFiles = field(kHandover, "customer_ids");
    const Value* named = find(handover, kFiles.tag);
    return named == nullptr ? std::vector<RecordId>{} : catalog::references_in(kFiles, *named);
}

bool names_files(const FieldValues& handover) {
    return text_in(handover, field(kHandover, "kind")) == catalog::HandoverKind::kFiles;
}

/// The files that would pass now: those named, or all, as far as they are his.
std::vector<Target> files_of(const Desk& desk, const FieldValues& handover) {
    const UserId from = giver(handover);
    const auto ids = names_files(handover)
                         ? files_named(handover)
                         : desk.store.find(kCustomer.tag, field(kCustomer, "owner_user_id").tag,
                                           from.as<RecordTag>());
    std::vector<Target> files;
    for (const RecordId& id : ids) {
        auto file = customer_target(desk, id);
        const bool gone =
            find(file.values, catalog::kDeletedAt) != nullptr ||
            find(file.values, catalog::kMergedInto) != nullptr ||
            text_in(file.values, field(kCustomer, "file_state")) == catalog::FileState::kDestroyed;
        if (!gone && owner_of(file.values) == from) files.push_back(std::move(file));
    }
    return files;
}

bool is_open(const FieldValues& task) {
    return text_in(task, field(kTask, "state")) == catalog::TaskState::kOpen;
}

std::size_t open_tasks_of(const Desk& desk, const UserId& person) {
    const auto tasks =
        desk.store.find(kTask.tag, field(kTask, "assignee_id").tag, person.as<RecordTag>());
    return static_cast<std::size_t>(std::ranges::count_if(tasks, [&](const RecordId& id) {
        return is_open(desk.store.load(kTask.tag, id).value_or(FieldValues{}));
    }));
}

/// Codes of his laptops in use that were not heard of since the handover was approved, which may be
/// now.
std::string laptops_out(const Desk& desk, const FieldValues& handover) {
    const auto since = number_in(handover, field(kHandover, "approved_at").tag, desk.bearer.now.ms);
    std::string codes;
    for (const DeviceRow& laptop : desk.store.devices()) {
        const bool used = laptop.user == giver(handover) &&
                          laptop.state == static_cast<std::uint8_t>(protocol::DeviceState::Active);
        if (used && laptop.last_session.ms < since)
            codes += (codes.empty() ? "" : " ") + laptop.code;
    }
    return codes;
}

/// The tasks of `from` about the file that are of no step: those of steps are made anew.
std::vector<RecordId> own_tasks_about(const Desk& desk, const RecordId& file, const UserId& from) {
    std::vector<RecordId> tasks;
    for (const auto name : {"customer_id", "subject_id"}) {
        for (const RecordId& id :
             desk.store.find(kTask.tag, catalog::find_field(kTask, name)->tag, file)) {
            const auto task = desk.store.load(kTask.tag, id).value_or(FieldValues{});
            const bool his = record_in(task, field(kTask, "assignee_id")).as<UserTag>() == from &&
                             text_in(task, field(kTask, "step")).empty() && is_open(task);
            if (his && std::ranges::find(tasks, id) == tasks.end()) tasks.push_back(id);
        }
    }
    return tasks;
}

/// A file's reviews that are not done yet.
std::vector<RecordId> reviews_of(const Desk& desk, const RecordId& file) {
    using catalog::kReviewTask;
    auto reviews = desk.store.find(kReviewTask.tag, field(kReviewTask, "customer_id").tag, file);
    std::erase_if(reviews, [&](const RecordId& id) {
        const auto review = desk.store.load(kReviewTask.tag, id).value_or(FieldValues{});
        const auto state = text_in(review, field(kReviewTask, "state"));
        return find(review, catalog::kDeletedAt) != nullptr ||
               (state != catalog::ReviewState::kOpen && state != catalog::ReviewState::kOverdue);
    });
    return reviews;
}

}  // namespace

std::vector<access::Subject> subjects_of_handover(const Desk& desk, const FieldValues& handover) {
    const auto person =
        desk.store.load(kUser.tag, receiver(handover).as<RecordTag>()).value_or(FieldValues{});
    const auto& there = desk.people.regions_above(record_in(person, field(kUser, "region_id")));
    std::vector<access::Subject> subjects;
    for (const Target& file : files_of(desk, handover)) {
        auto subject = desk.people.subject(file.place, file.values);
        auto moved = subject;
        moved.regions = there;
        subjects.push_back(std::move(subject));
        subjects.push_back(std::move(moved));
    }
    return subjects;
}

Status hands_own_files(const Hand& hand) {
    const auto& values = hand.target.values;
    if (!names_files(values))
        return files_of(hand.desk, values).empty() ? fail(merge::kNothingToHandOver) : Status{};
    const auto named = files_named(values);
    if (named.empty())
        return fail(merge::kMissingInput, catalog::label_of(field(kHandover, "customer_ids")));
    for (const RecordId& id : named) {
        const auto file = customer_target(hand.desk, id);
        const auto subject = hand.desk.people.subject(file.place, file.values);
        if (!hand.desk.is_system() && !is_known_to(hand.desk, subject, kCustomer))
            return fail(merge::kUnknownRecord);
        if (owner_of(file.values) == giver(values)) continue;
        const auto number = text_in(file.values, field(kCustomer, "customer_no"));
        return fail(
            merge::kNotHisFile,
            number.empty() ? text_in(file.values, field(kCustomer, "provisional_no")) : number);
    }
    return {};
}

Status receiver_works(const Hand& hand) {
    const auto& values = hand.target.values;
    const UserId to = receiver(values);
    const auto& viewer = hand.desk.people.viewer(to, hand.desk.bearer.now);
    const bool fits = to != giver(values) && viewer.active && !viewer.roles.empty();
    return fits ? Status{} : fail(merge::kReceiverUnfit);
}

Status laptops_brought_in(const Hand& hand) {
    const auto& values = hand.target.values;
    if (text_in(values, field(kHandover, "kind")) != catalog::HandoverKind::kLeaver) return {};
    const auto out = laptops_out(hand.desk, values);
    return out.empty() ? Status{} : fail(merge::kLaptopsOut, out);
}

Status list_open_items(Hand& hand) {
    const Desk& desk = hand.desk;
    std::size_t matters = 0;
    for (const Target& file : files_of(desk, hand.after)) {
        const auto numbers = open_matters(desk, file.place.record);
        // "case 7 proposal 12": two words each.
        const auto spaces = std::ranges::count(numbers, ' ');
        matters += static_cast<std::size_t>(numbers.empty() ? 0 : (spaces + 1) / 2);
    }
    const std::array counts{std::to_string(open_tasks_of(desk, giver(hand.after))),
                            std::to_string(matters)};
    std::string zh = fill("待办 {} 项，冲突与提议 {} 项", counts);
    std::string en = fill("{} tasks, {} cases and proposals", counts);
    if (const auto out = laptops_out(desk, hand.after); !out.empty()) {
        zh += fill("，终端 {} 未同步", std::array{out});
        en += fill(", laptop {} not synced", std::array{out});
    }
    put(hand.after, field(kHandover, "open_items"), dossier::pair_of(Text{zh, en}));
    return {};
}

Status hand_over_files(Hand& hand) {
    const Desk& desk = hand.desk;
    const auto& handover = hand.target.values;
    const Bearer office{.user = {}, .at = desk.bearer.now, .now = desk.bearer.now};
    const merge::Changeset changeset{.reason = text_in(handover, field(kHandover, "grounds")),
                                     .source = "job"};
    const Desk inner{desk.store, desk.people, desk.ids, office, changeset};
    std::int64_t moved = 0;
    for (const Target& file : files_of(desk, handover)) {
        merge::Op op{.kind = merge::OpKind::Event,
                     .record_kind = kCustomer.tag,
                     .record = file.place.record,
                     .event = "transfer"};
        op.fields = {{field(kCustomer, "owner_user_id").tag, receiver(handover).as<RecordTag>()}};
        static constexpr auto& kService = field(kCustomer, "service_user_id");
        if (record_in(file.values, kService).as<UserTag>() == giver(handover))
            op.fields.push_back({kService.tag, receiver(handover).as<RecordTag>()});
        if (admit_event(inner, op).kind == merge::VerdictKind::Applied) ++moved;
    }
    put(hand.after, field(kHandover, "moved"), moved);
    return {};
}

Status reassign(Hand& hand) {
    const Desk& desk = hand.desk;
    const UserId from = owner_of(hand.target.values);
    const UserId to = owner_of(hand.after);
    if (from == to || from.is_none() || to.is_none()) return {};
    const auto days = std::chrono::hours(24) * setting(desk.store, "handover.task_days");
    const auto earliest = office_date(desk.bearer.now.plus(days));
    const auto pass_on = [&](const catalog::Kind& kind, const RecordId& id) {
        const auto& due_on = *catalog::find_field(kind, "due_on");
        const auto values = desk.store.load(kind.tag, id).value_or(FieldValues{});
        set_for_office(desk, kind, id, *catalog::find_field(kind, "assignee_id"),
                       to.as<RecordTag>());
        const auto due = text_in(values, due_on);
        if (!due.empty() && due < earliest) set_for_office(desk, kind, id, due_on, earliest);
    };
    const RecordId& file = hand.target.place.record;
    for (const RecordId& id : own_tasks_about(desk, file, from)) pass_on(kTask, id);
    for (const RecordId& id : reviews_of(desk, file)) pass_on(catalog::kReviewTask, id);
    return {};
}

}  // namespace dossier::server
