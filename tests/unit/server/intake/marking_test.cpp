// Secrecy marks: who proposes and who approves, what they do to the level of a file and of a single
// record, how they end, and who may know of the highest level. Source: WF-08, 2.5.1, C-16, C-17,
// D-41, R-128, R-133.
#include <doctest/doctest.h>

#include "common/catalog/canonical.hpp"
#include "common/catalog/customer.hpp"
#include "common/catalog/secrecy.hpp"
#include "common/catalog/states.hpp"
#include "common/catalog/task.hpp"

#include "server/jobs/secrecy.hpp"
#include "server/settings/settings.hpp"
#include "tests/unit/server/intake/step_world.hpp"

using namespace dossier;
using namespace dossier::test;
using catalog::kApproval;
using catalog::kNotification;
using catalog::kSecrecyMarking;
using catalog::kUser;

namespace {

struct Secrets : Steps {
    SmallOffice::Person head = hires("head", "general_manager");
    SmallOffice::Person director = hires("director", "marketing_director");
    RecordId file = office.customer_of(office.ann, "明润");
    std::string last;

    Secrets() {
        for (const auto* person : {&head, &director})
            sets(kUser, person->user.as<RecordTag>(), "clearance", std::int64_t{3});
        sets(kUser, office.manager.user.as<RecordTag>(), "clearance", std::int64_t{3});
        sets(kUser, chief.user.as<RecordTag>(), "clearance", std::int64_t{2});
    }
    merge::Op proposal(std::int64_t level, const GivenFields& more = {}) {
        GivenFields given{{"customer_id", file}, {"level", level}, {"basis", text("重要业务往来")}};
        given.insert(given.end(), more.begin(), more.end());
        return {.kind = merge::OpKind::Create,
                .record_kind = kSecrecyMarking.tag,
                .record = office.desk.ids().make<RecordId>(),
                .fields = values_of(kSecrecyMarking, given)};
    }
    RecordId proposes(const SmallOffice::Person& who,
                      std::int64_t level,
                      const GivenFields& more = {}) {
        const auto op = proposal(level, more);
        last = says(who.user, op);
        return op.record;
    }
    static Value circle(std::initializer_list<SmallOffice::Person> people) {
        std::vector<std::string> elements;
        for (const auto& each : people) elements.push_back('"' + to_text(each.user) + '"');
        return catalog::from_elements(field(kSecrecyMarking, "circle"), elements);
    }
    RecordId approval_of(const RecordId& mark) {
        server::Unit unit(*office.store);
        const auto found =
            office.store->find(kApproval.tag, field(kApproval, "subject_id").tag, mark);
        return found.empty() ? RecordId{} : found.back();
    }
    std::string signs(const SmallOffice::Person& who,
                      const RecordId& mark,
                      std::string_view event = "approve",
                      std::string_view reason = "") {
        return says(who.user, this->event(kApproval, approval_of(mark), event), reason);
    }
    RecordId marked(std::int64_t level, const GivenFields& more = {}) {
        const auto id = proposes(chief, level, more);
        REQUIRE(last == "ok");
        REQUIRE(signs(level >= 3 ? head : office.manager, id) == "ok");
        return id;
    }
    std::string at(const RecordId& mark) {
        return text_in(all(kSecrecyMarking, mark), field(kSecrecyMarking, "state"));
    }
    std::string term(const RecordId& mark) {
        return text_in(all(kSecrecyMarking, mark), field(kSecrecyMarking, "expires_on"));
    }
    std::int64_t level() { return number_in(all(kCustomer, file), catalog::kSecrecyLevel, -1); }
    server::MarksEnded night(const char* when) {
        office.clock.set(*instant_from(when));
        return office.inside([](Office& desk) { return server::end_marks(desk); });
    }
    access::Answer sees(const SmallOffice::Person& who) {
        return office.inside([&](Office& desk) {
            const auto values = desk.store().load(kCustomer.tag, file).value_or(FieldValues{});
            const auto subject = desk.people().subject({kCustomer.tag, file, file}, values);
            return access::decide(desk.people().viewer(who.user, desk.now()),
                                  access::Operation::View, subject, catalog::Facet::Main,
                                  {.now = desk.now()})
                .answer;
        });
    }
    std::size_t notices(const SmallOffice::Person& to) {
        server::Unit unit(*office.store);
        std::size_t count = 0;
        for (const auto& id :
             office.store->find(kNotification.tag, field(kNotification, "to_user_id").tag,
                                to.user.as<RecordTag>())) {
            const auto note = office.store->load(kNotification.tag, id).value_or(FieldValues{});
            if (text_in(note, field(kNotification, "kind")) == "due_soon") ++count;
        }
        return count;
    }
};

}  // namespace

