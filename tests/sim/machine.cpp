#include "tests/sim/machine.hpp"

#include <cstdlib>

#include "common/base/check.hpp"

#include "client/store/store.hpp"
#include "server/store/sqlite/sqlite_store.hpp"

namespace dossier::sim {
namespace {

struct Scratch {
    Scratch() {
        std::string name = (std::filesystem::temp_directory_path() / "dossier-sim-XXXXXX").string();
        DOSSIER_CHECK(::mkdtemp(name.data()) != nullptr);
        folder = name;
    }
    ~Scratch() {
        std::error_code ignored;
        std::filesystem::remove_all(folder, ignored);
    }
    std::string folder;
};

std::string next_name() {
    static unsigned made = 0;
    return "sim-disk-" + std::to_string(++made);
}

/// One data key for all: what differs are the nonces, which are watched.
crypto::Secret common_key() {
    crypto::Secret key(32);
    crypto::SeededRandom random(0xD055);
    random.fill(key.bytes());
    return key;
}

vault::Below below(const test::FaultVfs& disk) {
    return {.vfs = disk.name()};
}

template <class Fill>
test::Disk made(const std::string& path, Fill fill) {
    const std::int64_t now = kStart;
    Machine machine(1, now);
    machine.paths.database = path;
    const auto created =
        vault::create_database(path, machine.data_key(), machine.random, below(machine.disk));
    DOSSIER_CHECK(created.has_value());
    auto vault = machine.unlock();
    DOSSIER_CHECK(vault.has_value());
    fill(machine, std::move(*vault));
    machine.disk.disk.settle();
    return machine.disk.disk.clone();
}

}  // namespace

test::Disk renamed(const test::Disk& from, const std::string& old, const std::string& path) {
    test::Disk copy = from.clone();
    test::Disk result;
    for (auto& [name, file] : copy.names) result.names[path + name.substr(old.size())] = file;
    result.durable_names = result.names;
    return result;
}

const std::string& scratch() {
    static const Scratch kScratch;
    return kScratch.folder;
}

Machine::Machine(std::uint64_t seed, const std::int64_t& now)
    : disk(next_name()),
      clock(now),
      random(seed),
      nonces(~seed),
      chance(dice_for(seed, 9)),
      key_(common_key()) {
    paths.database = scratch() + "/m" + std::to_string(seed % 1000) + ".db";
    paths.slots = paths.database + ".keys";
}

Result<std::unique_ptr<vault::Vault>> Machine::unlock() {
    return vault::Vault::open(paths, key_.clone(), nonces, below(disk));
}

void Machine::lose_power() {
    disk.disk.lose_power(chance.next());
    disk.power_on();
}

test::Disk blank_client_disk(const std::string& path) {
    static const std::string kPath = scratch() + "/blank.db";
    static const test::Disk kBlank = made(kPath, [](Machine&, std::unique_ptr<vault::Vault> vault) {
        DOSSIER_CHECK(client::Store::open(std::move(vault)).has_value());
    });
    return renamed(kBlank, kPath, path);
}

test::Disk blank_office_disk(const std::string& path) {
    static const std::string kPath = scratch() + "/blank-office.db";
    static const test::Disk kBlank = made(kPath, [](Machine& machine,
                                                    std::unique_ptr<vault::Vault> vault) {
        const sqlite::OpenOptions options{.path = vault->database_path(), .vfs = vault->vfs_name()};
        server::SqliteStore store(options, server::Shell{std::move(vault), machine.paths,
                                                         machine.data_key(), machine.random});
        DOSSIER_CHECK(store.prepare().has_value());
    });
    return renamed(kBlank, kPath, path);
}

}  // namespace dossier::sim
