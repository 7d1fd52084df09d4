// What a customer agreed to holds from its day on, until its term or its withdrawal.
#include "common/rules/consent.hpp"

#include <doctest/doctest.h>

#include "common/catalog/canonical.hpp"
#include "common/catalog/consent.hpp"

using namespace dossier;
using namespace dossier::rules;
using catalog::kConsent;

namespace {

constexpr Instant kConsentDay{1'776'000'000'000};  // April 2026
using Typed = std::vector<std::pair<std::string_view, std::string_view>>;
using All = std::vector<FieldValues>;

FieldValues consent(const Typed& typed) {
    FieldValues values;
    for (const auto& [name, text] : typed) {
        const auto* of = catalog::find_field(kConsent, name);
        auto value = catalog::parse(*of, text, kConsentDay);
        if (!value) FAIL(describe(value.error(), Lang::En));
        assign(values, of->tag, std::move(*value));
    }
    return values;
}
bool holds(const Typed& typed, std::string_view day) {
    const All all{consent(typed)};
    return has_consent(all, day);
}
RecordId contact(std::uint8_t number) {
    RecordId id;
    id.bytes[15] = number;
    return id;
}
FieldValues of(const RecordId& contact, FieldValues values) {
    assign(values, catalog::field(kConsent, "contact_id").tag, contact);
    return values;
}
FieldValues given(std::string_view day, std::string_view scope) {
    return consent({{"given_on", day}, {"scope", scope}});
}
FieldValues withdrawn(std::string_view day, std::string_view scope) {
    return consent({{"given_on", "2026-03-08"}, {"scope", scope}, {"withdrawn_on", day}});
}
FieldValues evident(FieldValues values) {
    assign(values, catalog::field(kConsent, "evidence_id").tag, contact(9));
    return values;
}

}  // namespace

TEST_SUITE("common/rules/consent") {
    TEST_CASE("a consent holds from the day it was given through the last day of its term") {
        const Typed term{{"given_on", "2026-03-08"}, {"valid_until", "2026-03-31"}};
        CHECK_FALSE(holds(term, "2026-03-07"));
        CHECK(holds(term, "2026-03-08"));
        CHECK(holds(term, "2026-03-31"));
        CHECK_FALSE(holds(term, "2026-04-01"));
        CHECK(holds({{"given_on", "2026-03-08"}}, "2099-01-01"));
        CHECK_FALSE(has_consent({}, "2026-03-08"));
    }
    TEST_CASE("on the day of its withdrawal a consent holds no more, the day before it did") {
        const Typed withdrawn{{"given_on", "2026-03-08"}, {"withdrawn_on", "2026-04-02"}};
        CHECK(holds(withdrawn, "2026-04-01"));
        CHECK_FALSE(holds(withdrawn, "2026-04-02"));
        CHECK_FALSE(holds(withdrawn, "2026-04-03"));
    }
    TEST_CASE("a withdrawal is told from its day on, until another consent is in force") {
        All all{withdrawn("2026-04-02", "file")};
        CHECK_FALSE(withdrawn_on(all, {}, "2026-04-01").has_value());
        CHECK(withdrawn_on(all, {}, "2026-04-02") == "2026-04-02");
        all.push_back(evident(given("2026-04-05", "file")));
        CHECK(withdrawn_on(all, {}, "2026-04-04") == "2026-04-02");
        CHECK_FALSE(withdrawn_on(all, {}, "2026-04-05").has_value());
    }
    TEST_CASE("who never consented and whose consent ran out withdrew nothing") {
        CHECK_FALSE(withdrawn_on({}, {}, "2026-04-02").has_value());
        const All over{consent(
            {{"given_on", "2026-03-08"}, {"scope", "personal"}, {"valid_until", "2026-03-31"}})};
        CHECK_FALSE(withdrawn_on(over, {}, "2026-04-02").has_value());
    }
    TEST_CASE("a consent to the file stands in for none to personal data, nor the other way") {
        for (const auto& [gone, there] : {std::pair{"personal", "file"}, {"file", "personal"}}) {
            CAPTURE(gone);
            All all{withdrawn("2026-04-02", gone), given("2026-03-08", there)};
            CHECK(withdrawn_on(all, {}, "2026-04-03") == "2026-04-02");
            all.push_back(evident(given("2026-04-05", there)));
            CHECK(withdrawn_on(all, {}, "2026-04-05") == "2026-04-02");
            all.push_back(evident(given("2026-04-05", gone)));
            CHECK_FALSE(withdrawn_on(all, {}, "2026-04-05").has_value());
        }
        const All both{withdrawn("2026-04-02", R"(["file","personal"])"),
                       evident(given("2026-04-05", R"(["file","personal"])"))};
        CHECK_FALSE(withdrawn_on(both, {}, "2026-04-05").has_value());
        const All other{withdrawn("2026-04-02", "disclosure")};
        CHECK_FALSE(withdrawn_on(other, {}, "2026-04-05").has_value());
    }
    TEST_CASE("a consent entered since a withdrawal counts with evidence, whatever day it names") {
        auto back = given("2026-03-08", "personal");
        assign(back, catalog::kCreatedAt, instant_from("2026-04-05 09:00")->ms);
        All all{withdrawn("2026-04-02", "personal"), back};
        CHECK(withdrawn_on(all, {}, "2026-04-05") == "2026-04-02");
        all.back() = evident(back);
        CHECK_FALSE(withdrawn_on(all, {}, "2026-04-05").has_value());
        // What was in force beside the one that was withdrawn needs none.
        const All beside{withdrawn("2026-04-02", "personal"), given("2026-03-08", "personal")};
        CHECK_FALSE(withdrawn_on(beside, {}, "2026-04-05").has_value());
    }
    TEST_CASE("of a contact his own consents count, else those of the customer; none for others") {
        const All all{of(contact(1), given("2026-03-08", "personal")),
                      withdrawn("2026-04-02", "personal")};
        CHECK_FALSE(withdrawn_on(all, contact(1), "2026-04-03").has_value());
        CHECK(withdrawn_on(all, contact(2), "2026-04-03") == "2026-04-02");
        CHECK(withdrawn_on(all, {}, "2026-04-03") == "2026-04-02");
        const All own{of(contact(1), withdrawn("2026-04-02", "personal"))};
        CHECK(withdrawn_on(own, contact(1), "2026-04-03") == "2026-04-02");
        CHECK_FALSE(withdrawn_on(own, contact(2), "2026-04-03").has_value());
        // His own that is entered after the customer's was withdrawn is asked for evidence, too.
        const All late{of(contact(1), given("2026-04-03", "personal")),
                       withdrawn("2026-04-02", "personal")};
        CHECK(withdrawn_on(late, contact(1), "2026-04-03") == "2026-04-02");
    }
}