TEST_SUITE("server/intake/marking") {
    TEST_CASE("a file is raised once another than who proposed it approves, and not before") {
        Secrets world;
        const auto mark = world.proposes(world.office.manager, 2);
        REQUIRE(world.last == "ok");
        CHECK(world.level() == 1);
        CHECK(world.signs(world.office.manager, mark) == "access.denied");
        CHECK(world.signs(world.chief, mark) == "intake.unknown_record");
        CHECK(world.signs(world.director, mark) == "ok");
        CHECK(world.at(mark) == "marked");
        CHECK(world.level() == 2);
        CHECK(record_in(world.all(kSecrecyMarking, mark), field(kSecrecyMarking, "approved_by"))
                  .as<UserTag>() == world.director.user);
    }
    TEST_CASE("what is secret about a file is said by the file once it is marked") {
        Secrets world;
        const auto why =
            catalog::from_elements(field(kSecrecyMarking, "secret_reason"), {"\"deal_detail\""});
        world.marked(2, {{"secret_reason", why}});
        const auto said = world.all(kCustomer, world.file);
        const Value* kept = find(said, field(kCustomer, "secret_reason").tag);
        REQUIRE(kept != nullptr);
        CHECK(*kept == why);
    }
    TEST_CASE("nobody sets the level of a file but by a mark") {
        Secrets world;
        auto op = Secrets::event(kCustomer, world.file, "mark");
        assign(op.fields, catalog::kSecrecyLevel, std::int64_t{2});
        for (const auto* person : {&world.head, &world.director, &world.office.manager})
            CHECK(world.says(person->user, op) == "access.denied");
        CHECK(world.level() == 1);
    }
    TEST_CASE("the general manager alone signs for the highest level, going up and coming down") {
        Secrets world;
        const auto top = world.proposes(world.office.manager, 3,
                                        {{"circle", Secrets::circle({world.office.ann})}});
        REQUIRE(world.last == "ok");
        CHECK(world.signs(world.director, top) == "intake.unknown_record");
        CHECK(world.signs(world.head, top) == "ok");
        CHECK(world.level() == 3);
        const auto down = world.proposes(world.director, 2);
        REQUIRE(world.last == "ok");
        CHECK(world.signs(world.office.manager, down) == "intake.unknown_record");
        CHECK(world.signs(world.head, down) == "ok");
        CHECK(world.level() == 2);
        CHECK(world.at(top) == "replaced");
    }
    TEST_CASE("a mark has a term, and by default so many years as the company set for its level") {
        Secrets world;
        CHECK(world.term(world.proposes(world.chief, 1)) == "2029-03-02");
        CHECK(world.term(world.proposes(world.chief, 2)) == "2031-03-02");
        world.office.inside([](Office& desk) {
            REQUIRE(server::change_setting(desk.store(), "secrecy.term_years.2", 8));
            return true;
        });
        CHECK(world.term(world.proposes(world.chief, 2)) == "2034-03-02");
        world.office.clock.set(*instant_from("2028-02-29 09:00"));
        CHECK(world.term(world.proposes(world.chief, 1)) == "2031-02-28");
        world.proposes(world.chief, 2, {{"expires_on", text("2028-02-29")}});
        CHECK(world.last == "marking.term");
    }
    TEST_CASE("the highest level has a circle of people who may be in one, and no other has") {
        Secrets world;
        world.proposes(world.office.manager, 3);
        CHECK(world.last == "marking.circle");
        world.proposes(world.office.manager, 2, {{"circle", Secrets::circle({world.head})}});
        CHECK(world.last == "marking.circle");
        world.proposes(world.office.manager, 3,
                       {{"circle", Secrets::circle({world.head, world.office.clerk})}});
        CHECK(world.last == "marking.member");
        world.proposes(world.office.manager, 3,
                       {{"circle", Secrets::circle({world.head, world.office.ann})}});
        CHECK(world.last == "ok");
    }
    TEST_CASE("who is named in the circle reads the file, and whoever is not does not") {
        Secrets world;
        const auto other = world.hires("other", "salesperson");
        CHECK(world.sees(world.chief) == access::Answer::Allow);
        world.sets(kCustomer, world.file, "service_user_id", other.user.as<RecordTag>());
        world.marked(3, {{"circle", Secrets::circle({world.office.ann})}});
        CHECK(world.sees(world.office.ann) == access::Answer::Allow);
        CHECK(world.sees(world.head) == access::Answer::Allow);
        CHECK(world.sees(world.chief) == access::Answer::Deny);
        CHECK(world.sees(other) == access::Answer::Deny);
        const auto known = world.office.inside([&](Office& desk) {
            return std::pair(desk.people().files_known_to(world.office.ann.user),
                             desk.people().files_known_to(world.chief.user));
        });
        CHECK(known.first == std::vector{world.file});
        CHECK(known.second.empty());
    }
    TEST_CASE("a top secret record in a top secret file is known to who is in both circles") {
        Secrets world;
        const auto paper = world.makes(catalog::kDemandPlan,
                                       {{"customer_id", world.file}, {"need", text("天平")}});
        world.marked(3, {{"record_id", paper},
                         {"circle", Secrets::circle({world.office.ann, world.chief})}});
        const auto members = [&] {
            return world.office.inside([&](Office& desk) {
                const auto values = desk.store().load(catalog::kDemandPlan.tag, paper);
                return desk.people()
                    .subject({catalog::kDemandPlan.tag, paper, world.file}, *values)
                    .circle;
            });
        };
        CHECK(members().size() == 2);
        const auto top = world.proposes(world.office.manager, 3,
                                        {{"circle", Secrets::circle({world.office.ann})}});
        REQUIRE(world.signs(world.head, top) == "ok");
        CHECK(members() == std::vector{world.office.ann.user});
    }
    TEST_CASE("a mark ends by itself the day after its last, and the lower one still holds") {
        Secrets world;
        const auto mark = world.marked(2, {{"expires_on", text("2026-06-30")}});
        CHECK(world.night("2026-06-30 23:59").ended == 0);
        CHECK(world.level() == 2);
        CHECK(world.night("2026-07-01 00:05").ended == 1);
        CHECK(world.at(mark) == "expired");
        // The default it was made with runs on for its own three years.
        CHECK(world.level() == 1);
        CHECK(world.night("2029-03-03 00:05").ended == 1);
        CHECK(world.level() == 0);
        CHECK(world.night("2029-03-04 00:05").ended == 0);
    }
    TEST_CASE("a lower mark that ends beneath a higher one changes nothing") {
        Secrets world;
        const auto low = world.marked(1, {{"expires_on", text("2026-05-31")}});
        world.marked(2, {{"expires_on", text("2026-06-30")}});
        CHECK(world.night("2026-06-01 00:05").ended == 1);
        CHECK(world.at(low) == "expired");
        CHECK(world.level() == 2);
        world.night("2026-07-01 00:05");
        CHECK(world.level() == 0);
    }
    TEST_CASE("the old mark holds until its prolongation is approved, which then takes its place") {
        Secrets world;
        const auto old = world.marked(2, {{"expires_on", text("2026-06-30")}});
        const auto longer = world.proposes(world.chief, 2, {{"expires_on", text("2027-06-30")}});
        REQUIRE(world.last == "ok");
        CHECK(world.at(old) == "marked");
        REQUIRE(world.signs(world.office.manager, longer) == "ok");
        CHECK(world.at(old) == "replaced");
        CHECK(world.night("2026-07-01 00:05").ended == 0);
        CHECK(world.level() == 2);
    }
    TEST_CASE("a prolongation that is not approved when the term ends has no effect any more") {
        Secrets world;
        world.marked(2, {{"expires_on", text("2026-06-30")}});
        const auto longer = world.proposes(world.chief, 2, {{"expires_on", text("2027-06-30")}});
        REQUIRE(world.last == "ok");
        world.night("2026-07-01 00:05");
        CHECK(world.at(longer) == "lapsed");
        CHECK(world.signs(world.office.manager, longer) == "intake.settled");
        CHECK(world.level() == 1);
    }
    TEST_CASE("what was proposed while another level held lapses when that changes") {
        Secrets world;
        const auto two = world.proposes(world.chief, 2);
        const auto top = world.proposes(world.office.manager, 3,
                                        {{"circle", Secrets::circle({world.office.ann})}});
        REQUIRE(world.signs(world.head, top) == "ok");
        CHECK(world.at(two) == "lapsed");
        CHECK(world.signs(world.office.manager, two) == "intake.settled");
        CHECK(world.level() == 3);
    }
    TEST_CASE("a proposal nobody approved lapses with its own term") {
        Secrets world;
        const auto mark = world.proposes(world.chief, 2, {{"expires_on", text("2026-04-30")}});
        CHECK(world.night("2026-05-01 00:05").ended == 1);
        CHECK(world.at(mark) == "lapsed");
    }
    TEST_CASE("under a legal hold nothing is declassified, neither by its term nor early") {
        Secrets world;
        const auto mark = world.marked(2, {{"expires_on", text("2026-06-30")}});
        world.sets(kCustomer, world.file, "legal_hold", std::int64_t{1});
        CHECK(world.night("2026-07-01 00:05").held == 1);
        const auto early = Secrets::event(kSecrecyMarking, mark, "declassify");
        CHECK(world.says(world.office.manager.user, early, "客户已公开") == "marking.held");
        CHECK(world.level() == 2);
        world.sets(kCustomer, world.file, "legal_hold", Value{});
        CHECK(world.night("2026-07-02 00:05").ended == 1);
        CHECK(world.level() == 1);
    }
    TEST_CASE("early declassification takes a reason, and at the highest level who set it") {
        Secrets world;
        const auto mark = world.marked(2);
        const auto early = [](const RecordId& id) {
            return Secrets::event(kSecrecyMarking, id, "declassify");
        };
        CHECK(world.says(world.office.manager.user, early(mark)) == "intake.reason_needed");
        CHECK(world.says(world.chief.user, early(mark), "客户已公开") == "access.denied");
        CHECK(world.says(world.office.manager.user, early(mark), "客户已公开") == "ok");
        CHECK(world.level() == 1);
        const auto top = world.marked(3, {{"circle", Secrets::circle({world.chief})}});
        CHECK(world.says(world.office.manager.user, early(top), "客户已公开") == "access.denied");
        CHECK(world.says(world.head.user, early(top), "客户已公开") == "ok");
        CHECK(world.level() == 1);
    }
    TEST_CASE("owner and service manager hear of the end of a mark twice, each time once") {
        Secrets world;
        world.marked(2, {{"expires_on", text("2026-06-30")}});
        CHECK(world.night("2026-05-30 00:05").told == 0);
        CHECK(world.night("2026-05-31 00:05").told == 2);
        CHECK(world.night("2026-06-01 00:05").told == 0);
        CHECK(world.night("2026-06-23 00:05").told == 2);
        CHECK(world.night("2026-06-24 00:05").told == 0);
        CHECK(world.notices(world.office.ann) == 2);
        CHECK(world.notices(world.office.manager) == 2);
        CHECK(world.notices(world.chief) == 0);
    }
    TEST_CASE("a single record is marked alone, and goes back to the level of its kind") {
        Secrets world;
        const auto paper = world.makes(catalog::kDemandPlan,
                                       {{"customer_id", world.file}, {"need", text("天平")}});
        const auto level = [&] {
            return number_in(world.all(catalog::kDemandPlan, paper), catalog::kSecrecyLevel, -1);
        };
        const auto before = level();
        const auto mark =
            world.marked(2, {{"record_id", paper}, {"expires_on", text("2026-06-30")}});
        CHECK(level() == 2);
        CHECK(world.level() == 1);
        world.night("2026-07-01 00:05");
        CHECK(world.at(mark) == "expired");
        CHECK(level() == before);
        CHECK(world.level() == 1);
    }
    TEST_CASE("a record of another file is not marked with this one") {
        Secrets world;
        const auto elsewhere = world.office.customer_of(world.office.ben, "远航");
        const auto paper =
            world.makes(catalog::kDemandPlan, {{"customer_id", elsewhere}, {"need", text("天平")}});
        world.proposes(world.chief, 2, {{"record_id", paper}});
        CHECK(world.last == "marking.target");
    }
    TEST_CASE("a salesperson proposes a mark offline, also with words no laptop keeps") {
        Secrets world;
        const auto op = world.proposal(2, {{"expires_on", text("2027-06-30")}});
        const auto verdict = world.office.ann.pushes({op}, world.office.clock.now()).front();
        CHECK(verdict.kind == merge::VerdictKind::Applied);
        CHECK(text_in(world.all(kSecrecyMarking, op.record), field(kSecrecyMarking, "basis")) ==
              "重要业务往来");
        CHECK(world.at(op.record) == "proposed");
        CHECK(world.level() == 1);
    }
}
