// What a laptop may still bring when its device or its user has lost a right, and what it gets.
#include "common/catalog/review.hpp"

#include "server/settings/settings.hpp"
#include "tests/unit/server/sync/device_at_office.hpp"

namespace dossier::test {
namespace {

using merge::VerdictKind;
using protocol::DeviceState;
using server::Session;

template <class Work>
auto in_unit(PeopledOffice& office, Work work) {
    server::Unit unit(*office.store);
    auto made = work();
    unit.commit();
    return made;
}

void stop(PeopledOffice& office, DeviceAtOffice& device, DeviceState to) {
    REQUIRE(in_unit(
        office, [&] { return server::Devices(office.office).stop({}, device.row.device, to); }));
}

template <class T>
const T* first(const Session::Messages& messages) {
    for (const auto& message : messages) {
        if (const auto* found = std::get_if<T>(&message)) return found;
    }
    return nullptr;
}

bool carries_data(const Session::Messages& messages) {
    const auto* policy = first<protocol::Policy>(messages);
    return first<protocol::Batch>(messages) != nullptr ||
           (policy != nullptr && !policy->held.empty());
}

/// Hello and one Push of the whole outbox: what was answered to the push.
Session::Messages push_all(DeviceAtOffice& device) {
    device.connect();
    auto greeted = device.say(device.hello());
    if (!greeted) MESSAGE(describe(greeted.error(), Lang::En));
    REQUIRE(greeted);
    CHECK_FALSE(carries_data(*greeted));
    auto answers = device.say(protocol::Push{device.outbox, true});
    if (!answers) MESSAGE(describe(answers.error(), Lang::En));
    REQUIRE(answers);
    return *answers;
}

merge::Verdict verdict_of(const Session::Messages& answers, std::size_t at) {
    const auto* told = first<protocol::Verdicts>(answers);
    REQUIRE(told != nullptr);
    REQUIRE(told->changesets.size() > at);
    return told->changesets[at].verdicts.front();
}

merge::Op fax(const RecordId& customer, std::string_view value) {
    return {.kind = merge::OpKind::Set,
            .record_kind = catalog::kCustomer.tag,
            .record = customer,
            .base_fv = {1},
            .fields = {{catalog::find_field(catalog::kCustomer, "fax")->tag, words(value)}}};
}

std::size_t waiting(PeopledOffice& office) {
    server::Unit unit(*office.store);
    return office.store->withheld().size();
}

/// Ann's customer, with Ben for a minute, and Ann's laptop, which has not heard of it.
struct FileHandedOn {
    PeopledOffice office;
    RecordId acme = office.customer(office.ann, "杭州明润");
    DeviceAtOffice device{office, office.ann};

