// Order, states and scopes of the office's side of a session.
#include <map>

#include "protocol/compress.hpp"

#include "tests/unit/server/sync/device_at_office.hpp"

namespace dossier::test {
namespace {

using protocol::DeviceState;
using protocol::Message;

std::vector<Message> every_message() {
    return {protocol::Enrol{},      protocol::Enrolled{}, protocol::Hello{},  protocol::Welcome{},
            protocol::Push{},       protocol::Verdicts{}, protocol::Policy{}, protocol::Batch{},
            protocol::Checkpoint{}, protocol::Repair{},   protocol::Bye{},    protocol::Refusal{},
            protocol::WipeDone{},   protocol::WipeNoted{}};
}

std::vector<protocol::FacetEntry> entries_in(const std::vector<Message>& messages) {
    std::vector<protocol::FacetEntry> all;
    protocol::Decompressor decompressor;
    for (const auto& message : messages) {
        const auto* batch = std::get_if<protocol::Batch>(&message);
        if (batch == nullptr) continue;
        const auto entries = protocol::decode_entries(*decompressor.decompress(batch->entries));
        REQUIRE(entries->size() == batch->count);
        all.insert(all.end(), entries->begin(), entries->end());
    }
    return all;
}

bool contain(const std::vector<protocol::FacetEntry>& entries, const RecordId& record) {
    return std::any_of(entries.begin(), entries.end(),
                       [&](const auto& entry) { return entry.record == record && entry.present; });
}

}  // namespace

TEST_SUITE("server/sync/session") {
    TEST_CASE("a device that is not active learns its state from any message, and nothing else") {
        PeopledOffice office;
        const std::map<DeviceState, std::string> told{
            {DeviceState::Pending, "sync.device_pending"},
            {DeviceState::Suspended, "sync.device_suspended"},
            {DeviceState::Revoked, "sync.device_revoked"},
            {DeviceState::Lost, "sync.device_lost"}};
        for (const auto& [state, fault] : told) {
            DeviceAtOffice device(office, office.ann, state);
            for (const auto& message : every_message()) {
                const bool greets = std::holds_alternative<protocol::Hello>(message);
                if (greets && state != DeviceState::Pending) continue;  // it may bring its work
                device.connect();
                CHECK(fault_of(device.say(message)) == fault);
                CHECK(device.stream().empty());
            }
        }
    }
    TEST_CASE("any message out of its order ends the session") {
        PeopledOffice office;
        DeviceAtOffice device(office, office.ann);
        for (const auto& message : every_message()) {
            if (std::holds_alternative<protocol::Hello>(message)) continue;
            device.connect();
            CHECK(fault_of(device.say(message)) == "sync.out_of_order");
            CHECK(fault_of(device.say(device.hello())) == "sync.out_of_order");
        }
        // That it was wiped, a laptop may say at any time after its policy.
        for (const auto& message : every_message()) {
            if (std::holds_alternative<protocol::WipeDone>(message)) continue;
            device.connect();
            REQUIRE(device.say(device.hello()));
            CHECK(fault_of(device.say(message)) == "sync.out_of_order");
        }
        for (const auto& message : every_message()) {
            if (std::holds_alternative<protocol::Bye>(message) ||
                std::holds_alternative<protocol::WipeDone>(message) ||
                std::holds_alternative<protocol::Repair>(message))
                continue;
            device.connect();
            REQUIRE(device.say(device.hello()));
            device.stream();
            CHECK(fault_of(device.say(message)) == "sync.out_of_order");
        }
    }
    TEST_CASE("with nothing to push the answer to Hello is everything up to the checkpoint") {
        PeopledOffice office;
        DeviceAtOffice device(office, office.ann);
        const auto answers = device.say(device.hello());
        REQUIRE(answers);
        REQUIRE(answers->size() == 2);
        CHECK(std::holds_alternative<protocol::Welcome>((*answers)[0]));
        CHECK(std::holds_alternative<protocol::Policy>((*answers)[1]));
        const auto stream = device.stream();
        CHECK(std::holds_alternative<protocol::Checkpoint>(stream.back()));
        CHECK(device.say(protocol::Bye{0, 0, true}).has_value());
    }
    TEST_CASE("nothing leaves but what lies in the user's scopes") {
        PeopledOffice office;
        const auto hers = office.customer(office.ann, "杭州明润");
        const auto his = office.customer(office.ben, "苏州长青");
        DeviceAtOffice device(office, office.ann);
        const auto answers = device.say(device.hello());
        const auto& policy = std::get<protocol::Policy>((*answers)[1]);
        CHECK(policy.gained == policy.held);
        for (const auto& scope : policy.held)
            CHECK((scope.of.is_none() || scope.of == office.ann.as<RecordTag>()));
        const auto entries = entries_in(device.stream());
        CHECK(contain(entries, hers));
        CHECK_FALSE(contain(entries, his));
        for (const auto& entry : entries) CHECK(entry.facet != 5);
    }
    TEST_CASE("a laptop without a right any more is told what it lost") {
        PeopledOffice office;
        DeviceAtOffice device(office, office.ann);
        auto hello = device.hello();
        hello.cursors = {{{4, office.west}, {9}}, {{1, {}}, {2}}};
        const auto answers = device.say(hello);
        const auto& policy = std::get<protocol::Policy>((*answers)[1]);
        CHECK(policy.lost == std::vector<protocol::ScopeKey>{{4, office.west}});
        CHECK(std::find(policy.gained.begin(), policy.gained.end(), protocol::ScopeKey{1, {}}) ==
              policy.gained.end());
    }
    TEST_CASE("a lost scope's log is kept until the laptop comes without it") {
        PeopledOffice office;
        DeviceAtOffice device(office, office.ann);
        const access::Scope west{access::ScopeSort::Directory, office.west};
        const auto keeps_west = [&] {
            server::Unit unit(*office.store);
            const auto kept = office.store->held(device.row.device);
            return std::ranges::count(kept, west) == 1;
        };
        auto hello = device.hello();
        hello.cursors = {{{4, office.west}, {9}}};
        REQUIRE(device.say(hello));
        // Anybody can name a scope: what nobody told it leaves nothing.
        CHECK_FALSE(keeps_west());
        {
            server::Unit unit(*office.store);
            office.store->set_held(device.row.device, {west});
            unit.commit();
        }
        // Its disk may forget that it was told of the loss.
        for (int i = 0; i < 2; ++i) {
            device.connect();
            REQUIRE(device.say(hello));
            CHECK(keeps_west());
        }
        device.connect();
        REQUIRE(device.say(device.hello()));
        CHECK_FALSE(keeps_west());
    }
    TEST_CASE("the checkpoint is one state, even when a scope moves while it streams") {
        PeopledOffice office;
        for (int i = 0; i < 40; ++i) office.customer(office.ann, "客户" + std::to_string(i));
        DeviceAtOffice device(office, office.ann);
        REQUIRE(device.say(device.hello()));
        const auto late = office.customer(office.ann, "途中建立");
        const auto stream = device.stream();
        CHECK(contain(entries_in(stream), late));
        const auto& checkpoint = std::get<protocol::Checkpoint>(stream.back());
        server::Unit unit(*office.store);
        for (const auto& state : checkpoint.scopes) {
            const auto now = office.store->summary(server::scope_of(state.scope));
            CHECK(state.sseq == now.sseq);
            CHECK(state.set_hash == now.set_hash.sum);
        }
    }
    TEST_CASE("a repair sends the scope again from its start, a few times only") {
        PeopledOffice office;
        office.customer(office.ann, "杭州明润");
        DeviceAtOffice device(office, office.ann);
        REQUIRE(device.say(device.hello()));
        const auto first = entries_in(device.stream()).size();
        const protocol::ScopeKey own{3, office.ann.as<RecordTag>()};
        for (unsigned i = 0; i < server::kSessionRepairsMax; ++i) {
            REQUIRE(device.say(protocol::Repair{{own}}));
            const auto again = entries_in(device.stream()).size();
            CHECK(again > 0);
            CHECK(again < first);
        }
        CHECK(fault_of(device.say(protocol::Repair{{own}})) == "sync.out_of_order");
        device.connect();
        REQUIRE(device.say(device.hello()));
        device.stream();
        CHECK(fault_of(device.say(protocol::Repair{{{3, office.ben.as<RecordTag>()}}})) ==
              "sync.out_of_order");
    }
    TEST_CASE("a clock days off is noted and answered, and stops nothing") {
        PeopledOffice office;
        DeviceAtOffice device(office, office.ann);
        auto hello = device.hello();
        hello.device_now_ms += 3 * 24 * 3'600'000LL;
        const auto answers = device.say(hello);
        REQUIRE(answers);
        const auto& welcome = std::get<protocol::Welcome>(answers->front());
        CHECK(welcome.commands == std::vector<std::uint8_t>{4});
        device.stream();
        REQUIRE(device.say(protocol::Bye{}));
        server::Unit unit(*office.store);
        CHECK(office.store->sessions(1).front().clock_offset_ms == 3 * 24 * 3'600'000LL);
    }
    TEST_CASE(
        "a visit of a laptop years ahead is taken, at the time it was by the office's clock") {
        PeopledOffice office;
        const auto acme = office.customer(office.ann, "杭州明润");
        DeviceAtOffice device(office, office.ann);
        constexpr std::int64_t kOff = 3650 * 24 * 3'600'000LL;
        device.clock_off_ms = kOff;
        auto visit = device.visit(acme);
        assign(visit.fields, catalog::field(catalog::kCommunication, "started_at").tag,
               office.clock.now().ms + kOff);
        const RecordId record = visit.record;
        const auto frozen = device.write(std::move(visit));
        REQUIRE(device.say(device.hello()));
        const auto told = DeviceAtOffice::verdicts(device.say(protocol::Push{{frozen}, true}));
        CHECK(told.front().kind == merge::VerdictKind::Applied);
        const auto values = office.store->load(catalog::kCommunication.tag, record);
        REQUIRE(values);
        const Value* at = find(*values, catalog::field(catalog::kCommunication, "started_at").tag);
        REQUIRE(at != nullptr);
        CHECK(as_number(*at) == office.clock.now().ms);
    }
    TEST_CASE("versions that do not meet are told which side to upgrade") {
        PeopledOffice office;
        DeviceAtOffice device(office, office.ann);
        auto hello = device.hello();
        hello.protocol_min = hello.protocol_max = 0;
        CHECK(fault_of(device.say(hello)) == "sync.version_too_old");
        device.connect();
        hello.protocol_min = hello.protocol_max = 9;
        CHECK(fault_of(device.say(hello)) == "sync.version_too_new");
    }
    TEST_CASE("an active device may show what it holds for some days, a stopped one for none") {
        using protocol::DeviceState;
        PeopledOffice office;
        for (const auto state : {DeviceState::Active, DeviceState::Suspended, DeviceState::Revoked,
                                 DeviceState::Lost}) {
            CAPTURE(static_cast<int>(state));
            DeviceAtOffice device(office, office.ann, state);
            const auto answers = device.say(device.hello());
            REQUIRE(answers.has_value());
            const auto& welcome = std::get<protocol::Welcome>(answers->front());
            const auto lease = welcome.lease_until_ms - welcome.server_now_ms;
            CHECK((lease > 0) == (state == DeviceState::Active));
        }
    }
}

}  // namespace dossier::test
