// Personal data end with the consent: what was written after its withdrawal is refused by itself.
// Source: C-32, AS-33.
#include <doctest/doctest.h>

#include "common/catalog/consent.hpp"
#include "common/catalog/document.hpp"
#include "common/catalog/states.hpp"
#include "common/merge/refusals.hpp"

#include "tests/support/small_office.hpp"

using namespace dossier;
using namespace dossier::test;
using catalog::kConsent;
using catalog::kContact;
using catalog::kContactPrivate;
using catalog::kTask;
using merge::VerdictKind;

namespace {

struct Consents {
    SmallOffice office;
    RecordId customer = office.customer_of(office.ann, "林晓");
    RecordId contact;
    RecordId birthday;  ///< the contact's private facts

    Consents() {
        office.clock.set(*instant_from("2026-04-05 09:00"));
        contact = makes(kContact, {{"customer_id", customer}, {"name", text("林晓")}});
        makes(kContactPrivate, {{"contact_id", contact}, {"birthday", text("1979-08-16")}});
        // There is one for each contact, under a name of the office's.
        server::Unit unit(*office.store);
        birthday = office.store->list(kContactPrivate.tag, {}, 1).front();
    }
    merge::Op creation(const catalog::Kind& kind, const GivenFields& given) {
        return {.kind = merge::OpKind::Create,
                .record_kind = kind.tag,
                .record = office.desk.ids().make<RecordId>(),
                .fields = values_of(kind, given)};
    }
    RecordId makes(const catalog::Kind& kind, const GivenFields& given) {
        const auto op = creation(kind, given);
        office.inside([&](Office& desk) {
            DOSSIER_CHECK(desk.change({}, {.source = "job", .ops = {op}}).has_value());
            return true;
        });
        return op.record;
    }
    RecordId consents(const GivenFields& more = {}) {
        GivenFields given{{"customer_id", customer},
                          {"given_by", text("林晓")},
                          {"capacity", text("self")},
                          {"scope", text(R"(["file"])")},
                          {"given_on", text("2026-03-08")}};
        given.insert(given.end(), more.begin(), more.end());
        return makes(kConsent, given);
    }
    merge::Op change(const catalog::Kind& kind,
                     const RecordId& record,
                     std::string_view name,
                     const Value& base,
                     const Value& value) {
        const auto tag = catalog::find_field(kind, name)->tag;
        return {.kind = merge::OpKind::Set,
                .record_kind = kind.tag,
                .record = record,
                .base_fv = Fv{1},
                .base = {{tag, base}},
                .fields = {{tag, value}}};
    }
    merge::Op new_birthday(std::string_view day) {
        return change(kContactPrivate, birthday, "birthday", text("1979-08-16"), text(day));
    }
    Value value(const catalog::Kind& kind, const RecordId& record, std::string_view name) {
        server::Unit unit(*office.store);
        const auto values = office.store->load(kind.tag, record).value_or(FieldValues{});
        const Value* found = find(values, catalog::find_field(kind, name)->tag);
        return found == nullptr ? Value{} : *found;
    }
    /// Those who have an open task about the customer.
    std::vector<RecordId> asked() {
        server::Unit unit(*office.store);
        std::vector<RecordId> people;
        for (const auto& id : office.store->list(kTask.tag, {}, 50)) {
            const auto task = office.store->load(kTask.tag, id).value_or(FieldValues{});
            if (record_in(task, field(kTask, "customer_id")) == customer)
                people.push_back(record_in(task, field(kTask, "assignee_id")));
        }
        return people;
    }
};

const Instant kBefore = *instant_from("2026-04-01 20:00");
const Instant kThatDay = *instant_from("2026-04-02 08:00");
const Instant kAfter = *instant_from("2026-04-03 10:00");

}  // namespace

