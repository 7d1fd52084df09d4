// Giving something of a file to an outsider: on whose word, approved by whom, and what is kept of
// it. Source: R-137, R-138, D-24, AS-37.
#include <doctest/doctest.h>

#include "common/catalog/canonical.hpp"
#include "common/catalog/consent.hpp"
#include "common/catalog/disclosure.hpp"
#include "common/catalog/states.hpp"
#include "common/catalog/task.hpp"

#include "tests/unit/server/intake/step_world.hpp"

using namespace dossier;
using namespace dossier::test;
using catalog::kApproval;
using catalog::kConsent;
using catalog::kDisclosure;
using catalog::kUser;

namespace {

struct Disclosures : Steps {
    SmallOffice::Person head = hires("head", "general_manager");
    SmallOffice::Person desk = hires("desk", "service_staff");
    RecordId file = office.customer_of(office.ann, "明润");
    std::string last;

    Disclosures() {
        for (const auto* person : {&head, &office.manager})
            sets(kUser, person->user.as<RecordTag>(), "clearance", std::int64_t{3});
        sets(kCustomer, file, "service_user_id", desk.user.as<RecordTag>());
        sets(kCustomer, file, "fax", text("0571-1"));
    }
    RecordId consent(const GivenFields& more = {}) {
        GivenFields given{{"customer_id", file},
                          {"given_by", text("周明远")},
                          {"capacity", text("legal_rep")},
                          {"scope", text(R"(["disclosure"])")},
                          {"given_on", text("2026-03-01")}};
        given.insert(given.end(), more.begin(), more.end());
        return makes(kConsent, given);
    }
    RecordId prepares(const SmallOffice::Person& who, const GivenFields& more) {
        GivenFields given{{"customer_id", file},
                          {"recipient", text("某银行")},
                          {"use", text("授信核验")},
                          {"given_fields", text(R"(["fax","name"])")}};
        for (const auto& each : more) {
            std::erase_if(given, [&](const auto& other) {
                return std::string_view(other.name) == each.name;
            });
            given.push_back(each);
        }
        merge::Op op{.kind = merge::OpKind::Create,
                     .record_kind = kDisclosure.tag,
                     .record = office.desk.ids().make<RecordId>(),
                     .fields = values_of(kDisclosure, given)};
        last = says(who.user, op);
        return op.record;
    }
    std::string signs(const SmallOffice::Person& who, const RecordId& disclosure) {
        server::Unit unit(*office.store);
        const auto found =
            office.store->find(kApproval.tag, field(kApproval, "subject_id").tag, disclosure);
        unit.commit();
        REQUIRE(!found.empty());
        return says(who.user, event(kApproval, found.back(), "approve"));
    }
    std::string gives(const SmallOffice::Person& who, const RecordId& disclosure) {
        return says(who.user, event(kDisclosure, disclosure, "give"));
    }
    std::string word(const RecordId& disclosure, std::string_view name) {
        return text_in(all(kDisclosure, disclosure), *catalog::find_field(kDisclosure, name));
    }
};

}  // namespace

TEST_SUITE("server/intake/disclosing") {
    TEST_CASE("what leaves is what the office has when it is given, kept with its hash") {
        Disclosures world;
        const auto id = world.prepares(world.desk, {{"consent_id", world.consent()}});
        REQUIRE(world.last == "ok");
        CHECK(world.gives(world.desk, id) == "intake.out_of_turn");
        CHECK(world.signs(world.desk, id) == "access.denied");
        CHECK(world.signs(world.office.manager, id) == "ok");
        world.sets(kCustomer, world.file, "fax", text("0571-2"));
        CHECK(world.gives(world.desk, id) == "ok");
        CHECK(world.word(id, "state") == "given");
        CHECK(world.word(id, "given_values") == R"({"name":"明润","fax":"0571-2"})");
        CHECK(world.word(id, "values_hash").size() == 64);
        world.sets(kCustomer, world.file, "fax", text("0571-3"));
        CHECK(world.word(id, "given_values") == R"({"name":"明润","fax":"0571-2"})");
    }
    TEST_CASE("a value that waits for verification is no part of it") {
        Disclosures world;
        const auto written = world.office.ann.sets(world.file, "legal_rep", {}, text("新法人"),
                                                   world.office.clock.now());
        REQUIRE(written.kind == merge::VerdictKind::Proposal);
        world.prepares(world.desk, {{"consent_id", world.consent()},
                                    {"given_fields", text(R"(["legal_rep"])")}});
        CHECK(world.last == "disclosure.field");
    }
    TEST_CASE("nothing is given without the customer's word in force, or the law") {
        Disclosures world;
        world.prepares(world.desk, {});
        CHECK(world.last == "disclosure.basis");
        world.prepares(world.desk,
                       {{"consent_id", world.consent({{"valid_until", text("2026-03-01")}})}});
        CHECK(world.last == "disclosure.basis");
        world.prepares(world.desk,
                       {{"consent_id", world.consent({{"withdrawn_on", text("2026-03-02")}})}});
        CHECK(world.last == "disclosure.basis");
        world.prepares(world.desk, {{"legal_basis", text("法院协助执行通知书")}});
        CHECK(world.last == "ok");
    }
    TEST_CASE("consent to something else is none to this, and one withdrawn meanwhile stops it") {
        Disclosures world;
        const auto other = world.makes(kConsent, {{"customer_id", world.file},
                                                  {"given_by", text("周明远")},
                                                  {"capacity", text("legal_rep")},
                                                  {"scope", text(R"(["file"])")},
                                                  {"given_on", text("2026-03-01")}});
        world.prepares(world.desk, {{"consent_id", other}});
        CHECK(world.last == "disclosure.basis");
        const auto consent = world.consent();
        const auto id = world.prepares(world.desk, {{"consent_id", consent}});
        REQUIRE(world.signs(world.office.manager, id) == "ok");
        world.sets(kConsent, consent, "withdrawn_on", text("2026-03-02"));
        CHECK(world.gives(world.desk, id) == "disclosure.basis");
    }
    TEST_CASE("of a confidential file, or a confidential field, the general manager decides") {
        Disclosures world;
        world.office.marks(world.file, 2);
        const auto id = world.prepares(world.office.manager, {{"consent_id", world.consent()}});
        REQUIRE(world.last == "ok");
        CHECK(world.signs(world.head, id) == "ok");
        CHECK(world.word(id, "state") == "approved");
    }
    TEST_CASE("no salesperson prepares a disclosure") {
        Disclosures world;
        world.prepares(world.office.ann, {{"consent_id", world.consent()}});
        CHECK(world.last != "ok");
    }
}
