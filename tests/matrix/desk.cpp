#include "tests/matrix/desk.hpp"

#include <sstream>

#include <doctest/doctest.h>

#include "common/base/check.hpp"

#include "tests/support/unsaid.hpp"

namespace dossier::test {

/// The last thing a command complains of stands in brackets.
std::string Spoken::fate() const {
    if (code == 0) return "ok";
    const auto open = err.rfind('(');
    const auto end = err.find(')', open);
    return open == std::string::npos ? "exit " + std::to_string(code)
                                     : err.substr(open + 1, end - open - 1);
}

namespace {

/// "customer" of "CUSTOMER", "region" of "--region".
std::string key_of(std::string_view typed) {
    if (typed.starts_with("--")) return std::string(typed.substr(2));
    return action::Input{.name = typed}.key();
}

}  // namespace

Desk::Desk(World& world)
    : folder(world.office.store.folder().string()),
      world_(world),
      place_{.office = world.office.office,
             .in_unit =
                 [&store = *world.office.store](const std::function<void()>& work) {
                     const server::Unit unit(store);
                     work();
                 },
             .folder = folder,
             .listening = "office.example.com:7520"} {
    for (const auto* command : server::actions()) commands_[std::string(command->words)] = command;
    server::Unit unit(*world.office.store);
    world.office.store->set_meta(server::kFirstAdministrator, world.office.admin.view());
    unit.commit();
}

Spoken Desk::say(std::string_view command,
                 const std::map<std::string, std::vector<std::string>, std::less<>>& given,
                 std::string_view as,
                 std::string_view purpose) {
    const auto known = commands_.find(command);
    DOSSIER_CHECK(known != commands_.end());
    server::Parsed parsed{.action = known->second};
    for (const auto& [name, values] : given) parsed.inputs.put(key_of(name), values);
    parsed.globals.folder = folder;
    parsed.globals.as = as;
    parsed.globals.purpose = purpose;
    parsed.globals.lang = Lang::En;
    parsed.globals.json = true;
    std::ostringstream out;
    std::ostringstream err;
    Spoken said;
    said.code = server::run_command(parsed, folder, place_, out, err);
    said.out = out.str();
    said.err = err.str();
    CHECK_FALSE(leaves_unsaid(said.out));
    CHECK_FALSE(leaves_unsaid(said.err));
    return said;
}

}  // namespace dossier::test