TEST_SUITE("server/intake/consents") {
    TEST_CASE("a birthday written after the withdrawal is refused, the visit of that day is kept") {
        Consents desk;
        desk.consents({{"withdrawn_on", text("2026-04-02")}});
        const auto visit = desk.creation(kCommunication, {{"customer_id", desk.customer},
                                                          {"kind", text("phone")},
                                                          {"started_at", kAfter.ms},
                                                          {"content", text("谈了交货期")}});
        const auto verdicts = desk.office.ann.pushes({visit, desk.new_birthday("--08-17")}, kAfter);
        REQUIRE(verdicts.size() == 2);
        CHECK(verdicts[0].kind == VerdictKind::Applied);
        CHECK(verdicts[1].kind == VerdictKind::Rejected);
        CHECK(verdicts[1].reason == merge::kConsentWithdrawn.id);
        CHECK(verdicts[1].args == std::vector<std::string>{"2026-04-02"});
        CHECK(desk.value(kContactPrivate, desk.birthday, "birthday") == text("1979-08-16"));
        CHECK(desk.value(kCommunication, visit.record, "content") == text("谈了交货期"));
    }
    TEST_CASE("the service manager gets one task for the file, however much is refused") {
        Consents desk;
        desk.consents({{"withdrawn_on", text("2026-04-02")}});
        CHECK(desk.asked().empty());
        for (const auto* day : {"--08-17", "--08-18"})
            desk.office.ann.pushes({desk.new_birthday(day)}, kAfter);
        CHECK(desk.asked() == std::vector{desk.office.manager.user.as<RecordTag>()});
    }
    TEST_CASE("the day of the withdrawal counts by when it was written, not by when it comes") {
        Consents desk;
        desk.consents({{"withdrawn_on", text("2026-04-02")}});
        CHECK(desk.office.clerk.pushes({desk.new_birthday("--08-17")}, kThatDay).front().kind ==
              VerdictKind::Rejected);
        CHECK(desk.office.clerk.pushes({desk.new_birthday("--08-18")}, kBefore).front().kind ==
              VerdictKind::Applied);
        CHECK(desk.value(kContactPrivate, desk.birthday, "birthday") == text("--08-18"));
    }
    TEST_CASE(
        "what is there may be cleared after the withdrawal, and a new consent with evidence opens "
        "it again") {
        Consents desk;
        desk.consents({{"withdrawn_on", text("2026-04-02")}});
        const auto cleared =
            desk.change(kContactPrivate, desk.birthday, "birthday", text("1979-08-16"), Value{});
        CHECK(desk.office.clerk.pushes({cleared}, kAfter).front().kind == VerdictKind::Applied);
        const auto again = desk.consents({{"contact_id", desk.contact}});
        const auto writes = [&] {
            const auto op = desk.change(kContactPrivate, desk.birthday, "birthday", Value{},
                                        text("1979-08-16"));
            return desk.office.clerk.pushes({op}, kAfter).front().kind;
        };
        CHECK(writes() == VerdictKind::Rejected);
        const auto paper =
            desk.makes(catalog::kAttachment, {{"customer_id", desk.customer},
                                              {"title", text("授权书")},
                                              {"file_name", text("授权书.pdf")},
                                              {"media_type", text("application/pdf")},
                                              {"size", std::int64_t{9}},
                                              {"content", text(std::string(64, 'a'))}});
        const auto shown = desk.change(kConsent, again, "evidence_id", Value{}, Value(paper));
        REQUIRE(desk.office.ann.pushes({shown}, kAfter).front().kind == VerdictKind::Applied);
        const auto removes = [&](const catalog::Kind& kind, const RecordId& record) {
            return desk.office.inside([&](Office& office) {
                const merge::Op op{
                    .kind = merge::OpKind::Remove, .record_kind = kind.tag, .record = record};
                return office.change(desk.office.manager.user, {.source = "cli", .ops = {op}})
                    .has_value();
            });
        };
        CHECK(writes() == VerdictKind::Applied);
        // Evidence that is taken away is none any more.
        REQUIRE(removes(catalog::kAttachment, paper));
        CHECK(desk.office.clerk.pushes({desk.new_birthday("--08-20")}, kAfter).front().kind ==
              VerdictKind::Rejected);
    }
    TEST_CASE("a consent to the file does not stand in for one to personal data") {
        Consents desk;
        desk.consents();
        desk.consents({{"scope", text(R"(["personal"])")}, {"withdrawn_on", text("2026-04-02")}});
        CHECK(desk.office.clerk.pushes({desk.new_birthday("--08-17")}, kAfter).front().reason ==
              merge::kConsentWithdrawn.id);
    }
    TEST_CASE("a withdrawn consent that is removed stays withdrawn, and its open case stays open") {
        Consents desk;
        const auto consent = desk.consents();
        const merge::Op removal{.kind = merge::OpKind::Remove,
                                .record_kind = kConsent.tag,
                                .record = consent,
                                .base_fv = Fv{9}};
        const auto asked = desk.office.ann.pushes({removal}, kBefore).front();
        REQUIRE(asked.kind == VerdictKind::Case);
        const auto withdrawal =
            desk.change(kConsent, consent, "withdrawn_on", Value{}, text("2026-04-02"));
        REQUIRE(desk.office.ann.pushes({withdrawal}, kAfter).front().kind == VerdictKind::Applied);
        const auto cases = [&] {
            return desk.office.inside([&](Office& office) {
                return server::list_cases(office, desk.office.manager.user, server::Which::Open)
                    .size();
            });
        };
        CHECK(cases() == 1);
        desk.office.inside([&](Office& office) {
            const auto done =
                office.change(desk.office.manager.user, {.source = "cli", .ops = {removal}});
            CHECK(done.has_value());
            return true;
        });
        CHECK(cases() == 1);
        CHECK(desk.office.clerk.pushes({desk.new_birthday("--08-17")}, kAfter).front().reason ==
              merge::kConsentWithdrawn.id);
    }
    TEST_CASE("the identity number of a person is his own, the fax is not; a firm's is nobody's") {
        for (const bool person : {true, false}) {
            CAPTURE(person);
            Consents desk;
            if (person)
                desk.office.clerk.pushes({desk.change(kCustomer, desk.customer, "party_kind",
                                                      text("enterprise"), text("person"))},
                                         kBefore);
            desk.consents({{"withdrawn_on", text("2026-04-02")}});
            const auto id_no =
                desk.change(kCustomer, desk.customer, "id_no", Value{}, text("11010519491231002X"));
            const auto fax =
                desk.change(kCustomer, desk.customer, "fax", text("0571-1000"), text("0571-2000"));
            const auto verdicts = desk.office.clerk.pushes({id_no, fax}, kAfter);
            CHECK((verdicts[0].reason == merge::kConsentWithdrawn.id) == person);
            CHECK(verdicts[1].kind != VerdictKind::Rejected);
            CHECK(desk.office.value_of(desk.customer, "fax") == text("0571-2000"));
        }
    }
    TEST_CASE("at the office the whole action is refused, and its author told at once") {
        Consents desk;
        desk.consents({{"withdrawn_on", text("2026-04-02")}});
        const auto done = desk.office.inside([&](Office& office) {
            return office.change(desk.office.clerk.user,
                                 {.source = "cli", .ops = {desk.new_birthday("--08-17")}});
        });
        REQUIRE_FALSE(done.has_value());
        CHECK(done.error().is(merge::kConsentWithdrawn));
    }
    TEST_CASE("a consent is written once; its withdrawal is added and never taken back") {
        Consents desk;
        const auto consent = desk.consents();
        const auto by = desk.change(kConsent, consent, "given_by", text("林晓"), text("别人"));
        CHECK(desk.office.ann.pushes({by}, kAfter).front().kind == VerdictKind::Rejected);
        const auto withdrawal =
            desk.change(kConsent, consent, "withdrawn_on", Value{}, text("2026-04-02"));
        CHECK(desk.office.ann.pushes({withdrawal}, kAfter).front().kind == VerdictKind::Applied);
        auto undone =
            desk.change(kConsent, consent, "withdrawn_on", text("2026-04-02"), text("2026-04-04"));
        undone.base_fv = Fv{2};
        CHECK(desk.office.ann.pushes({undone}, kAfter).front().kind == VerdictKind::Rejected);
        CHECK(desk.value(kConsent, consent, "withdrawn_on") == text("2026-04-02"));
    }
    TEST_CASE("a contact names a consent, and nothing else, as the consent it is kept under") {
        Consents desk;
        const auto consent = desk.consents();
        const auto names = [&](const RecordId& id) {
            return desk.change(kContact, desk.contact, "consent_id", Value{}, Value(to_text(id)));
        };
        CHECK(desk.office.clerk.pushes({names(desk.customer)}, kBefore).front().kind ==
              VerdictKind::Rejected);
        CHECK(desk.office.clerk.pushes({names(consent)}, kBefore).front().kind ==
              VerdictKind::Applied);
    }
}
