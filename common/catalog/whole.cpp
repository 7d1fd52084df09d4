// A whole record: what is required, what is preset, and the rules between its fields.
// Source: the constraint column of domain 2.
#include "common/base/reason.hpp"
#include "common/catalog/activity.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/consent.hpp"
#include "common/catalog/customer.hpp"
#include "common/catalog/identity.hpp"
#include "common/catalog/organisation.hpp"
#include "common/catalog/wrong.hpp"

namespace dossier::catalog {
namespace {

constexpr Need kNeeds[] = {
    {&kCustomer, "source", "other|media|event", "source_detail"},
    {&kCustomer, "source", "referral", "referrer_customer_id"},
    {&kCustomer, "status_override", "lost", "loss_reason"},
    {&kCustomer, "status_override", "", "status_override_until"},
    {&kCommunication, "kind", "visit", "purpose"},
    {&kCustomerFeature, "annual_sales_fen", "", "annual_sales_year"},
};

/// `later` is not before `earlier` where both are filled.
struct Order {
    const Kind* kind;
    std::string_view earlier;
    std::string_view later;
};
constexpr Order kOrders[] = {
    {&kCommunication, "started_at", "ended_at"}, {&kUser, "active_from", "active_to"},
    {&kRoleAssignment, "from_at", "to_at"},      {&kAccessGrant, "from_at", "to_at"},
    {&kConsent, "given_on", "valid_until"},      {&kConsent, "given_on", "withdrawn_on"},
};

/// A status set by hand ends within 12 months. Source: domain 2.2.1.
constexpr std::chrono::hours kOverrideMax{24 * 366};

const Value* filled(const Kind& kind, const FieldValues& values, std::string_view name) {
    const Value* value = find(values, find_field(kind, name)->tag);
    return value == nullptr || is_empty(*value) ? nullptr : value;
}

bool is_one_of(std::string_view codes, std::string_view code) {
    while (!codes.empty()) {
        const auto end = std::min(codes.find('|'), codes.size());
        if (codes.substr(0, end) == code) return true;
        codes.remove_prefix(std::min(end + 1, codes.size()));
    }
    return false;
}

/// Of a required field and the one that stands in for it one is enough.
Status check_one_of_two(const Kind& kind, const FieldValues& values) {
    for (const Field& field : kind.fields) {
        const bool either = field.required && !field.instead.empty();
        if (either && called(kind, values, field).value == nullptr)
            return fail(kOneOfTwo, label_of(field), label_of(*find_field(kind, field.instead)));
    }
    return {};
}

Status check_need(const Need& need, const FieldValues& values) {
    const Value* cause = filled(*need.kind, values, need.cause);
    if (cause == nullptr) return {};
    const auto* code = as_text(*cause);
    if (!need.codes.empty() && (code == nullptr || !is_one_of(need.codes, *code))) return {};
    if (filled(*need.kind, values, need.needed) != nullptr) return {};
    const Field& because = *find_field(*need.kind, need.cause);
    const auto zh = display(because, *cause, Lang::Zh);
    const auto en = display(because, *cause, Lang::En);
    return wrong(kRequiredWhen, *find_field(*need.kind, need.needed),
                 label_of(because) + " = " + (zh == en ? zh : pair_of({zh, en})));
}

Status check_order(const Order& order, const FieldValues& values) {
    const Value* earlier = filled(*order.kind, values, order.earlier);
    const Value* later = filled(*order.kind, values, order.later);
    if (earlier == nullptr || later == nullptr || !(*later < *earlier)) return {};
    return wrong(kWrongOrder, *find_field(*order.kind, order.later),
                 label_of(*find_field(*order.kind, order.earlier)));
}

Status check_override(const FieldValues& values, Instant now) {
    static constexpr const Field& kUntil = field(kCustomer, "status_override_until");
    const Value* until = filled(kCustomer, values, kUntil.name);
    const std::string last = office_date(now.plus(kOverrideMax));
    if (until == nullptr || *as_text(*until) <= last) return {};
    return wrong(kTooFar, kUntil, *as_text(*until), last);
}

Status check_grantee(const FieldValues& values) {
    static constexpr const Field& kRoleField = field(kAccessGrant, "grantee_role");
    const bool user = filled(kAccessGrant, values, "grantee_user_id") != nullptr;
    const bool role = filled(kAccessGrant, values, kRoleField.name) != nullptr;
    if (user != role) return {};
    return wrong(kExactlyOne, field(kAccessGrant, "grantee_user_id"), label_of(kRoleField));
}

/// The number fits the kind that was said. A masked number is not looked at.
Status check_identity(const FieldValues& values) {
    static constexpr const Field& kNumber = field(kCustomer, "id_no");
    static constexpr const Field& kKindOf = field(kCustomer, "id_kind");
    const Value* number = filled(kCustomer, values, kNumber.name);
    const Value* kind = filled(kCustomer, values, kKindOf.name);
    if (number == nullptr || kind == nullptr) return {};
    const auto& text = *as_text(*number);
    if (text.find("●") != std::string::npos || fits_id_kind(*as_text(*kind), text)) return {};
    return wrong(kBadIdentity, kNumber, text, display(kKindOf, *kind, Lang::Zh));
}

Value preset_of(const Field& field, Instant now, const Author& author) {
    const RecordId* of = field.preset == kAuthor             ? &author.user
                         : field.preset == kAuthorRegion     ? &author.region
                         : field.preset == kAuthorDepartment ? &author.department
                                                             : nullptr;
    if (of != nullptr) return of->is_none() ? Value{} : Value{*of};
    return parse(field, field.preset, now).value_or(Value{});
}

}  // namespace

Status validate_whole(const Kind& kind, const FieldValues& values, Instant now) {
    if (auto status = check_one_of_two(kind, values); !status) return status;
    for (const Need& need : kNeeds) {
        if (need.kind->tag != kind.tag) continue;
        if (auto status = check_need(need, values); !status) return status;
    }
    for (const Order& order : kOrders) {
        if (order.kind->tag != kind.tag) continue;
        if (auto status = check_order(order, values); !status) return status;
    }
    if (kind.tag == kCustomer.tag) {
        if (auto status = check_identity(values); !status) return status;
        return check_override(values, now);
    }
    if (kind.tag == kAccessGrant.tag) return check_grantee(values);
    return {};
}

std::span<const Need> needs() {
    return kNeeds;
}

Result<FieldValues> validate_record(const Kind& kind, const FieldValues& values, Instant now) {
    FieldValues canonical;
    canonical.reserve(values.size());
    for (const auto& [tag, value] : values) {
        const Field* field = find_field(kind, tag);
        if (field == nullptr) return fail(kUnknownField, std::to_string(tag));
        auto checked = validate(*field, value, now);
        if (!checked) return pass(checked);
        if (!is_empty(*checked)) assign(canonical, tag, std::move(*checked));
    }
    for (const Field& field : kind.fields) {
        if (is_always_filled(field) && find(canonical, field.tag) == nullptr) {
            return fail(kRequired, label_of(field));
        }
    }
    if (auto status = validate_whole(kind, canonical, now); !status) return pass(status);
    return canonical;
}

FieldValues with_presets(const Kind& kind, FieldValues values, Instant now, const Author& author) {
    for (const Field& field : kind.fields) {
        if (field.preset.empty()) continue;
        const Value* given = find(values, field.tag);
        if (given != nullptr && !is_empty(*given)) continue;
        if (auto value = preset_of(field, now, author); !is_empty(value))
            assign(values, field.tag, std::move(value));
    }
    return values;
}

}  // namespace dossier::catalog
