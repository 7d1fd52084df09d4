// Each message of the protocol said by each kind of device to the real listener.
#include <algorithm>
#include <iostream>

#include <doctest/doctest.h>

#include "protocol/numbers.hpp"

#include "tests/integration/sync/field.hpp"
#include "tests/matrix/caller.hpp"
#include "tests/matrix/table.hpp"

namespace dossier::test {
namespace {

using protocol::DeviceState;
using protocol::Message;
using protocol::Purpose;

/// One of every message there is, by its number.
template <std::size_t... At>
std::map<int, Message> one_of_each(std::index_sequence<At...>) {
    return {{int{protocol::kNumber<std::variant_alternative_t<At, Message>>},
             Message(std::in_place_index<At>)}...};
}

std::map<int, Message> messages(const PeopledOffice& office) {
    auto all = one_of_each(std::make_index_sequence<std::variant_size_v<Message>>{});
    const protocol::ScopeKey organisation{1, {}};
    all[10] = protocol::Hello{.schema = catalog::schema_version(),
                              .device_now_ms = office.clock.now().ms};
    all[41] = protocol::Compare{organisation, {{RecordId{}, RecordId{}}}};
    all[43] = protocol::Fetch{organisation, {{office.east, 1}}};
    all[51] = protocol::Want{office.east, {}};
    all[54] = protocol::Proof{office.east, {}};
    return all;
}

struct Device {
    std::string name;
    std::optional<DeviceState> state;
    Purpose purpose = Purpose::Sync;
};

const std::vector<Device>& devices() {
    static const std::vector<Device> kDevices{{"stranger", {}, Purpose::Sync},
                                              {"pending", DeviceState::Pending, Purpose::Sync},
                                              {"active", DeviceState::Active, Purpose::Sync},
                                              {"roleless", DeviceState::Active, Purpose::Sync},
                                              {"suspended", DeviceState::Suspended, Purpose::Sync},
                                              {"revoked", DeviceState::Revoked, Purpose::Sync},
                                              {"lost", DeviceState::Lost, Purpose::Sync},
                                              {"enrolling", {}, Purpose::Enrol}};
    return kDevices;
}

/// What the first word of the office after it is.
std::string outcome(Caller& caller) {
    const auto heard = caller.hear();
    if (!heard) return "closed";
    const auto* refusal = std::get_if<protocol::Refusal>(&*heard);
    return refusal == nullptr ? "answered" : refusal->fault;
}

/// Hello and everything it brings.
void greet(Caller& caller, const Message& hello) {
    caller.say(hello);
    for (auto heard = caller.hear(); heard; heard = caller.hear()) {
        if (std::holds_alternative<protocol::Checkpoint>(*heard)) return;
        if (std::holds_alternative<protocol::Refusal>(*heard)) return;
    }
}

}  // namespace

TEST_SUITE("matrix/messages") {
    TEST_CASE("each message is answered, refused or met with silence as the table says") {
        PeopledOffice office;
        const auto all = messages(office);
        std::vector<std::string> numbers;
        for (const auto& [number, message] : all) numbers.push_back(std::to_string(number));
        REQUIRE(numbers.size() == std::variant_size_v<Message>);
        std::vector<std::string> names;
        for (const auto& device : devices()) names.push_back(device.name);
        const Table table{
            DOSSIER_MATRIX_CELLS "/messages.csv",
            {{"message", numbers}, {"device", names}, {"moment", {"first", "second"}}}};
        for (const auto& fault : table.faults()) MESSAGE(fault);
        CHECK(table.faults().empty());

        std::map<std::string, crypto::KeyPair> keys;
        for (const auto& device : devices()) {
            auto pair = crypto::make_key_pair(office.random);
            const auto user = office.user(device.name, office.east, "salesperson");
            if (device.state) office.device(user, *device.state, pair.public_key);
            if (device.name == "roleless") {
                const auto held = office.store->find(
                    catalog::kRoleAssignment.tag,
                    catalog::field(catalog::kRoleAssignment, "user_id").tag, user.as<RecordTag>());
                office.clock.advance(std::chrono::minutes(1));
                REQUIRE(office.set({}, catalog::kRoleAssignment, held.front(), "to_at",
                                   office.clock.now().ms));
            }
            keys.emplace(device.name, std::move(pair));
        }
        server::ListenerOptions options;
        options.handshakes_per_second = 1'000'000;
        options.handshakes_burst = 1'000'000;
        const Server server(office, options);
        crypto::SystemRandom random;
        // The last of all: a device that says it was wiped is revoked from then on.
        auto ordered = std::vector<std::pair<int, Message>>(all.begin(), all.end());
        std::ranges::stable_partition(ordered, [](const auto& each) {
            return !std::holds_alternative<protocol::WipeDone>(each.second);
        });
        for (const auto& device : devices()) {
            for (const auto& [number, message] : ordered) {
                for (const auto moment : {"first", "second"}) {
                    Caller caller(server.port(), server.keys(), keys.at(device.name),
                                  device.purpose, random);
                    if (moment == std::string_view("second")) greet(caller, all.at(10));
                    caller.say(message);
                    CHECK_MESSAGE(outcome(caller) ==
                                      table.expected({std::to_string(number), device.name, moment}),
                                  device.name << " " << std::string(moment) << " " << number);
                }
            }
        }
        std::cout << "messages: " << table.cells() << " cells\n";
    }
}

}  // namespace dossier::test
