#include "server/jobs/deadlines.hpp"

#include <algorithm>

#include "common/base/reason.hpp"
#include "common/catalog/states.hpp"
#include "common/workflow/establishment.hpp"
#include "common/workflow/step.hpp"

#include "server/intake/tasks.hpp"

namespace dossier::server {
namespace {

using catalog::code_in;
using catalog::field;
using catalog::kCustomer;
using catalog::kNotification;
using catalog::kTask;
using catalog::choices::kNotificationKind;

constexpr auto kDueSoon = code_in(kNotificationKind, "due_soon");
constexpr auto kOverdue = code_in(kNotificationKind, "overdue");

/// Something somebody must do by a day.
struct Duty {
    std::string_view entity;
    RecordId subject;
    std::string what;
    UserId person;
    std::string due_on;
};

class Reminder {
  public:
    explicit Reminder(Office& office) : office_(office), store_(office.store()) {}

    void see(const Duty& duty) {
        const Instant now = office_.now();
        if (duty.due_on.empty()) return;
        if (duty.due_on <= office_date(now.plus(kRemindBefore))) tell(duty, kDueSoon, duty.person);
        if (duty.due_on >= office_date(now)) return;
        const auto& superiors = office_.people().superiors(duty.person);
        if (!superiors.empty()) tell(duty, kOverdue, superiors.front());
    }
    [[nodiscard]] std::size_t told() const { return told_; }

  private:
    void tell(const Duty& duty, std::string_view kind, const UserId& to) {
        if (to.is_none() || is_notified(store_, duty.subject, kind)) return;
        const Note note{.to = to,
                        .kind = kind,
                        .entity = duty.entity,
                        .subject = duty.subject,
                        .text = duty.what + " (" + duty.due_on + ")"};
        const merge::Op op{.kind = merge::OpKind::Create,
                           .record_kind = kNotification.tag,
                           .record = office_.ids().make<RecordId>(),
                           .fields = notification_of(note, office_.now())};
        if (office_.change(UserId{}, {.source = "job", .ops = {op}})) ++told_;
    }

    Office& office_;
    Store& store_;
    std::size_t told_ = 0;
};

void see_tasks(Office& office, Reminder& reminder) {
    Store& store = office.store();
    const Value open = std::string(catalog::TaskState::kOpen);
    for (const RecordId& id : store.find(kTask.tag, field(kTask, "state").tag, open)) {
        const auto task = store.load(kTask.tag, id).value_or(FieldValues{});
        reminder.see({.entity = kTask.name,
                      .subject = id,
                      .what = text_in(task, field(kTask, "text")),
                      .person = record_in(task, field(kTask, "assignee_id")).as<UserTag>(),
                      .due_on = text_in(task, field(kTask, "due_on"))});
    }
}

/// A draft is made by no step, so it has no task: its deadline runs from the first contact.
void see_drafts(Office& office, Reminder& reminder) {
    Store& store = office.store();
    const auto rows = workflow::steps_of(workflow::kEstablishment, "submit");
    const Value draft = std::string(catalog::FileState::kDraft);
    for (const RecordId& id :
         store.find(kCustomer.tag, field(kCustomer, "file_state").tag, draft)) {
        const auto file = store.load(kCustomer.tag, id).value_or(FieldValues{});
        const bool gone = find(file, catalog::kDeletedAt) != nullptr ||
                          find(file, catalog::kMergedInto) != nullptr;
        if (gone) continue;
        const Instant made{number_in(file, catalog::kCreatedAt)};
        reminder.see({.entity = kCustomer.name,
                      .subject = id,
                      .what = pair_of(rows.front()->label),
                      .person = record_in(file, catalog::kCreatedBy).as<UserTag>(),
                      .due_on = last_day(store, workflow::kEstablishment, *rows.front(), file, made)
                                    .value_or(std::string())});
    }
}

}  // namespace

std::size_t remind_of_deadlines(Office& office) {
    Reminder reminder(office);
    see_tasks(office, reminder);
    see_drafts(office, reminder);
    return reminder.told();
}

}  // namespace dossier::server
