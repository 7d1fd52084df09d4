// Key slots: the ways in, and what each refusal is called.
#include <csignal>
#include <filesystem>

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/crypto/digest.hpp"
#include "common/vault/file_faults.hpp"
#include "common/vault/slot_file.hpp"
#include "common/vault/whole_file.hpp"

#include "tests/unit/common/vault/office.hpp"

using namespace dossier;
using namespace dossier::test;
using namespace dossier::vault;

namespace {

Passphrase phrase(std::string_view text) {
    return {crypto::Secret::copy(bytes_of(text)), kCostFloor};
}

struct Slots {
    Folder folder;
    crypto::SystemRandom random;
    VaultPaths paths{folder.path("dossier.db"), folder.path("dossier.keys")};

    Bytes content() { return *read_whole(paths.slots, 4096); }
    void put(const Bytes& bytes) { REQUIRE(replace_whole(paths.slots, bytes).has_value()); }
    Error refusal(const Unlock& how) {
        auto key = unlock(paths, how);
        REQUIRE_FALSE(key.has_value());
        return key.error();
    }
};

bool same(const crypto::Secret& a, const crypto::Secret& b) {
    return crypto::equal_in_constant_time(a.view(), b.view());
}

/// Recomputes the digest, as somebody would who changes the file on purpose.
void resign(Bytes& file) {
    file.resize(file.size() - 32);
    append(file, crypto::blake2b({file}));
}

}  // namespace

