// Any bytes where a vault keeps its own: the key slots, the records of the page-version table
// (sealed under the right key, so that what is inside is read), and pieces of every file of a
// database, which opens as it was or says that it is damaged.
#include <algorithm>

#include "common/base/check.hpp"
#include "common/crypto/digest.hpp"
#include "common/vault/slot_file.hpp"
#include "common/vault/versions.hpp"

#include "tests/fuzz/memory_file.hpp"
#include "tests/unit/common/vault/office.hpp"

using namespace dossier;

namespace {

/// With its digest set right, so that the parts are looked at.
void read_slots(ByteView bytes) {
    Bytes file;
    append(file, bytes_of("DOSSKEYS"));
    append(file, bytes);
    append(file, crypto::blake2b({file}));
    const test::MemoryFile stored(file);
    const auto slots = vault::read_slots(stored.path());
    if (!slots) return;
    std::size_t sum = 0;
    for (const auto& slot : *slots) sum += 3 + slot.payload.size();
    DOSSIER_CHECK(sum + 3 == bytes.size());
    const vault::VaultPaths paths{"/nowhere/dossier.db", stored.path()};
    const vault::Unlock office = vault::RecoveryKey{crypto::key_pair_of(Bytes(32, 9))};
    DOSSIER_CHECK(!vault::unlock(paths, office));
    DOSSIER_CHECK(!vault::unlock(paths, vault::Unlock(vault::KeyFile{"/nowhere/key"})));
}

/// Records of the input's lengths: length(2) ‖ that many bytes, each sealed at its place.
void read_versions(ByteView script) {
    static crypto::SeededRandom random(1);
    test::FaultVfs vfs("fuzz");
    vault::Codec codec(crypto::Secret(32), random);
    auto file = std::make_shared<test::DiskFile>();
    for (std::uint64_t index = 0; script.size() >= 2; ++index) {
        const std::size_t length =
            std::min<std::size_t>(read_le<std::uint16_t>(script.data()), script.size() - 2);
        const ByteView plain = script.subspan(2, length);
        script = script.subspan(2 + length);
        if (length == 0) return;
        append_le(file->live, static_cast<std::uint32_t>(length));
        Bytes sealed(length);
        Bytes trailer(vault::kTrailerBytes);
        codec.seal({vault::Role::Versions, index}, plain, sealed.data(), trailer.data());
        append(file->live, sealed);
        append(file->live, trailer);
    }
    vfs.disk.names["/dossier.db-versions"] = file;
    vault::VersionTable table(*sqlite3_vfs_find("fuzz"), "/dossier.db", codec, 4096);
    if (!table.load()) return;
    const std::uint32_t pages = table.pages();
    DOSSIER_CHECK(pages <= file->live.size() / 8);
    (void)table.version(1);
    DOSSIER_CHECK(table.version(pages + 1) == 0);
}

constexpr const char* kRows = "1|first\n2|second";

/// A database with a checkpointed and a logged row.
test::Disk written(test::Office& office) {
    {
        test::Session session = office.enter();
        session.exec("CREATE TABLE visit(id INTEGER PRIMARY KEY, note TEXT)");
        session.exec("INSERT INTO visit VALUES(1, 'first')");
        session.exec("PRAGMA wal_checkpoint(TRUNCATE)");
        session.exec("INSERT INTO visit VALUES(2, 'second')");
        return office.vfs.disk.clone();
    }
}

/// which(1) ‖ place(2) ‖ bytes written there.
void open_damaged(ByteView script) {
    static test::Office office("damaged");
    static const test::Disk sound = written(office);
    if (script.size() < 4) return;
    office.vfs.disk = sound.clone();
    static constexpr std::array kFiles{"", "-wal", "-versions"};
    Bytes& file = office.bytes(kFiles[script[0] % kFiles.size()]);
    const std::size_t place = read_le<std::uint16_t>(script.data() + 1) % file.size();
    const ByteView patch = script.subspan(3);
    if (place + patch.size() > file.size()) file.resize(place + patch.size());
    std::copy(patch.begin(), patch.end(), file.begin() + static_cast<std::ptrdiff_t>(place));
    auto session = office.open();
    if (!session) return;
    const std::string rows = session->ask("SELECT id, note FROM visit ORDER BY id");
    const bool told = rows.starts_with("error") || session->vault->last_fault().has_value();
    DOSSIER_CHECK(told || rows == kRows || rows == "1|first");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const ByteView bytes = ByteView{data, size}.subspan(1);
    switch (data[0] % 3) {
        case 0:
            read_slots(bytes);
            break;
        case 1:
            read_versions(bytes);
            break;
        default:
            open_damaged(bytes);
    }
    return 0;
}
