// Every cell of cells/files.csv against the real office.
#include "tests/matrix/files.hpp"

#include <chrono>
#include <iostream>

#include <doctest/doctest.h>

namespace dossier::test {
namespace {

Table files_table() {
    std::vector<Dimension> dimensions{{"operation", file_operations()}, {"actor", actors()}};
    for (auto& each : file_dimensions()) dimensions.push_back(std::move(each));
    return {DOSSIER_MATRIX_CELLS "/files.csv", std::move(dimensions)};
}

/// Surprises, cells that differ: one line each, the first few of an operation and role.
class Surprises {
  public:
    explicit Surprises(const Table& table) : table_(table) {}
    void compare(const World& world, std::size_t operation, std::size_t actor, const Cells& cells) {
        REQUIRE(cells.size() == world.files().size());
        for (std::size_t at = 0; at < cells.size(); ++at) {
            const auto place = cell_of(operation, actor, world.files()[at]);
            ++compared;
            if (table_.expected(place) == cells[at]) continue;
            ++found;
            MESSAGE(told(table_, place)
                    << "expected " << std::string(table_.expected(place)) << ", is " << cells[at]);
        }
    }
    std::size_t compared = 0;
    std::size_t found = 0;

  private:
    const Table& table_;
};

}  // namespace

TEST_SUITE("matrix/files") {
    TEST_CASE("the table of customer files has exactly one expectation for each cell") {
        const Table table = files_table();
        for (const auto& fault : table.faults()) MESSAGE(fault);
        CHECK(table.faults().empty());
    }

    TEST_CASE("of each file each role sees, carries and does what the table says") {
        const Table table = files_table();
        World world;
        Desk desk(world);
        Wire wire(world.office, world.person, protocol::DeviceState::Active);
        Surprises surprises(table);
        const auto operations = file_operations();
        const auto place = [&](std::string_view operation) {
            return static_cast<std::size_t>(std::ranges::find(operations, operation) -
                                            operations.begin());
        };
        const auto roles = actors();
        for (std::size_t actor = 0; actor < roles.size(); ++actor) {
            world.becomes(roles[actor]);
            const Carried laptop = carried(world, wire);
            surprises.compare(world, place("hold"), actor, laptop.customer);
            surprises.compare(world, place("hold_contact"), actor, laptop.contact);
            surprises.compare(world, place("content"), actor, laptop.content);
            surprises.compare(world, place("show"), actor, shown(world, desk));
            surprises.compare(world, place("list"), actor, listed(world, desk));
            surprises.compare(world, place("history"), actor, histories(world, desk));
            for (std::size_t at = place("visit"); at < operations.size(); ++at)
                surprises.compare(world, at, actor, pushed(world, wire, operations[at]));
        }
        std::cout << "files: " << surprises.compared << " cells, " << surprises.found
                  << " surprises\n";
        CHECK(surprises.compared == table.cells());
        CHECK(surprises.found == 0);
    }
}

}  // namespace dossier::test
