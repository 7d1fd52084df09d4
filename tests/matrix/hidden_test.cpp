// Two offices that differ only in what a person may not know of: whatever he types at the office
// and whatever his laptop says is answered byte by byte alike. Every command, every kind, every
// message.
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <regex>

#include <doctest/doctest.h>

#include "protocol/codec.hpp"

#include "tests/matrix/commands.hpp"

namespace dossier::test {
namespace {

using server::Unit;

/// Both draw the same from here on.
void start_alike(World& world) {
    std::destroy_at(&world.office.random);
    std::construct_at(&world.office.random, 99);
    world.office.clock.advance(std::chrono::seconds(1));
}

/// Everything the matters are about, twice: what is known, and what is hidden.
std::vector<File> twice() {
    auto files = few_files();
    const auto once = files;
    files.insert(files.end(), once.begin(), once.end());
    return files;
}

/// The second of its kind.
const File& other_at(const World& world, std::string_view state) {
    const File& first = file_at(world, "1", "own", "other", state);
    const auto half = std::ssize(world.files()) / 2;
    return world.files()[static_cast<std::size_t>(&first - world.files().data() + half)];
}

/// One office, and one with more of what is of level 3: of a file of another's a conflict, a
/// proposal, a removed contact, look-alikes and a merge.
struct Twins {
    Twins() {
        for (World* world : {&less, &more}) {
            matters = make_matters(*world, file_at(*world, "1", "own", "other", "live"),
                                   file_at(*world, "1", "own", "other", "review"));
        }
        hidden = make_file_matters(more, other_at(more, "live"), other_at(more, "review"));
        hide(more, hidden);
        Matters bare;
        bare.files = {other_at(less, "live").customer, other_at(less, "review").customer};
        hide(less, bare);
        // What making more has used up tells nobody anything.
        for (World* world : {&less, &more}) {
            start_alike(*world);
            // Numbers are dense by their own rule: a new one tells how many were given out.
            Unit unit(*world->office.store);
            for (const auto* counter : {"proposal", "merge", "case", "duplicate"}) {
                while (world->office.store->next(counter) < 100) {
                }
            }
            unit.commit();
        }
    }
    void become(std::string_view role) {
        less.becomes(role);
        more.becomes(role);
    }