TEST_SUITE("common/vault/slots") {
    TEST_CASE("passphrase, key file and recovery key open the same vault, others are told apart") {
        Slots slots;
        const auto office = crypto::make_key_pair(slots.random);
        const KeyFile file{slots.folder.path("key")};
        const auto key =
            create(slots.paths, phrase("long enough"), slots.random, office.public_key);
        REQUIRE(key.has_value());
        REQUIRE(add_slot(slots.paths, phrase("long enough"), file, slots.random).has_value());
        CHECK(same(*unlock(slots.paths, phrase("long enough")), *key));
        CHECK(same(*unlock(slots.paths, file), *key));
        CHECK(same(*unlock(slots.paths, RecoveryKey{crypto::key_pair_of(office.secret_key.view())}),
                   *key));

        CHECK(slots.refusal(phrase("long enougH")).is(kWrongPassphrase));
        CHECK(slots.refusal(phrase("")).is(kWrongPassphrase));
        CHECK(
            slots.refusal(RecoveryKey{crypto::make_key_pair(slots.random)}).is(kWrongRecoveryKey));
        const KeyFile other{slots.folder.path("other")};
        REQUIRE(replace_whole(other.path, Bytes(32, 7)).has_value());
        CHECK(slots.refusal(other).is(kWrongKeyFile));
    }

    TEST_CASE("a changed passphrase opens and the former one does not") {
        Slots slots;
        const auto key = create(slots.paths, phrase("first"), slots.random);
        REQUIRE(key.has_value());
        CHECK(add_slot(slots.paths, phrase("wrong"), phrase("x"), slots.random)
                  .error()
                  .is(kWrongPassphrase));
        REQUIRE(add_slot(slots.paths, phrase("first"), phrase("second"), slots.random).has_value());
        CHECK(same(*unlock(slots.paths, phrase("second")), *key));
        CHECK(slots.refusal(phrase("first")).is(kWrongPassphrase));
    }

    TEST_CASE("a forgotten passphrase is replaced with the recovery key") {
        Slots slots;
        const auto office = crypto::make_key_pair(slots.random);
        const Unlock recovery = RecoveryKey{crypto::key_pair_of(office.secret_key.view())};
        REQUIRE(create(slots.paths, phrase("lost"), slots.random).has_value());
        CHECK(slots.refusal(recovery).is(kNoSlot));
        REQUIRE(add_recovery_slot(slots.paths, phrase("lost"), office.public_key).has_value());
        REQUIRE(add_slot(slots.paths, recovery, phrase("new"), slots.random).has_value());
        CHECK(unlock(slots.paths, phrase("new")).has_value());
    }

    TEST_CASE("a key file is made with mode 0600 and refused when others can read it") {
        Slots slots;
        const KeyFile file{slots.folder.path("key")};
        REQUIRE(create(slots.paths, file, slots.random).has_value());
        struct stat about {};
        REQUIRE(stat(file.path.c_str(), &about) == 0);
        CHECK((about.st_mode & 0777U) == 0600U);
        CHECK(about.st_size == 32);
        chmod(file.path.c_str(), 0640);
        CHECK(slots.refusal(file).is(kKeyFileExposed));
        chmod(file.path.c_str(), 0600);
        REQUIRE(truncate(file.path.c_str(), 31) == 0);
        CHECK(slots.refusal(file).is(kKeyFileUnfit));
    }

    TEST_CASE(
        "each changed bit of the slot file is noticed, and a changed file is not a wrong "
        "passphrase") {
        Slots slots;
        const KeyFile file{slots.folder.path("key")};
        REQUIRE(create(slots.paths, file, slots.random).has_value());
        const Bytes whole = slots.content();
        for (std::size_t at = 0; at < whole.size(); ++at) {
            Bytes changed = whole;
            changed[at] ^= static_cast<std::uint8_t>(1U << (at % 8));
            slots.put(changed);
            const Error error = slots.refusal(file);
            CHECK(error.is(kDamagedSlots));
            CHECK(error.code() == ErrorCode::Corrupt);
        }
        for (std::size_t size = 0; size < whole.size(); ++size) {
            slots.put({whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)});
            const Error error = slots.refusal(file);
            CHECK(error.is(kDamagedSlots));
        }
    }

    TEST_CASE("the cost of derivation is authenticated and bounded") {
        Slots slots;
        REQUIRE(create(slots.paths, phrase("p"), slots.random).has_value());
        const Bytes whole = slots.content();
        const std::size_t memory = 11 + 3 + 16;  // head, slot head, salt
        REQUIRE(read_le<std::uint32_t>(whole.data() + memory) == kCostFloor.memory_kib);
        Bytes more = whole;
        more[memory + 4] = 4;  // four passes: within bounds, but not what was sealed
        resign(more);
        slots.put(more);
        CHECK(slots.refusal(phrase("p")).is(kWrongPassphrase));
        Bytes endless = whole;
        endless[memory + 3] = 0x40;  // 1 TiB
        resign(endless);
        slots.put(endless);
        CHECK(slots.refusal(phrase("p")).is(kDamagedSlots));
        Bytes cheap = whole;
        cheap[memory + 4] = 1;
        resign(cheap);
        slots.put(cheap);
        CHECK(slots.refusal(phrase("p")).is(kDamagedSlots));
        const KdfCost cost = calibrated_cost();
        CHECK(cost.memory_kib >= kCostFloor.memory_kib);
        CHECK(cost.passes >= kCostFloor.passes);
    }

    TEST_CASE("a newer format, another file and a missing file each have their own name") {
        Slots slots;
        const KeyFile file{slots.folder.path("key")};
        CHECK(slots.refusal(file).is(kMissing));
        REQUIRE(create(slots.paths, file, slots.random).has_value());
        Bytes newer = slots.content();
        newer[8] = kSlotFormat + 1;
        resign(newer);
        slots.put(newer);
        CHECK(slots.refusal(file).is(kNewerFormat));
        slots.put(Bytes(200, 0x20));
        CHECK(slots.refusal(file).is(kDamagedSlots));
        slots.put(Bytes(5000, 0x20));
        CHECK(slots.refusal(file).is(kDamagedSlots));
        unlink(slots.paths.slots.c_str());
        CHECK(slots.refusal(file).is(kSlotsMissing));
    }

    TEST_CASE("a key file that is not there is called that, with its place") {
        Slots slots;
        const KeyFile file{slots.folder.path("key")};
        REQUIRE(create(slots.paths, file, slots.random).has_value());
        unlink(file.path.c_str());
        const Error missing = slots.refusal(file);
        CHECK(missing.is(kKeyFileMissing));
        CHECK(missing.args.front() == file.path);
        CHECK(missing.code() == ErrorCode::Unauthenticated);
    }

    TEST_CASE("creation never overwrites, and may be repeated when it was interrupted") {
        Slots slots;
        const KeyFile file{slots.folder.path("key")};
        REQUIRE(create(slots.paths, file, slots.random).has_value());
        CHECK(create(slots.paths, file, slots.random).error().is(kExists));
        unlink(slots.paths.slots.c_str());  // as if cut off before the slots were written
        REQUIRE(create(slots.paths, file, slots.random).has_value());
        REQUIRE(truncate(slots.paths.database.c_str(), 8192) == 0);
        unlink(slots.paths.slots.c_str());
        CHECK(create(slots.paths, file, slots.random).error().is(kSlotsMissing));
        const VaultPaths nowhere{slots.folder.path("no/d.db"), slots.folder.path("no/d.keys")};
        CHECK(create(nowhere, file, slots.random).error().is(kNoDirectory));
    }

    TEST_CASE("a vault that cannot be locked by its key file leaves nothing behind") {
        Slots slots;
        const KeyFile file{slots.folder.path("key")};
        REQUIRE(replace_whole(file.path, Bytes(31)).has_value());
        CHECK(create(slots.paths, file, slots.random).error().is(kKeyFileUnfit));
        for (const char* suffix : {"", "-versions", "-versions2", "-lock"})
            CHECK(access((slots.paths.database + suffix).c_str(), F_OK) != 0);
        unlink(file.path.c_str());
        CHECK(create(slots.paths, file, slots.random).has_value());
    }

    TEST_CASE("a slot file that cannot be replaced stays as it was") {
        Slots slots;
        const KeyFile file{slots.folder.path("key")};
        REQUIRE(create(slots.paths, file, slots.random).has_value());
        // A folder in the place of the temporary file makes writing it impossible, even for root.
        REQUIRE(mkdir((slots.paths.slots + ".new").c_str(), 0700) == 0);
        const Bytes before = slots.content();
        CHECK_FALSE(add_slot(slots.paths, file, phrase("p"), slots.random).has_value());
        CHECK(slots.content() == before);
        CHECK(unlock(slots.paths, file).has_value());
    }

    TEST_CASE("the slot file holds neither the data key nor the passphrase") {
        Slots slots;
        const auto key = create(slots.paths, phrase("remarkable"), slots.random);
        const Bytes file = slots.content();
        CHECK(text_of(file).find("remarkable") == std::string_view::npos);
        CHECK(text_of(file).find(text_of(key->view())) == std::string_view::npos);
    }
    TEST_CASE("a vault made for the office's key alone opens with it and with nothing else") {
        Slots slots;
        const Unlock office = RecoveryKey{crypto::make_key_pair(slots.random)};
        auto key = create(slots.paths, office, slots.random);
        REQUIRE(key.has_value());
        CHECK(same(*unlock(slots.paths, office), *key));
        CHECK(slots.refusal(phrase("")).is(kNoSlot));
        const Unlock other = RecoveryKey{crypto::make_key_pair(slots.random)};
        CHECK(slots.refusal(other).is(kWrongRecoveryKey));
    }
    TEST_CASE("slots that cannot be written whole stay as they were, and nothing is left beside") {
        Slots slots;
        REQUIRE(create(slots.paths, KeyFile{slots.folder.path("key")}, slots.random));
        const Bytes before = slots.content();
        rlimit limit{};
        REQUIRE(getrlimit(RLIMIT_FSIZE, &limit) == 0);
        const rlimit short_of_room{8, limit.rlim_max};
        auto* const former = std::signal(SIGXFSZ, SIG_IGN);
        REQUIRE(setrlimit(RLIMIT_FSIZE, &short_of_room) == 0);
        const auto written = replace_whole(slots.paths.slots, Bytes(100));
        REQUIRE(setrlimit(RLIMIT_FSIZE, &limit) == 0);
        std::signal(SIGXFSZ, former);
        CHECK_FALSE(written.has_value());
        CHECK(slots.content() == before);
        REQUIRE(mkdir(slots.folder.path("folder").c_str(), 0700) == 0);
        const auto over = replace_whole(slots.folder.path("folder"), Bytes(100));
        REQUIRE_FALSE(over.has_value());
        CHECK(over.error().is(kDiskFailed));
        std::size_t files = 0;
        for (const auto& each : std::filesystem::directory_iterator(slots.folder.path("")))
            files += each.is_regular_file() ? 1U : 0U;
        CHECK(files == 5);  // database, versions, lock, slots, key
    }
}
