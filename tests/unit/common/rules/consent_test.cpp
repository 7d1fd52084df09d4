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
FieldValues about(const RecordId& contact, std::string_view scope) {
    auto values = consent({{"given_on", "2026-03-08"}, {"scope", scope}});
    assign(values, catalog::field(kConsent, "contact_id").tag, contact);
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
        const All once{consent({{"given_on", "2026-03-08"}, {"withdrawn_on", "2026-04-02"}})};
        CHECK_FALSE(withdrawn_on(once, "2026-04-01").has_value());
        CHECK(withdrawn_on(once, "2026-04-02") == "2026-04-02");
        auto renewed = once;
        renewed.push_back(consent({{"given_on", "2026-04-05"}}));
        CHECK(withdrawn_on(renewed, "2026-04-04") == "2026-04-02");
        CHECK_FALSE(withdrawn_on(renewed, "2026-04-05").has_value());
    }
    TEST_CASE("who never consented and whose consent ran out withdrew nothing") {
        CHECK_FALSE(withdrawn_on({}, "2026-04-02").has_value());
        const All over{consent({{"given_on", "2026-03-08"}, {"valid_until", "2026-03-31"}})};
        CHECK_FALSE(withdrawn_on(over, "2026-04-02").has_value());
    }
    TEST_CASE("of a contact his own consents count, else those of the customer; none for others") {
        const auto own = about(contact(1), "personal");
        const auto general = about({}, "file");
        const All all{own, general};
        CHECK(consents_about(all, contact(1)) == All{own});
        CHECK(consents_about(all, contact(2)) == All{general});
        CHECK(consents_about(all, {}) == All{general});
        const All other{about({}, "disclosure")};
        CHECK(consents_about(other, contact(1)).empty());
    }
}