    World less{twice()};
    World more{twice()};
    Matters matters;  ///< the same in both
    Matters hidden;   ///< in `more` alone
};

/// Whether the actor may look up what is hidden, be it for a purpose.
bool knows(Desk& desk, const Matters& hidden) {
    return desk.say("customer show", {{"CUSTOMER", {hidden.customer}}}, "x", kPurpose).code == 0;
}

std::string content_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// Everything a command gives: words, code, and the file it wrote.
std::string given(Desk& desk, std::string_view command, const Typed& typed, const char* purpose) {
    for (const auto* name : {"/backup", "/content", "/out.csv"})
        std::filesystem::remove_all(desk.folder + name);
    const auto said = desk.say(command, typed, "x", purpose);
    auto all = std::to_string(said.code) + "\n" + said.out + "\n" + said.err + "\n" +
               content_of(desk.folder + "/out.csv");
    for (std::size_t at = all.find(desk.folder); at != std::string::npos;
         at = all.find(desk.folder))
        all.replace(at, desk.folder.size(), "FOLDER");
    // Numbers are dense by their own rule: a new one tells how many were given out, to everybody.
    static const std::regex kNumber("KH-[A-Z]+-[0-9]{4}-[0-9]{6}-[0-9X]");
    // What is left of the disk is the machine's, and other tests write to it meanwhile.
    static const std::regex kDisk("(disk_left_bytes\": |(磁盘剩余|Disk left) +)[0-9]+");
    return std::regex_replace(std::regex_replace(all, kNumber, "KH"), kDisk, "DISK");
}

/// What is a proof over the whole office; what counts, for those who may know that something
/// happened, that it did; what says to those who answer for it how much another person could see.
bool speaks_of_all(std::string_view command) {
    return command == "audit list" || command == "audit verify" || command == "audit anchor" ||
           command == "verify" || command == "access as-of";
}

}  // namespace

TEST_SUITE("matrix/hidden") {
    TEST_CASE("no command tells an office with hidden matters from one without") {
        Twins twins;
        Desk less(twins.less);
        Desk more(twins.more);
        std::size_t compared = 0;
        for (const auto& actor : actors()) {
            twins.become(actor);
            if (knows(more, twins.hidden)) continue;
            auto all = typed_commands(twins.matters, "FOLDER");
            std::vector<std::pair<std::string, Typed>> lines(all.begin(), all.end());
            for (const auto* kind : catalog::kinds()) {
                lines.emplace_back(
                    "export", Typed{{"KIND", {std::string(kind->name)}}, {"FILE", {"out.csv"}}});
            }
            lines.emplace_back("customer list", Typed{{"--text", {"杭州余杭"}}});
            for (auto& [command, typed] : lines) {
                if (speaks_of_all(command)) continue;
                if (command == "import") typed = {{"FILE", {"one.csv"}}};
                for (const auto* purpose : {"", kPurpose.data()}) {
                    CAPTURE(actor);
                    CAPTURE(command);
                    CAPTURE(typed.contains("KIND") ? typed.at("KIND").front() : "");
                    start_alike(twins.less);
                    start_alike(twins.more);
                    const auto one = given(less, command, typed, purpose);
                    CHECK(one == given(more, command, typed, purpose));
                    ++compared;
                }
            }
        }
        std::cout << "two offices: " << compared << " commands\n";
        CHECK(compared > 1000);
    }

    TEST_CASE("nobody who is not named hears a number of files or matters") {
        Twins twins;
        Desk less(twins.less);
        Desk more(twins.more);
        const auto one = less.say("status", {}, "", "");
        CHECK(one.json()["customers"].is_null());
        CHECK(one.json()["cases_open"].is_null());
        auto documents = std::pair(one.json(), more.say("status", {}, "", "").json());
        documents.first.erase("folder");
        documents.second.erase("folder");
        // The machine's disk fills beside both.
        documents.first.erase("disk_left_bytes");
        documents.second.erase("disk_left_bytes");
        CHECK(documents.first == documents.second);
    }

    TEST_CASE("no message tells an office with hidden matters from one without") {
        Twins twins;
        twins.become("salesperson");
        const auto id =
            *id_from<RecordId>(twins.hidden.twin);  // unknown in one, hidden in the other
        const auto known = *id_from<RecordId>(twins.hidden.customer);  // hidden in both
        using namespace protocol;
        const ScopeKey organisation{1, {}};
        std::vector<Message> messages;
        for (const RecordId& record : {id, known}) {
            messages.emplace_back(Bring{{{record, {}, 10}}, {record, record}});
            messages.emplace_back(Want{record, {}});
            messages.emplace_back(Proof{record, {}});
            messages.emplace_back(Fetch{organisation, {{record, 1}}});
            messages.emplace_back(Compare{organisation, {{record, record}}});
            messages.emplace_back(Compare{ScopeKey{2, record}, {{RecordId{}, record}}});
        }
        messages.emplace_back(Compare{organisation, {{RecordId{}, RecordId{}}}});
        const auto answers = [&](World& world) {
            Wire wire(world.office, world.person, DeviceState::Active);
            wire.connect();
            std::vector<Bytes> said;
            for (Message answer : wire.say(wire.hello())) {
                // The head of the audit chain is that of another office, and its place is readable
                // to the office alone: neither tells more.
                if (auto* welcome = std::get_if<Welcome>(&answer)) {
                    welcome->audit_head = {};
                    welcome->audit_place = {};
                }
                said.push_back(encode(answer));
            }
            for (const Message& message : messages) {
                wire.connect();
                wire.say(wire.hello());
                for (const Message& answer : wire.say(message, Wire::Keep::No))
                    said.push_back(encode(answer));
                said.emplace_back();
            }
            return said;
        };
        const auto one = answers(twins.less);
        const auto other = answers(twins.more);
        REQUIRE(one.size() == other.size());
        for (std::size_t at = 0; at < one.size(); ++at) {
            CAPTURE(at);
            CHECK(one[at] == other[at]);
        }
    }

    TEST_CASE("an offer named again in the same message is answered once and the same") {
        World world(few_files());
        world.becomes("salesperson");
        Wire wire(world.office, world.person, protocol::DeviceState::Active);
        wire.pull();
        const auto hidden = file_at(world, "3", "own", "other", "live").attachment;
        protocol::Bring bring;
        for (int i = 0; i < 100; ++i) {
            bring.brought.push_back({hidden, {}, 10});
            bring.wanted.push_back(hidden);
        }
        const auto answers = wire.say(bring);
        REQUIRE(answers.size() == 1);
        const auto* have = std::get_if<protocol::Have>(&answers.front());
        REQUIRE(have != nullptr);
        CHECK(have->answers.size() == 2);
    }
}

}  // namespace dossier::test