    FileHandedOn() {
        office.clock.advance(std::chrono::minutes(1));
        office.transfer(acme, office.ben);
        office.clock.advance(std::chrono::minutes(1));
    }
};

}  // namespace

TEST_SUITE("server/sync/revoked") {
    TEST_CASE("a stopped device brings its work, loses everything and gets nothing (I6, I11)") {
        for (const auto state : {DeviceState::Suspended, DeviceState::Revoked}) {
            PeopledOffice office;
            const auto acme = office.customer(office.ann, "杭州明润");
            DeviceAtOffice device(office, office.ann);
            REQUIRE(device.say(device.hello()));
            device.stream();
            device.write(device.visit(acme));
            office.clock.advance(std::chrono::minutes(1));
            stop(office, device, state);
            office.clock.advance(std::chrono::minutes(1));
            device.write(device.visit(acme));
            device.write(fax(acme, "0571-11112222"));
            const auto answers = push_all(device);
            CHECK(visits(office) == 2);
            CHECK(verdict_of(answers, 0).kind == VerdictKind::Applied);
            CHECK(verdict_of(answers, 1).kind == VerdictKind::Applied);
            CHECK(verdict_of(answers, 2).kind == VerdictKind::Late);
            CHECK(office.value(catalog::kCustomer, acme, "fax") == Value{});
            CHECK_FALSE(carries_data(answers));
            CHECK(device.stream().empty());
            const auto* policy = first<protocol::Policy>(answers);
            CHECK((policy == nullptr) == (state == DeviceState::Suspended));
            if (policy != nullptr) CHECK_FALSE(policy->lost.empty());
            const auto* refusal = first<protocol::Refusal>(answers);
            REQUIRE(refusal != nullptr);
            CHECK(refusal->fault == (state == DeviceState::Suspended ? "sync.device_suspended"
                                                                     : "sync.device_revoked"));
            // Nothing can be asked for afterwards, and nothing arrives twice.
            CHECK_FALSE(device.say(protocol::Repair{}));
            CHECK(verdict_of(push_all(device), 2) == verdict_of(answers, 2));
            CHECK(visits(office) == 2);
        }
    }
    TEST_CASE("what comes from a lost device waits for a person, and is wiped") {
        PeopledOffice office;
        const auto acme = office.customer(office.ann, "杭州明润");
        DeviceAtOffice device(office, office.ann);
        device.write(device.visit(acme));
        device.write(fax(acme, "0571-11112222"));
        stop(office, device, DeviceState::Lost);
        device.connect();
        const auto greeted = device.say(device.hello());
        REQUIRE(greeted);
        CHECK(first<protocol::Welcome>(*greeted)->commands == std::vector<std::uint8_t>{5, 1});
        const auto answers = device.say(protocol::Push{device.outbox, true});
        REQUIRE(answers);
        CHECK(verdict_of(*answers, 0).kind == VerdictKind::Late);
        CHECK(verdict_of(*answers, 0).reason == "intake.withheld");
        CHECK(visits(office) == 0);
        CHECK(waiting(office) == 2);
        CHECK_FALSE(carries_data(*answers));
        CHECK(first<protocol::Refusal>(*answers) == nullptr);
        const auto noted = device.say(protocol::WipeDone{12, 0});
        REQUIRE(noted);
        CHECK(first<protocol::WipeNoted>(*noted) != nullptr);
        const auto row = in_unit(office, [&] { return office.store->device(device.row.device); });
        CHECK(row->wipe == server::WipeState::Done);
        CHECK(row->wiped_at == office.clock.now());
        // A person lets it in: then, and only then, it counts.
        in_unit(office, [&] {
            CHECK(office.office.intake().let_in(1, office.clock.now())->front().kind ==
                  VerdictKind::Applied);
            CHECK_FALSE(office.office.intake().let_in(1, office.clock.now()));
            return true;
        });
        CHECK(visits(office) == 1);
        CHECK(waiting(office) == 1);
    }
    TEST_CASE("what is refused of a stopped or sealed laptop waits at the office, whole (I8)") {
        PeopledOffice office;
        const auto nobodys = office.office.ids().make<RecordId>();
        DeviceAtOffice stopped(office, office.ann);
        stopped.write(fax(nobodys, "0571-11112222"));
        stop(office, stopped, DeviceState::Suspended);
        const auto answers = push_all(stopped);
        CHECK(verdict_of(answers, 0).kind == VerdictKind::Late);
        CHECK(verdict_of(answers, 0).reason == "intake.not_taken");
        CHECK(waiting(office) == 1);
        DeviceAtOffice sealed(office, office.ben);
        sealed.write(fax(nobodys, "0571-33334444"));
        const auto keys = in_unit(office, [&] { return server::load_office_keys(*office.store); });
        auto& entry = sealed.outbox.back();
        entry.body = crypto::seal_to(keys->recovery.public_key, entry.body);
        entry.sealed = true;
        CHECK(verdict_of(push_all(sealed), 0).kind == VerdictKind::Late);
        CHECK(waiting(office) == 2);
        // Its own tray shows a laptop at work what was refused.
        DeviceAtOffice active(office, office.cai);
        active.write(fax(nobodys, "0571-55556666"));
        CHECK(verdict_of(push_all(active), 0).kind == VerdictKind::Rejected);
        CHECK(waiting(office) == 2);
    }
    TEST_CASE("a sealed step the office does not take is not called one whose right had ended") {
        PeopledOffice office;
        const auto acme = office.customer(office.ann, "杭州明润");
        DeviceAtOffice sealed(office, office.ann);
        sealed.write({.kind = merge::OpKind::Event,
                      .record_kind = catalog::kCustomer.tag,
                      .record = acme,
                      .event = "submit"});
        const auto keys = in_unit(office, [&] { return server::load_office_keys(*office.store); });
        auto& entry = sealed.outbox.back();
        entry.body = crypto::seal_to(keys->recovery.public_key, entry.body);
        entry.sealed = true;
        const auto verdict = verdict_of(push_all(sealed), 0);
        CHECK(verdict.kind == VerdictKind::Late);
        CHECK(verdict.reason == "intake.step_not_taken");
        CHECK(verdict.args == std::vector<std::string>{"1"});
        CHECK(waiting(office) == 1);
    }
    TEST_CASE("a laptop that did not hear that its wipe was noted is told again") {
        PeopledOffice office;
        DeviceAtOffice device(office, office.ann);
        stop(office, device, DeviceState::Lost);
        for (int time = 0; time < 2; ++time) {
            device.connect();
            const auto greeted = device.say(device.hello());
            REQUIRE(greeted);
            CHECK(first<protocol::Welcome>(*greeted)->commands == std::vector<std::uint8_t>{5, 1});
            CHECK(first<protocol::Refusal>(*greeted) == nullptr);
            const auto noted = device.say(protocol::WipeDone{12, 0});
            REQUIRE(noted);
            CHECK(first<protocol::WipeNoted>(*noted) != nullptr);
        }
    }
    TEST_CASE("an office that does not remember having ordered a wipe takes it as done") {
        PeopledOffice office;
        DeviceAtOffice device(office, office.ann);
        CHECK(fault_of(device.say(protocol::WipeDone{12, 0})) == "sync.out_of_order");
        device.connect();
        REQUIRE(device.say(device.hello()));
        const auto noted = device.say(protocol::WipeDone{12, 0});
        REQUIRE(noted);
        CHECK(first<protocol::WipeNoted>(*noted) != nullptr);
        const auto row = in_unit(office, [&] { return office.store->device(device.row.device); });
        CHECK(row->wipe == server::WipeState::Done);
        CHECK(static_cast<DeviceState>(row->state) == DeviceState::Revoked);
    }
    TEST_CASE("a laptop stopped before its Bye is told so instead of a good end (I11)") {
        PeopledOffice office;
        office.customer(office.ann, "杭州明润");
        DeviceAtOffice device(office, office.ann);
        REQUIRE(device.say(device.hello()));
        device.stream();
        stop(office, device, DeviceState::Revoked);
        CHECK(fault_of(device.say(protocol::Bye{0, 1, true})) == "sync.device_revoked");
    }
    TEST_CASE("a wipe once ordered is not taken back by approving the laptop again") {
        PeopledOffice office;
        DeviceAtOffice device(office, office.ann);
        stop(office, device, DeviceState::Suspended);
        in_unit(office, [&] {
            server::Devices devices(office.office);
            REQUIRE(devices.wipe({}, device.row.device));
            CHECK(fault_of(devices.approve({}, device.row.device)) == "device.wipe_ordered");
            return true;
        });
    }
    TEST_CASE("a user disabled since: written before counts as late, written after is refused") {
        PeopledOffice office;
        const auto acme = office.customer(office.ann, "杭州明润");
        DeviceAtOffice device(office, office.ann);
        device.write(device.visit(acme));
        device.write(fax(acme, "0571-11112222"));
        office.clock.advance(std::chrono::minutes(1));
        REQUIRE(office.set({}, catalog::kUser, office.ann.as<RecordTag>(), "active_to",
                           words(office_date(office.clock.now()))));
        office.clock.advance(std::chrono::minutes(1));
        device.write(fax(acme, "0571-33334444"));
        const auto answers = push_all(device);
        CHECK(verdict_of(answers, 0).kind == VerdictKind::Applied);
        CHECK(verdict_of(answers, 1).kind == VerdictKind::Late);
        CHECK(verdict_of(answers, 2).kind == VerdictKind::Rejected);
        const auto* policy = first<protocol::Policy>(answers);
        REQUIRE(policy != nullptr);
        CHECK(policy->held.empty());
        const auto rest = device.stream();
        CHECK_FALSE(carries_data(rest));
        REQUIRE(first<protocol::Checkpoint>(rest) != nullptr);
        CHECK(first<protocol::Checkpoint>(rest)->scopes.empty());
    }
    TEST_CASE("a role ended since: written before counts as late") {
        PeopledOffice office;
        const auto region = office.west;
        const auto dora = office.user("dora", region, "info_clerk");
        const auto acme = office.customer(office.ann, "杭州明润");
        DeviceAtOffice device(office, dora);
        device.write(fax(acme, "0571-11112222"));
        office.clock.advance(std::chrono::minutes(1));
        const auto role = in_unit(office, [&] {
            return office.store
                ->find(catalog::kRoleAssignment.tag,
                       catalog::find_field(catalog::kRoleAssignment, "user_id")->tag,
                       dora.as<RecordTag>())
                .front();
        });
        REQUIRE(office.set({}, catalog::kRoleAssignment, role, "to_at", office.clock.now().ms));
        office.clock.advance(std::chrono::minutes(1));
        device.write(fax(acme, "0571-33334444"));
        const auto answers = push_all(device);
        CHECK(verdict_of(answers, 0).kind == VerdictKind::Late);
        CHECK(verdict_of(answers, 1).kind == VerdictKind::Rejected);
        CHECK(office.value(catalog::kCustomer, acme, "fax") == Value{});
    }
    TEST_CASE("a file handed on: the visit is taken, a later change waits for the new owner") {
        FileHandedOn file;
        auto& [office, acme, device] = file;
        device.write(device.visit(acme));
        device.write(fax(acme, "0571-11112222"));
        const auto answers = push_all(device);
        CHECK(verdict_of(answers, 0).kind == VerdictKind::Applied);
        CHECK(verdict_of(answers, 1).kind == VerdictKind::Late);
        CHECK(visits(office) == 1);
    }
    TEST_CASE("a guess at what now stands in a file handed on is answered like any other") {
        FileHandedOn file;
        auto& [office, acme, device] = file;
        REQUIRE(office.set({}, catalog::kCustomer, acme, "fax", words("0571-11112222")));
        device.write(fax(acme, "0571-11112222"));
        device.write(fax(acme, "0571-99998888"));
        const auto answers = push_all(device);
        CHECK(verdict_of(answers, 0).kind == VerdictKind::Late);
        CHECK(verdict_of(answers, 0).kind == verdict_of(answers, 1).kind);
        CHECK(verdict_of(answers, 0).fv == verdict_of(answers, 1).fv);
    }
    TEST_CASE("a right taken in the middle of a stream stops it before the next byte (I11)") {
        PeopledOffice office;
        for (int i = 0; i < 40; ++i) office.customer(office.ann, "杭州明润" + std::to_string(i));
        DeviceAtOffice device(office, office.ann);
        REQUIRE(device.say(device.hello()));
        const auto next = [&] { return in_unit(office, [&] { return device.next(); }); };
        REQUIRE(next());
        CHECK_FALSE(in_unit(office, [&] { return device.outlived(); }));
        // Somebody else's right is nothing to this session.
        REQUIRE(office.set({}, catalog::kUser, office.cai.as<RecordTag>(), "active_to",
                           words(office_date(office.clock.now()))));
        CHECK_FALSE(in_unit(office, [&] { return device.outlived(); }));
        REQUIRE(next());
        REQUIRE(office.set({}, catalog::kUser, office.ann.as<RecordTag>(), "active_to",
                           words(office_date(office.clock.now()))));
        CHECK(in_unit(office, [&] { return device.outlived(); }));
        CHECK(fault_of(next()) == "sync.rights_changed");
        CHECK(device.stream().empty());
    }
    TEST_CASE("a child waits for its parent, and is taken when it comes, in a later session too") {
        PeopledOffice office;
        DeviceAtOffice device(office, office.ann);
        const auto acme = office.office.ids().make<RecordId>();
        const auto early = device.visit(acme);
        device.write(early);
        auto amended = early;
        amended.kind = merge::OpKind::Set;
        amended.fields = values_of(catalog::kCommunication, {{"needs", words("两台天平")}});
        device.write(amended);
        const auto answers = push_all(device);
        CHECK(verdict_of(answers, 0).kind == VerdictKind::Parked);
        CHECK(verdict_of(answers, 0).reason == "merge.orphan");
        CHECK(verdict_of(answers, 1).kind == VerdictKind::Parked);
        CHECK(visits(office) == 0);
        CHECK(waiting(office) == 2);
        device.write({.kind = merge::OpKind::Create,
                      .record_kind = catalog::kCustomer.tag,
                      .record = acme,
                      .fields = values_of(catalog::kCustomer, {{"name", words("新安医院")},
                                                               {"party_kind", words("enterprise")},
                                                               {"market", words("domestic")},
                                                               {"directness", words("direct")}})});
        const auto later = push_all(device);
        CHECK(verdict_of(later, 0) == verdict_of(answers, 0));
        CHECK(verdict_of(later, 2).kind == VerdictKind::Applied);
        CHECK(visits(office) == 1);
        CHECK(waiting(office) == 0);
        CHECK(office.value(catalog::kCommunication, early.record, "needs") == words("两台天平"));
    }
    TEST_CASE("a child whose parent never comes becomes a case for the clerk (C-24)") {
        PeopledOffice office;
        DeviceAtOffice device(office, office.ann);
        device.write(device.visit(office.office.ids().make<RecordId>()));
        push_all(device);
        const auto cases = [&] {
            server::Unit unit(*office.store);
            return office.store->count(catalog::kCase.tag);
        };
        CHECK(cases() == 0);
        office.clock.advance(std::chrono::hours(73));
        push_all(device);
        CHECK(cases() == 1);
        push_all(device);
        CHECK(cases() == 1);
        CHECK(waiting(office) == 1);
    }
    TEST_CASE("who wrote an orphan is shown its case once the parent has come") {
        PeopledOffice office;
        DeviceAtOffice device(office, office.ann);
        const auto acme = office.office.ids().make<RecordId>();
        device.write(device.visit(acme));
        push_all(device);
        office.clock.advance(std::chrono::hours(73));
        push_all(device);
        device.write({.kind = merge::OpKind::Create,
                      .record_kind = catalog::kCustomer.tag,
                      .record = acme,
                      .fields = values_of(catalog::kCustomer, {{"name", words("新安医院")},
                                                               {"party_kind", words("enterprise")},
                                                               {"market", words("domestic")},
                                                               {"directness", words("direct")}})});
        push_all(device);
        server::Unit unit(*office.store);
        const auto cases = office.store->list(catalog::kCase.tag, {}, 2);
        REQUIRE(cases.size() == 1);
        const auto values = office.store->load(catalog::kCase.tag, cases.front());
        REQUIRE(values);
        CHECK(text_in(*values, field(catalog::kCase, "state")) == "auto");
        CHECK(office.store->place(cases.front())->customer == acme);
        CHECK(office.store->memberships(cases.front(), catalog::Facet::Main).size() == 1);
    }
    TEST_CASE("an orphan that the clerk lets in closes its case, and its author is shown it") {
        PeopledOffice office;
        DeviceAtOffice device(office, office.ann);
        const auto acme = office.customer(office.ben, "杭州明润", 3);
        device.write(device.visit(acme));
        CHECK(verdict_of(push_all(device), 0).reason == "merge.orphan");
        office.clock.advance(std::chrono::hours(73));
        push_all(device);
        office.transfer(acme, office.ann);
        merge::Op mark{.kind = merge::OpKind::Event,
                       .record_kind = catalog::kCustomer.tag,
                       .record = acme,
                       .event = "mark"};
        assign(mark.fields, catalog::kSecrecyLevel, std::int64_t{1});
        server::Unit unit(*office.store);
        REQUIRE(office.office.change({}, {.source = "job", .ops = {mark}}));
        const auto cases = office.store->list(catalog::kCase.tag, {}, 2);
        REQUIRE(cases.size() == 1);
        const auto waiting = office.store->withheld();
        REQUIRE(waiting.size() == 1);
        REQUIRE(office.office.intake().let_in(waiting.front().number, office.clock.now()));
        const auto values = office.store->load(catalog::kCase.tag, cases.front());
        REQUIRE(values);
        CHECK(text_in(*values, field(catalog::kCase, "state")) == "auto");
        CHECK(office.store->place(cases.front())->customer == acme);
        CHECK(office.store->memberships(cases.front(), catalog::Facet::Main).size() == 1);
    }
    TEST_CASE("a device at its quota is told so, keeps the rest, and goes on the next day") {
        PeopledOffice office;
        const auto acme = office.customer(office.ann, "杭州明润");
        DeviceAtOffice device(office, office.ann);
        for (int i = 0; i < 3; ++i) device.write(device.visit(acme));
        REQUIRE(in_unit(office,
                        [&] { return server::change_setting(*office.store, "quota.created", 2); }));
        const auto answers = push_all(device);
        REQUIRE(first<protocol::Verdicts>(answers) != nullptr);
        CHECK(first<protocol::Verdicts>(answers)->changesets.size() == 2);
        const auto* refusal = first<protocol::Refusal>(answers);
        REQUIRE(refusal != nullptr);
        CHECK(refusal->fault == "sync.quota");
        CHECK(refusal->args == std::vector<std::string>{"quota.created", "2"});
        CHECK(visits(office) == 2);
        office.clock.advance(std::chrono::hours(24));
        CHECK(first<protocol::Refusal>(push_all(device)) == nullptr);
        CHECK(visits(office) == 3);
    }
    TEST_CASE("a sealed entry is like any other: the same chain, the same verdict, once") {
        PeopledOffice office;
        const auto acme = office.customer(office.ann, "杭州明润");
        DeviceAtOffice device(office, office.ann);
        device.write(device.visit(acme));
        device.write(device.visit(acme));
        const auto key = in_unit(
            office, [&] { return server::load_office_keys(*office.store)->recovery.public_key; });
        const auto plain = device.outbox;
        for (auto& frozen : device.outbox)
            frozen = {frozen.oseq, frozen.prev, crypto::seal_to(key, frozen.body), true};
        const auto answers = push_all(device);
        CHECK(verdict_of(answers, 0).kind == VerdictKind::Applied);
        CHECK(visits(office) == 2);
        device.outbox = plain;
        CHECK(verdict_of(push_all(device), 1) == verdict_of(answers, 1));
        CHECK(visits(office) == 2);
        device.write(device.visit(acme));
        device.outbox.back().sealed = true;
        device.connect();
        REQUIRE(device.say(device.hello()));
        CHECK(fault_of(device.say(protocol::Push{{device.outbox.back()}, true})) == "sync.sealed");
        CHECK(visits(office) == 2);
    }
}

}  // namespace dossier::test
