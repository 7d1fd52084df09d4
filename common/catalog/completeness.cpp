#include "common/catalog/completeness.hpp"

#include <algorithm>
#include <array>

#include "common/base/check.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/contact.hpp"
#include "common/catalog/customer.hpp"
#include "common/catalog/states.hpp"
#include "common/catalog/structure.hpp"

namespace dossier::catalog {
namespace {

/// A contact's, or one of the customer's that was not withdrawn.
constexpr std::string_view kConsented = "contact:consent_id|consent:given_on,!withdrawn_on";

constexpr std::array kDemands{
    Demand{Profile::Draft, 1, 1, "customer:name"},
    Demand{Profile::Draft, 1, 1,
           "customer:phone_main|customer:fax|customer:email_main|contact:phones|contact:emails|"
           "contact:im_accounts"},
    Demand{Profile::Draft, 1, 1, "customer:business_need"},
    Demand{Profile::Submission, 2, 0, "customer:province,city,district"},
    Demand{Profile::Submission, 2, 2, "customer:street_address"},
    Demand{Profile::Submission, 2, 0, "customer:industry_code"},
    Demand{Profile::Submission, 1, 0, "customer:enterprise_nature"},
    Demand{Profile::Submission, 2, 0, "customer:legal_rep"},
    Demand{Profile::Submission, 1, 1, "customer:source"},
    Demand{Profile::Submission, 3, 0, "contact:is_primary=1,phones"},
    Demand{Profile::Submission, 1, 0, "customer:party_role"},
    Demand{Profile::Active, 3, 0, "customer:unified_code"},
    Demand{Profile::Active, 1, 0, "customer:founded_on"},
    Demand{Profile::Active, 1, 0, "customer:registration_info"},
    Demand{Profile::Active, 1, 0, "customer:business_scope"},
    Demand{Profile::Active, 1, 0, "customer_feature:employee_count"},
    Demand{Profile::Active, 2, 0, "customer_feature:annual_sales_fen"},
    Demand{Profile::Active, 1, 0, "customer_feature:service_area"},
    Demand{Profile::Active, 1, 0, "customer_feature:growth_potential"},
    Demand{Profile::Active, 3, 0, "procurement_profile:deciders|contact:roles=decider"},
    Demand{Profile::Active, 1, 0, "procurement_profile:purchase_procedure"},
    Demand{Profile::Active, 0, 2, "customer:id_no"},
    Demand{Profile::Active, 0, 3, kConsented},
    Demand{Profile::Cooperating, 2, 0, kConsented},
    Demand{Profile::Cooperating, 2, 1, "customer:payment_method"},
    Demand{Profile::Cooperating, 2, 0, "customer:credit_class"},
    Demand{Profile::Cooperating, 3, 0, "attachment:doc_kind=business_licence"},
    Demand{Profile::Cooperating, 2, 0, "attachment:doc_kind=tax_certificate"},
    Demand{Profile::Cooperating, 1, 2, "attachment:doc_kind=id_proof"},
    Demand{Profile::Cooperating, 3, 0,
           "attachment:doc_kind=contract_scan|attachment:doc_kind=agreement"},
    // Who has none says 无.
    Demand{Profile::Cooperating, 1, 0, "competitor_relation:name"},
};

/// Takes the part of `text` before `mark`, or all of it.
std::string_view take(std::string_view& text, char mark) {
    const auto end = std::min(text.find(mark), text.size());
    const auto part = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return part;
}

Term term_of(const Kind& kind, std::string_view text) {
    const bool is_barred = text.starts_with('!');
    if (is_barred) text.remove_prefix(1);
    const Field* field = find_field(kind, take(text, '='));
    DOSSIER_CHECK(field != nullptr);
    return {field, text, is_barred};
}

Way way_of(std::string_view text) {
    const Kind* kind = find_kind(take(text, ':'));
    DOSSIER_CHECK(kind != nullptr);
    Way way{kind, {}};
    while (!text.empty()) way.fields.push_back(term_of(*kind, take(text, ',')));
    return way;
}

std::vector<const FieldValues*> records(const FileContent& file, const Kind& kind) {
    if (is_file(kind)) return {&file.customer};
    std::vector<const FieldValues*> found;
    for (const Member& each : file.members) {
        if (each.kind == &kind) found.push_back(&each.values);
    }
    return found;
}

bool holds(const Value& value, std::string_view code) {
    if (code.empty()) return !is_empty(value);
    if (const auto number = as_number(value)) return std::to_string(*number) == code;
    const auto codes = elements(value);
    return std::ranges::find(codes, json_string(code)) != codes.end();
}

/// A field, and the value it must have; null = any.
struct Lack {
    const Field* field;
    const Choice* choice;
};

const Choice* choice_of(const Field& field, std::string_view code) {
    const auto at = std::ranges::find(field.choices, code, &Choice::code);
    return at == field.choices.end() ? nullptr : &*at;
}

/// The fields of the way that `record` does not fill.
std::vector<Lack> lacks(const Way& way, const FieldValues& record) {
    std::vector<Lack> lacking;
    for (const auto& [field, code, is_barred] : way.fields) {
        const Value* value = find(record, field->tag);
        const bool is_held = value != nullptr && holds(*value, code);
        if (is_held == is_barred) lacking.push_back({field, choice_of(*field, code)});
    }
    return lacking;
}

bool is_met(const Demand& demand, const FileContent& file) {
    return std::ranges::any_of(ways_of(demand), [&](const Way& way) {
        return std::ranges::any_of(records(file, *way.kind), [&](const FieldValues* record) {
            return lacks(way, *record).empty();
        });
    });
}

/// Whether only the customer's own fields meet it.
bool is_own(const Demand& demand) {
    return std::ranges::all_of(ways_of(demand), [](const Way& way) { return is_file(*way.kind); });
}

void add_lacking(const Demand& demand, const FileContent& file, std::vector<Lacking>& found) {
    const Way way = ways_of(demand).front();
    auto least = lacks(way, {});
    for (const FieldValues* record : records(file, *way.kind)) {
        auto lacking = lacks(way, *record);
        if (lacking.size() < least.size()) least = std::move(lacking);
    }
    for (const auto& [field, choice] : least)
        found.push_back({way.kind, field, is_own(demand), choice});
}

int weight_of(const Demand& demand, const FileContent& file) {
    static constexpr const Field& kParty = field(kCustomer, kPartyField);
    return text_in(file.customer, kParty) == kPerson ? demand.person : demand.enterprise;
}

}  // namespace

std::span<const Demand> demands() {
    return kDemands;
}

std::vector<Way> ways_of(const Demand& demand) {
    std::vector<Way> ways;
    for (std::string_view rest = demand.terms; !rest.empty();)
        ways.push_back(way_of(take(rest, '|')));
    return ways;
}

Profile profile_of(const FieldValues& customer) {
    static constexpr const Field& kState = field(kCustomer, "file_state");
    static constexpr const Field& kStatus = field(kCustomer, "relation_status");
    const auto state = text_in(customer, kState);
    if (state.empty() || state == FileState::kDraft || state == FileState::kReturned)
        return Profile::Draft;
    for (const auto review :
         {FileState::kSuperiorReview, FileState::kInspection, FileState::kClerkPosting}) {
        if (state == review) return Profile::Submission;
    }
    return text_in(customer, kStatus) == RelationStatus::kCooperating ? Profile::Cooperating
                                                                      : Profile::Active;
}

bool is_demanded(const Kind& kind) {
    static const auto kDemanded = [] {
        std::vector<const Kind*> kinds;
        for (const Demand& demand : kDemands) {
            for (const Way& way : ways_of(demand)) kinds.push_back(way.kind);
        }
        return kinds;
    }();
    return std::ranges::find(kDemanded, &kind) != kDemanded.end();
}

std::int64_t completeness_bp(const FileContent& file, Profile profile) {
    std::int64_t required = 0;
    std::int64_t filled = 0;
    for (const Demand& demand : kDemands) {
        const int weight = demand.profile <= profile ? weight_of(demand, file) : 0;
        required += weight;
        if (weight > 0 && is_met(demand, file)) filled += weight;
    }
    return (filled * 20'000 + required) / (2 * required);
}

std::vector<Lacking> missing(const FileContent& file, Profile profile) {
    std::vector<Lacking> found;
    for (const Demand& demand : kDemands) {
        const bool asked = demand.profile <= profile && weight_of(demand, file) > 0;
        if (asked && !is_met(demand, file)) add_lacking(demand, file, found);
    }
    return found;
}

std::vector<Lacking> missing_for_draft(const FieldValues& customer,
                                       std::span<const FieldValues> contacts) {
    std::vector<Member> members;
    for (const FieldValues& contact : contacts) members.push_back({&kContact, contact});
    return missing({customer, members}, Profile::Draft);
}

std::string called(const Lacking& lacking, Lang lang) {
    const auto [kind, field, only_own, choice] = lacking;
    if (choice != nullptr && !is_file(*kind)) {
        // No mark in it that parts the words of an argument (describe.cpp).
        const std::array words{std::string(kind->label.in(lang)),
                               std::string(choice->label.in(lang))};
        return fill(Text{"{}（{}）", "{}: {}"}.in(lang), words);
    }
    std::string label(field->label.in(lang));
    // The one of several its flag picks out is named by the flag alone.
    if (is_file(*kind) || field->name == kind->one_flag) return label;
    return std::string(kind->label.in(lang)) + (lang == Lang::Zh ? "的" : ": ") + label;
}

std::string called(std::span<const Lacking> lacking) {
    std::string all;
    for (const Lacking& each : lacking)
        all += (all.empty() ? "" : ", ") + called(each, Lang::Zh) + '/' + called(each, Lang::En);
    return all;
}

}  // namespace dossier::catalog
