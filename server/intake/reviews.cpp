#include "server/intake/reviews.hpp"

#include <algorithm>

#include "common/catalog/activity.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/customer.hpp"
#include "common/catalog/review_task.hpp"
#include "common/catalog/states.hpp"
#include "common/merge/refusals.hpp"

#include "server/intake/tasks.hpp"

namespace dossier::server {
namespace {

using catalog::code_in;
using catalog::field;
using catalog::kCommunication;
using catalog::kCustomer;
using catalog::kReviewTask;

constexpr std::size_t kPeriodLength = 6;

bool lies_in(const Quarter& quarter, const FieldValues& talk) {
    const auto day = office_date(Instant{number_in(talk, field(kCommunication, "started_at"))});
    return find(talk, catalog::kDeletedAt) == nullptr && quarter.first <= day &&
           day <= quarter.last;
}

}  // namespace

std::optional<Quarter> quarter_of(std::string_view period) {
    if (period.size() != kPeriodLength || period[4] != 'Q') return std::nullopt;
    static constexpr std::string_view kFirst[] = {"-01-01", "-04-01", "-07-01", "-10-01"};
    static constexpr std::string_view kLast[] = {"-03-31", "-06-30", "-09-30", "-12-31"};
    const int number = period[5] - '1';
    if (number < 0 || number > 3) return std::nullopt;
    const std::string year(period.substr(0, 4));
    return Quarter{year + std::string(kFirst[number]), year + std::string(kLast[number])};
}

std::string period_of(std::string_view day) {
    const int month = (day[5] - '0') * 10 + (day[6] - '0');
    return std::string(day.substr(0, 4)) + 'Q' + std::to_string((month + 2) / 3);
}

std::string next_period(std::string_view period) {
    if (period[5] != '4')
        return std::string(period.substr(0, 5)) + static_cast<char>(period[5] + 1);
    int year = 0;
    for (const char digit : period.substr(0, 4)) year = year * 10 + (digit - '0');
    return std::to_string(year + 1) + "Q1";
}

Status contact_in_quarter(const Hand& hand) {
    const auto& task = hand.target.values;
    const auto quarter = quarter_of(text_in(task, field(kReviewTask, "period")));
    if (!quarter) return {};
    const auto talks = hand.desk.store.find(
        kCommunication.tag, field(kCommunication, "customer_id").tag, hand.target.place.customer);
    const auto named = record_in(hand.op.fields, field(kReviewTask, "contact_evidence_id"));
    if (!named.is_none()) {
        const auto talk = hand.desk.store.load(kCommunication.tag, named).value_or(FieldValues{});
        const bool fits = std::ranges::find(talks, named) != talks.end() && lies_in(*quarter, talk);
        return fits ? Status{} : fail(merge::kEvidence);
    }
    if (text_in(task, field(kReviewTask, "kind")) !=
        code_in(catalog::choices::kReviewKind, "key_quarterly"))
        return {};
    const bool spoken = std::ranges::any_of(talks, [&](const RecordId& id) {
        return lies_in(*quarter,
                       hand.desk.store.load(kCommunication.tag, id).value_or(FieldValues{}));
    });
    return spoken ? Status{} : fail(merge::kNoContact);
}

Status file_settled(const Hand& hand) {
    const auto numbers = open_matters(hand.desk, hand.target.place.customer);
    return numbers.empty() ? Status{} : fail(merge::kOpenMatters, numbers);
}

Status keep_verified(Hand& hand) {
    const auto period = text_in(hand.target.values, field(kReviewTask, "period"));
    const auto next = quarter_of(next_period(period));
    const RecordId& customer = hand.target.place.customer;
    set_for_office(hand.desk, kCustomer, customer, field(kCustomer, "last_verified_at"),
                   hand.desk.bearer.now.ms);
    if (next)
        set_for_office(hand.desk, kCustomer, customer, field(kCustomer, "next_review_on"),
                       next->last);
    return {};
}

Status make_key(Hand& hand) {
    assign(hand.after, field(kCustomer, "is_key").tag,
           std::int64_t{hand.op.event == "make_key" ? 1 : 0});
    return {};
}

}  // namespace dossier::server
