#include "server/intake/complaints.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>

#include "common/base/reason.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/complaint.hpp"
#include "common/catalog/states.hpp"
#include "common/catalog/task.hpp"
#include "common/merge/refusals.hpp"

#include "server/intake/tasks.hpp"
#include "server/settings/settings.hpp"

namespace dossier::server {
namespace {

using catalog::code_in;
using catalog::field;
using catalog::kComplaint;

constexpr std::int64_t kMalignantLevel = 2;

UserId person_in(const FieldValues& values, std::string_view name) {
    return record_in(values, kComplaint, name).as<UserTag>();
}
/// What the step carries, as it was typed.
std::string given(const Hand& hand, std::string_view name) {
    return text_in(hand.op.fields, *catalog::find_field(kComplaint, name));
}
std::vector<std::string> given_elements(const Hand& hand, std::string_view name) {
    return catalog::elements_in(hand.op.fields, *catalog::find_field(kComplaint, name));
}
bool holds(const std::vector<std::string>& elements, std::string_view code) {
    return std::ranges::find(elements, '"' + std::string(code) + '"') != elements.end();
}

void tell_general_managers(const Desk& desk, const Target& complaint) {
    for (const UserId& person : holders_now(desk, access::Role::GeneralManager)) {
        const Note note{.to = person,
                        .kind = code_in(catalog::choices::kNotificationKind, "step"),
                        .entity = kComplaint.name,
                        .subject = complaint.place.record,
                        .text = dossier::pair_of(catalog::choices::kSeverity.back().label)};
        make_for_office(desk, catalog::kNotification, notification_of(note, desk.bearer.now));
    }
}

/// Neither the respondent nor one of his people.
bool is_independent(const Desk& desk, const UserId& person, const UserId& respondent) {
    if (person.is_none() || respondent.is_none()) return true;
    const auto& above = desk.people.superiors(person);
    return person != respondent && std::ranges::find(above, respondent) == above.end();
}

}  // namespace

std::string months_after(std::string_view day, std::int64_t months) {
    using namespace std::chrono;
    const auto part = [&](std::size_t from, std::size_t length) {
        int value = 0;
        for (const char digit : day.substr(from, length)) value = value * 10 + (digit - '0');
        return value;
    };
    const auto month = year{part(0, 4)} / part(5, 2) + std::chrono::months{months};
    const auto last = year_month_day_last{month.year(), month_day_last{month.month()}};
    const auto number =
        std::min(static_cast<unsigned>(part(8, 2)), static_cast<unsigned>(last.day()));
    char text[32];
    std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(month.year()),
                  static_cast<unsigned>(month.month()), number);
    return text;
}

Status not_respondent(const Hand& hand) {
    const auto respondent = person_in(hand.target.values, "target_user_id");
    const bool his = !hand.desk.is_system() && hand.desk.bearer.user == respondent;
    return his ? fail(merge::kRespondent) : Status{};
}

Status investigator_independent(const Hand& hand) {
    auto named = person_in(hand.op.fields, "investigator_id");
    if (named.is_none()) named = person_in(hand.target.values, "investigator_id");
    const auto respondent = person_in(hand.target.values, "target_user_id");
    return is_independent(hand.desk, named, respondent) ? Status{} : fail(merge::kNotIndependent);
}

Status parties_informed(const Hand& hand) {
    const auto told = given_elements(hand, "informed");
    const bool both =
        holds(told, "complainant") && (holds(told, "respondent") || holds(told, "superior"));
    return both ? Status{} : fail(merge::kNotInformed);
}

Status content_said(const Hand& hand) {
    const auto& values = hand.target.values;
    const auto kind = text_in(values, field(kComplaint, "content_kind"));
    const bool of_service =
        kind == code_in(catalog::choices::kComplaintContent, "service") &&
        !catalog::elements_in(values, field(kComplaint, "service_traits")).empty();
    const bool of_business = kind == code_in(catalog::choices::kComplaintContent, "business") &&
                             !text_in(values, field(kComplaint, "business_kind")).empty();
    return of_service || of_business ? Status{} : fail(merge::kContentUnsaid);
}

