#include "server/intake/consequences.hpp"

#include "common/catalog/activity.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/customer.hpp"
#include "common/catalog/doc_request.hpp"
#include "common/catalog/satellite.hpp"
#include "common/catalog/states.hpp"

#include "server/intake/tasks.hpp"
#include "server/settings/settings.hpp"

namespace dossier::server {
namespace {

using catalog::code_in;
using catalog::field;
using catalog::kCommunication;
using catalog::kCustomer;
using catalog::kCustomerLink;
using catalog::kCustomerNeed;
using catalog::kDocRequest;

/// Who was introduced by a customer is linked with him.
void link_referrer(const Desk& desk, const Target& made) {
    const RecordId referrer = record_in(made.values, field(kCustomer, "referrer_customer_id"));
    if (referrer.is_none() || referrer == made.place.record) return;
    FieldValues link;
    put(link, field(kCustomerLink, "customer_id"), made.place.record);
    put(link, field(kCustomerLink, "other_customer_id"), referrer);
    put(link, field(kCustomerLink, "kind"),
        std::string(code_in(catalog::choices::kLinkKind, "referrer")));
    make_for_office(desk, kCustomerLink, std::move(link));
}

/// What a talk says of needs, and what sort of need that is.
struct Said {
    const catalog::Field* of;
    std::string_view kind;
};
constexpr std::array kSaid{
    Said{&field(kCommunication, "needs"), code_in(catalog::choices::kNeedKind, "need")},
    Said{&field(kCommunication, "problems"), code_in(catalog::choices::kNeedKind, "problem")},
    Said{&field(kCommunication, "suggestions"),
         code_in(catalog::choices::kNeedKind, "suggestion")}};

void open_needs(const Desk& desk, const Target& made) {
    for (const auto& [of, kind] : kSaid) {
        const auto text = text_in(made.values, *of);
        if (text.empty()) continue;
        FieldValues need;
        put(need, field(kCustomerNeed, "customer_id"), made.place.customer);
        put(need, field(kCustomerNeed, "kind"), std::string(kind));
        put(need, field(kCustomerNeed, "text"),
            std::string(head(text, field(kCustomerNeed, "text").length_max)));
        put(need, field(kCustomerNeed, "from_communication_id"), made.place.record);
        put(need, field(kCustomerNeed, "assignee_id"), desk.bearer.user.as<RecordTag>());
        make_for_office(desk, kCustomerNeed, std::move(need));
    }
}

/// Of a meeting without minutes whoever recorded it is asked for them.
void ask_for_minutes(const Desk& desk, const Target& made) {
    const bool is_meeting = text_in(made.values, field(kCommunication, "kind")) ==
                            code_in(catalog::choices::kCommunicationKind, "meeting");
    const Value* minutes = find(made.values, field(kCommunication, "minutes_attachment_id").tag);
    if (!is_meeting || minutes != nullptr) return;
    static constexpr auto& kMissing = field(kDocRequest, "missing_kinds");
    const auto days = setting(desk.store, "visit.minutes_days");
    const Instant due = desk.bearer.event_time().plus(std::chrono::hours(24) * days);
    FieldValues request;
    put(request, field(kDocRequest, "customer_id"), made.place.customer);
    put(request, kMissing,
        catalog::from_elements(
            kMissing, {'"' + std::string(code_in(catalog::choices::kDocKind, "minutes")) + '"'}));
    put(request, field(kDocRequest, "asked_user_id"), desk.bearer.user.as<RecordTag>());
    put(request, field(kDocRequest, "due_on"), office_date(due));
    put(request, field(kDocRequest, "papers_since"),
        number_in(made.values, field(kCommunication, "started_at")));
    make_for_office(desk, kDocRequest, std::move(request));
}

void follow_talk(const Desk& desk, const Target& made) {
    if (desk.is_system()) return;
    open_needs(desk, made);
    ask_for_minutes(desk, made);
}

struct Row {
    const catalog::Kind* kind;
    void (*follows)(const Desk&, const Target&);
};
constexpr Row kRows[] = {{&kCustomer, link_referrer}, {&kCommunication, follow_talk}};

}  // namespace

void bring_about(const Desk& desk, const Target& made) {
    for (const auto& [kind, follows] : kRows) {
        if (kind == made.kind) follows(desk, made);
    }
}

}  // namespace dossier::server
