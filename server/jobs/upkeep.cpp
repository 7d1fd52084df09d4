#include "server/jobs/upkeep.hpp"

#include <algorithm>

#include "common/base/reason.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/complaint.hpp"
#include "common/catalog/customer.hpp"
#include "common/catalog/review_task.hpp"
#include "common/catalog/states.hpp"
#include "common/catalog/task.hpp"
#include "common/rules/relation.hpp"

#include "server/intake/reviews.hpp"
#include "server/intake/tasks.hpp"
#include "server/settings/settings.hpp"

namespace dossier::server {
namespace {

using catalog::code_in;
using catalog::field;
using catalog::kComplaint;
using catalog::kCustomer;
using catalog::kNotification;
using catalog::kReviewTask;

constexpr std::size_t kFilesPage = 200;
constexpr std::size_t kFilesAtOnce = 20;

/// Every file in force, page by page.
void each_file(Office& office,
               const std::function<void()>& give_way,
               const std::function<void(const RecordId&, const FieldValues&)>& see) {
    static constexpr auto& kState = field(kCustomer, "file_state");
    query::Query asked{
        .kind = &kCustomer,
        .where = {{&kState, query::Test::Equal, {std::string(catalog::FileState::kActive)}}},
        .limit = kFilesPage};
    std::size_t seen = 0;
    for (auto page = office.store().page(asked); !page.empty(); page = office.store().page(asked)) {
        for (const auto& hit : page) {
            see(hit.record, office.store().load(kCustomer.tag, hit.record).value_or(FieldValues{}));
            if (++seen % kFilesAtOnce == 0) give_way();
        }
        asked.after = page.back().key();
    }
}

bool make(Office& office, const catalog::Kind& kind, FieldValues values) {
    const merge::Op op{.kind = merge::OpKind::Create,
                       .record_kind = kind.tag,
                       .record = office.ids().make<RecordId>(),
                       .fields = std::move(values)};
    return office.change(UserId{}, {.source = "job", .ops = {op}}).has_value();
}

// ---- review tasks
// ---------------------------------------------------------------------------------

/// Which kind of review a file is due for in a quarter; empty = none (D-04).
std::string_view review_kind(const FieldValues& file, std::string_view period) {
    using catalog::RelationStatus;
    if (number_in(file, field(kCustomer, "is_key").tag) == 1)
        return code_in(catalog::choices::kReviewKind, "key_quarterly");
    const auto status = text_in(file, field(kCustomer, "relation_status"));
    const bool seldom = status == RelationStatus::kPotential || status == RelationStatus::kLost;
    if (!seldom) return code_in(catalog::choices::kReviewKind, "quarterly");
    const bool in_half = period.back() == '2' || period.back() == '4';
    return in_half ? code_in(catalog::choices::kReviewKind, "half_yearly") : std::string_view{};
}

bool has_task(Store& store, const RecordId& customer, std::string_view period) {
    const auto tasks = store.find(kReviewTask.tag, field(kReviewTask, "customer_id").tag, customer);
    return std::ranges::any_of(tasks, [&](const RecordId& id) {
        const auto task = store.load(kReviewTask.tag, id).value_or(FieldValues{});
        return text_in(task, field(kReviewTask, "period")) == period;
    });
}

bool open_review(Office& office,
                 const RecordId& customer,
                 const FieldValues& file,
                 const std::string& period) {
    const auto quarter = quarter_of(period);
    const auto kind = review_kind(file, period);
    const RecordId owner = record_in(file, field(kCustomer, "owner_user_id"));
    const Value* verified = find(file, field(kCustomer, "last_verified_at").tag);
    const bool is_fresh =
        verified != nullptr && office_date(Instant{*as_number(*verified)}) >= quarter->first;
    if (kind.empty() || owner.is_none() || is_fresh || has_task(office.store(), customer, period))
        return false;
    FieldValues task;
    const auto put = [&](std::string_view name, Value value) {
        assign(task, catalog::find_field(kReviewTask, name)->tag, std::move(value));
    };
    put("customer_id", customer);
    put("kind", std::string(kind));
    put("period", period);
    put("assignee_id", owner);
    put("due_on", quarter->last);
    return make(office, kReviewTask, std::move(task));
}

// ---- complaints
// -----------------------------------------------------------------------------------

std::size_t tell_managers(Office& office,
                          const RecordId& complaint,
                          const FieldValues& values,
                          std::string_view kind) {
    if (is_notified(office.store(), complaint, kind)) return 0;
    std::size_t told = 0;
    for (const UserId& person :
         office.intake().holders(access::Role::ServiceManager, office.now())) {
        const Note note{.to = person,
                        .kind = kind,
                        .entity = kComplaint.name,
                        .subject = complaint,
                        .text = pair_of(field(kComplaint, "plan_text").label) + ": " +
                                text_in(values, field(kComplaint, "complaint_no"))};
        told += make(office, kNotification, notification_of(note, office.now())) ? 1U : 0U;
    }
    return told;
}

}  // namespace

std::size_t open_reviews(Office& office, const std::function<void()>& give_way) {
    const auto today = office_date(office.now());
    const auto now = period_of(today);
    std::vector<std::string> periods{now};
    const auto ahead = static_cast<int>(setting(office.store(), "review.ahead_days"));
    const auto near = rules::day_after(today, ahead);
    if (near && period_of(*near) != now) periods.push_back(next_period(now));
    std::size_t opened = 0;
    each_file(office, give_way, [&](const RecordId& id, const FieldValues& file) {
        for (const auto& period : periods)
            opened += open_review(office, id, file, period) ? 1U : 0U;
    });
    return opened;
}

std::size_t restate_customers(Office& office, const std::function<void()>& give_way) {
    std::size_t changed = 0;
    each_file(office, give_way, [&](const RecordId& id, const FieldValues&) {
        changed += office.intake().restate(id, office.now()) ? 1U : 0U;
    });
    return changed;
}

std::size_t watch_complaints(Office& office) {
    auto& store = office.store();
    const auto most =
        std::chrono::milliseconds(std::chrono::minutes(setting(store, "complaint.plan_minutes")));
    std::size_t told = 0;
    for (const RecordId& id : store.find(kComplaint.tag, field(kComplaint, "state").tag,
                                         std::string(catalog::ComplaintState::kReceived))) {
        const auto complaint = store.load(kComplaint.tag, id).value_or(FieldValues{});
        const auto waited =
            office.now().ms - number_in(complaint, field(kComplaint, "received_at"));
        if (waited >= most.count() * 2 / 3)
            told += tell_managers(office, id, complaint,
                                  code_in(catalog::choices::kNotificationKind, "due_soon"));
        if (waited >= most.count())
            told += tell_managers(office, id, complaint,
                                  code_in(catalog::choices::kNotificationKind, "overdue"));
    }
    return told;
}

}  // namespace dossier::server