Status severity_based(const Hand& hand) {
    const bool malignant =
        given(hand, "severity") == code_in(catalog::choices::kSeverity, "malignant");
    return malignant && given_elements(hand, "malignant_basis").empty() ? fail(merge::kNoBasis)
                                                                        : Status{};
}

Status invalid_fits(const Hand& hand) {
    if (given(hand, "invalid_reason") != code_in(catalog::choices::kInvalidReason, "6")) return {};
    const auto& values = hand.target.values;
    const auto received = office_date(Instant{number_in(values, field(kComplaint, "received_at"))});
    const auto happened = text_in(values, field(kComplaint, "incident_on"));
    const auto last =
        happened.empty()
            ? received
            : months_after(happened, setting(hand.desk.store, "complaint.attitude_months"));
    const bool of_service = text_in(values, field(kComplaint, "content_kind")) ==
                            code_in(catalog::choices::kComplaintContent, "service");
    return of_service && received > last ? Status{} : fail(merge::kNotLate);
}

Status customer_answered(const Hand& hand) {
    const auto& replied = field(kComplaint, "replied_at");
    return find(hand.target.values, replied.tag) == nullptr ? fail(merge::kUnanswered) : Status{};
}

Status recently_closed(const Hand& hand) {
    const Instant closed{number_in(hand.target.values, field(kComplaint, "closed_at"))};
    const auto last =
        months_after(office_date(closed), setting(hand.desk.store, "complaint.reopen_months"));
    return office_date(hand.desk.bearer.now) <= last ? Status{} : fail(merge::kLongClosed);
}

Status time_plan(Hand& hand) {
    const auto received = number_in(hand.target.values, field(kComplaint, "received_at"));
    const auto most = std::chrono::milliseconds(
        std::chrono::minutes(setting(hand.desk.store, "complaint.plan_minutes")));
    const bool late = hand.desk.bearer.event_time().ms - received > most.count();
    assign(hand.after, field(kComplaint, "breached").tag, std::int64_t{late ? 1 : 0});
    return {};
}

Status ask_leader(Hand& hand) {
    const auto& above = hand.desk.people.superiors(hand.desk.bearer.user);
    const auto respondent = person_in(hand.target.values, "target_user_id");
    const auto leader = std::ranges::find_if(
        above, [&](const UserId& person) { return is_independent(hand.desk, person, respondent); });
    if (leader == above.end()) return fail(merge::kNoSuperior);
    const auto until = number_in(hand.after, field(kComplaint, "wait_reply_at"));
    if (until < hand.desk.bearer.event_time().ms) return fail(merge::kWaitPast);
    assign(hand.after, field(kComplaint, "investigator_id").tag, leader->as<RecordTag>());
    return {};
}

Status reopen_complaint(Hand& hand) {
    for (const auto name :
         {"invalid_reason", "invalid_motive", "severity", "malignant_basis", "closed_at"})
        assign(hand.after, catalog::find_field(kComplaint, name)->tag, {});
    assign(hand.after, field(kComplaint, "validity").tag,
           std::string(code_in(catalog::choices::kValidity, "undecided")));
    return {};
}

Status judge_complaint(Hand& hand) {
    const bool invalid = hand.op.event == "judge_invalid";
    assign(hand.after, field(kComplaint, "validity").tag,
           std::string(invalid ? code_in(catalog::choices::kValidity, "invalid")
                               : code_in(catalog::choices::kValidity, "valid")));
    const bool malignant = text_in(hand.after, field(kComplaint, "severity")) ==
                           code_in(catalog::choices::kSeverity, "malignant");
    if (invalid || !malignant) return {};
    const auto level = number_in(hand.after, catalog::kSecrecyLevel);
    assign(hand.after, catalog::kSecrecyLevel, std::max(level, kMalignantLevel));
    tell_general_managers(hand.desk, hand.target);
    return {};
}

}  // namespace dossier::server
