// What a customer's file must be able to say by the company's rules has its fields, codes and kinds
// of document. Source: domain 1.3, 1.4, 1.9, 1.14; the rules are named beside each case.
#include <algorithm>
#include <string>

#include <doctest/doctest.h>

#include "common/catalog/activity.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/completeness.hpp"
#include "common/catalog/contact.hpp"
#include "common/catalog/customer.hpp"
#include "common/catalog/document.hpp"

#include "tests/unit/common/catalog/samples.hpp"

using namespace dossier;
using namespace dossier::catalog;

namespace {

/// Whether whoever owns the file may say this, at once or as a proposal.
bool says(const Kind& kind, std::string_view name) {
    const Field* found = find_field(kind, name);
    return found != nullptr && (found->writers & kOwner) != 0 && !is_server_set(*found);
}

/// Codes of a field, in order, with a space behind each.
std::string codes(const Kind& kind, std::string_view name) {
    std::string all;
    for (const Choice& each : find_field(kind, name)->choices) all += std::string(each.code) + ' ';
    return all;
}

bool has_code(const Kind& kind, std::string_view name, std::string_view code) {
    const auto& choices = find_field(kind, name)->choices;
    return std::ranges::find(choices, code, &Choice::code) != choices.end();
}

/// A new customer from this source, with a detail and a referring customer or without.
bool is_taken(std::string_view source, bool detail, bool referrer = false) {
    FieldValues values;
    const auto put = [&](std::string_view name, Value value) {
        assign(values, find_field(kCustomer, name)->tag, std::move(value));
    };
    put("name", "杭州明润医药有限公司");
    put("source", std::string(source));
    if (detail) put("source_detail", "2026春季药交会");
    if (referrer) put("referrer_customer_id", RecordId{{1}});
    return validate_record(kCustomer, with_presets(kCustomer, values, kTestNow), kTestNow)
        .has_value();
}

}  // namespace

TEST_SUITE("common/catalog/file_content") {
    TEST_CASE(
        "the basic data of an enterprise have a field each, and so have its people") {
        for (const auto name :
             {"name", "legal_rep", "owners", "founded_on", "enterprise_nature", "industry_code",
              "registration_info", "phone_main", "fax", "email_main", "street_address"})
            CHECK_MESSAGE(says(kCustomer, name), name);
        for (const auto name : {"name", "job_title", "phones", "emails"})
            CHECK_MESSAGE(says(kContact, name), name);
    }
    TEST_CASE("an address goes from province to street number and merges as one value") {
        const auto check = [](std::string_view name) { return find_field(kCustomer, name)->check; };
        CHECK(check("province") == Check::Province);
        CHECK(check("city") == Check::City);
        CHECK(check("district") == Check::District);
        for (const auto name : {"province", "city", "district", "street_address", "postcode"}) {
            CHECK_MESSAGE(says(kCustomer, name), name);
            CHECK_MESSAGE(find_field(kCustomer, name)->group == "address", name);
        }
    }
    TEST_CASE("industry, scope, key business and intention have a field each") {
        for (const auto name :
             {"industry_code", "business_scope", "key_business", "coop_intention"})
            CHECK_MESSAGE(says(kCustomer, name), name);
        CHECK(codes(kCustomer, "coop_intention") == "strong medium weak none unknown ");
    }
    TEST_CASE("what marks a customer, how it decides and who decides have a field each") {
        for (const auto name :
             {"service_area", "selling_capacity", "growth_potential", "culture", "business_policy",
              "employee_count", "annual_sales_fen", "management_traits", "business_trend"})
            CHECK_MESSAGE(says(kCustomerFeature, name), name);
        for (const auto name : {"purchase_procedure", "decision_traits", "deciders"})
            CHECK_MESSAGE(says(kProcurementProfile, name), name);
        for (const auto name : {"birthday", "hobbies"})
            CHECK_MESSAGE(says(kContactPrivate, name), name);
    }
    TEST_CASE("proofs, licences and papers of the company itself are kinds of document") {
        for (const auto kind :
             {"id_proof", "business_licence", "tax_certificate", "internal_doc"})
            CHECK_MESSAGE(has_code(kAttachment, "doc_kind", kind), kind);
        const auto licence = [](std::string_view terms) {
            return std::ranges::any_of(demands(),
                                       [&](const Demand& demand) { return demand.terms == terms; });
        };
        CHECK(licence("attachment:doc_kind=business_licence"));
        CHECK(licence("attachment:doc_kind=tax_certificate"));
    }
    TEST_CASE("contracts, agreements and quotations are kinds of document") {
        for (const auto kind : {"contract_scan", "agreement", "quotation"})
            CHECK_MESSAGE(has_code(kAttachment, "doc_kind", kind), kind);
        CHECK(says(kAttachment, "doc_kind"));
    }
    TEST_CASE("what a document was is never changed: its content is set once, by the office") {
        for (const auto name : {"file_name", "media_type", "size", "content"}) {
            const Field& field = *find_field(kAttachment, name);
            CHECK_MESSAGE(field.merge == Merge::Immutable, name);
            CHECK_MESSAGE(field.writers == kSystem, name);
        }
        CHECK(find_field(kAttachment, "version_of_id")->merge == Merge::Immutable);
    }
    TEST_CASE("every way of collecting is a source, and those that must be named are named") {
        for (const auto source :
             {"visit", "field_visit", "special_survey", "customer_form", "agency", "interview",
              "questionnaire", "online", "phone", "feedback", "third_party"})
            CHECK_MESSAGE(is_taken(source, false), source);
        for (const auto source : {"media", "event", "other"}) {
            CHECK_MESSAGE(is_taken(source, true), source);
            CHECK_MESSAGE(!is_taken(source, false), source);
        }
        CHECK(is_taken("referral", false, true));
        CHECK_FALSE(is_taken("referral", true));
    }
    TEST_CASE("a communication says when, which way, and what was needed, wrong and proposed") {
        for (const auto name : {"started_at", "kind", "content", "needs", "problems",
                                "suggestions", "contact_ids", "our_user_ids"})
            CHECK_MESSAGE(says(kCommunication, name), name);
        for (const auto name : {"started_at", "kind", "content"})
            CHECK_MESSAGE(find_field(kCommunication, name)->required, name);
        CHECK(codes(kCommunication, "kind") ==
              "visit phone email chat meeting fax letter callback admission_interview "
              "technical_meeting ");
    }
    TEST_CASE("three levels of secrecy stand above what is internal") {
        const Field& level = *find_field(kCustomer, "secrecy_level");
        std::string names;
        for (const Choice& each : level.choices) names += std::string(each.label.zh) + ' ';
        CHECK(names == "内部 秘密 机密 绝密 ");
        CHECK(codes(kCustomer, "secrecy_level") == "0 1 2 3 ");
    }
    TEST_CASE(
        "personal facts are of level 2, and in clear on no laptop without a grant") {
        for (const Field& field : kContactPrivate.fields) {
            CHECK_MESSAGE(field.level >= Level::L2, field.name);
            const bool kept = field.offline == Offline::Grant || field.offline == Offline::Never;
            CHECK_MESSAGE(kept, field.name);
        }
        CHECK(find_field(kContact, "quality_note")->level == Level::L2);
        CHECK(find_field(kContact, "quality_note")->offline == Offline::Grant);
        CHECK(find_field(kCustomer, "id_no")->level == Level::L2);
        CHECK(find_field(kCustomer, "id_no")->offline == Offline::Masked);
    }
}
