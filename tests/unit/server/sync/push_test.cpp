// What a laptop's changesets meet: the chain, exactly once, the author, what may be known.
#include "common/catalog/customer.hpp"

#include "tests/unit/server/sync/device_at_office.hpp"

namespace dossier::test {
namespace {

using merge::VerdictKind;

}  // namespace

TEST_SUITE("server/sync/push") {
    TEST_CASE("a changeset takes effect once, however often it is pushed") {
        PeopledOffice office;
        const auto acme = office.customer(office.ann, "杭州明润");
        DeviceAtOffice device(office, office.ann);
        const auto frozen = device.write(device.visit(acme));
        REQUIRE(device.say(device.hello()));
        const auto first = DeviceAtOffice::verdicts(device.say(protocol::Push{{frozen}, false}));
        CHECK(first.front().kind == VerdictKind::Applied);
        CHECK(DeviceAtOffice::verdicts(device.say(protocol::Push{{frozen}, false})) == first);
        device.connect();
        REQUIRE(device.say(device.hello()));
        CHECK(DeviceAtOffice::verdicts(device.say(protocol::Push{{frozen}, true})) == first);
        CHECK(visits(office) == 1);
    }
    TEST_CASE("a gap, a changed body or another history changes nothing") {
        PeopledOffice office;
        const auto acme = office.customer(office.ann, "杭州明润");
        DeviceAtOffice device(office, office.ann);
        for (int i = 0; i < 3; ++i) device.write(device.visit(acme));
        const auto& outbox = device.outbox;
        const auto push = [&](std::vector<protocol::Frozen> changesets) {
            device.connect();
            REQUIRE(device.say(device.hello()));
            return fault_of(device.say(protocol::Push{std::move(changesets), false}));
        };
        CHECK(push({outbox[1]}) == "sync.gap");
        CHECK(push({outbox[0], outbox[2]}) == "sync.gap");
        auto tampered = outbox[1];
        tampered.prev[0] ^= 1U;
        CHECK(push({outbox[0], tampered}) == "sync.fork");
        auto body = outbox[0];
        body.body[5] ^= 1U;
        CHECK(push({body, outbox[1]}) == "sync.fork");
        auto none = outbox[0];
        none.oseq = 0;
        CHECK(push({none}) == "sync.gap");
        CHECK(visits(office) == 0);
        CHECK(push({outbox[0], outbox[1], outbox[2]}) == "ok");
        CHECK(visits(office) == 3);
        CHECK(push({body}) == "sync.fork");
        CHECK(visits(office) == 3);
    }
    TEST_CASE("an outbox that went back or branched is a fork, and nothing is taken") {
        PeopledOffice office;
        const auto acme = office.customer(office.ann, "杭州明润");
        DeviceAtOffice device(office, office.ann);
        const auto frozen = device.write(device.visit(acme));
        REQUIRE(device.say(device.hello()));
        REQUIRE(device.say(protocol::Push{{frozen}, true}));
        auto hello = device.hello();
        hello.protocol_max = 1;
        hello.outbox_last = 0;
        device.connect();
        CHECK(fault_of(device.say(hello)) == "sync.fork");
        hello = device.hello();
        hello.protocol_max = 1;
        hello.outbox_head[3] ^= 1U;
        device.connect();
        CHECK(fault_of(device.say(hello)) == "sync.fork");
        hello = device.hello();
        hello.protocol_max = 1;
        hello.device_epoch = 2;
        device.connect();
        CHECK(fault_of(device.say(hello)) == "sync.fork");
    }
    TEST_CASE("a branched outbox pushes nothing before its branch, and begins one a session") {
        PeopledOffice office;
        const auto acme = office.customer(office.ann, "杭州明润");
        DeviceAtOffice device(office, office.ann);
        const auto frozen = device.write(device.visit(acme));
        const auto later = device.write(device.visit(acme));
        REQUIRE(device.say(device.hello()));
        REQUIRE(device.say(protocol::Push{{frozen}, true}));
        auto hello = device.hello();
        hello.device_epoch = 2;
        const protocol::ChainHead known{1, later.prev};
        device.connect();
        REQUIRE(device.say(hello));
        CHECK(fault_of(device.say(protocol::Push{{later}, false})) == "sync.fork");
        device.connect();
        REQUIRE(device.say(hello));
        const protocol::Probe probe{{known, {2, hello.outbox_head}}};
        const auto answer = device.say(probe);
        REQUIRE(answer);
        CHECK(std::get<protocol::Known>(answer->front()).oseq == 1);
        const auto begun = device.say(protocol::Branch{known});
        REQUIRE(begun);
        CHECK(std::get<protocol::Branched>(begun->front()).device_epoch == 2);
        CHECK(fault_of(device.say(protocol::Branch{known})) == "sync.out_of_order");
        device.connect();
        REQUIRE(device.say(hello));
        CHECK(DeviceAtOffice::verdicts(device.say(protocol::Push{{frozen, later}, false}))
                  .front()
                  .kind == VerdictKind::Applied);
        CHECK(visits(office) == 2);
    }
    TEST_CASE("an unreadable changeset is refused alone") {
        PeopledOffice office;
        const auto acme = office.customer(office.ann, "杭州明润");
        DeviceAtOffice device(office, office.ann);
        const auto broken = device.freeze({9, 9, 9});
        auto op = device.visit(acme);
        op.event = "\xFF\xFE";
        const auto hostile = device.write(std::move(op));
        const auto sound = device.write(device.visit(acme));
        REQUIRE(device.say(device.hello()));
        const auto answers = device.say(protocol::Push{{broken, hostile, sound}, false});
        REQUIRE(answers);
        const auto& told = std::get<protocol::Verdicts>(answers->front()).changesets;
        REQUIRE(told.size() == 3);
        CHECK(told[0].verdicts.front().reason == "intake.unreadable");
        CHECK(told[1].verdicts.front().reason == "intake.unreadable");
        CHECK(told[2].verdicts.front().kind == VerdictKind::Applied);
    }
    TEST_CASE("a forged author gains nothing") {
        PeopledOffice office;
        const auto acme = office.customer(office.ben, "杭州明润");
        DeviceAtOffice device(office, office.ann);
        device.author = office.ben;
        const auto frozen = device.write(device.visit(acme));
        REQUIRE(device.say(device.hello()));
        const auto told = DeviceAtOffice::verdicts(device.say(protocol::Push{{frozen}, true}));
        CHECK(told.front().kind == VerdictKind::Rejected);
        CHECK(told.front().reason == "intake.wrong_author");
        CHECK(visits(office) == 0);
    }
    TEST_CASE(
        "the answer to a guessed id goes out at a time that depends on nothing but the guess") {
        PeopledOffice office;
        const auto hidden = office.customer(office.cai, "西北仪器", 3);
        const auto nothing = office.office.ids().make<RecordId>();
        DeviceAtOffice device(office, office.ann);
        const auto removal = [](const RecordId& record) {
            return merge::Op{.kind = merge::OpKind::Remove,
                             .record_kind = catalog::kCustomer.tag,
                             .record = record};
        };
        const auto honest = device.write(device.visit(office.customer(office.ann, "东海仪器", 1)));
        const auto at_hidden = device.write(removal(hidden));
        const auto below_hidden = device.write(device.visit(hidden));
        const auto at_nothing = device.write(removal(nothing));
        const auto below_nothing = device.write(device.visit(nothing));
        REQUIRE(device.say(device.hello()));
        const auto held_back = [&](const protocol::Frozen& frozen) {
            REQUIRE(device.say(protocol::Push{{frozen}, false}));
            return device.session().held_back();
        };
        CHECK(held_back(honest).count() == 0);
        CHECK(held_back(at_hidden).count() > 0);
        const auto child = held_back(below_hidden);
        CHECK(child.count() > 0);
        CHECK(held_back(at_nothing).count() > 0);
        CHECK(held_back(below_nothing) == child);
    }
    TEST_CASE("an invisible record and an unknown one are answered alike") {
        PeopledOffice office;
        // Of level 3: not even in the directory everybody may look up.
        const auto hidden = office.customer(office.cai, "西北仪器", 3);
        DeviceAtOffice device(office, office.ann);
        const auto& fax = *catalog::find_field(catalog::kCustomer, "fax");
        const auto change = [&](const RecordId& record) {
            return merge::Op{.kind = merge::OpKind::Set,
                             .record_kind = catalog::kCustomer.tag,
                             .record = record,
                             .base_fv = {1},
                             .fields = {{fax.tag, words("0571-1")}}};
        };
        const auto at_hidden = device.write(change(hidden));
        const auto at_nothing = device.write(change(office.office.ids().make<RecordId>()));
        const auto child_of_hidden = device.write(device.visit(hidden));
        const auto child_of_nothing =
            device.write(device.visit(office.office.ids().make<RecordId>()));
        REQUIRE(device.say(device.hello()));
        const auto answers = device.say(
            protocol::Push{{at_hidden, at_nothing, child_of_hidden, child_of_nothing}, false});
        REQUIRE(answers);
        const auto& told = std::get<protocol::Verdicts>(answers->front()).changesets;
        CHECK(told[0].verdicts == told[1].verdicts);
        CHECK(told[0].verdicts.front().reason == "intake.unknown_record");
        // A child waits for its parent, there or not: the answer repeats what its author said.
        for (const std::size_t child : {2U, 3U}) {
            CHECK(told[child].verdicts.front().kind == VerdictKind::Parked);
            CHECK(told[child].verdicts.front().reason == "merge.orphan");
        }
        CHECK(told[2].verdicts.front().args == std::vector{to_text(hidden)});
    }
}

}  // namespace dossier::test
