#include "common/base/bytes.hpp"

#include <set>

#include <doctest/doctest.h>

#include "common/base/ids.hpp"
#include "common/crypto/random.hpp"

using namespace dossier;

TEST_SUITE("common/base/bytes") {
    TEST_CASE("hexadecimal and base 32 give back what went in, for every length") {
        crypto::SeededRandom random(1);
        for (std::size_t size = 0; size < 70; ++size) {
            Bytes bytes(size);
            random.fill(bytes);
            CHECK(from_hex(to_hex(bytes)) == bytes);
            CHECK(from_base32(to_base32(bytes)) == bytes);
        }
    }
    TEST_CASE("base 32 forgives case, hyphens and the letters people confuse") {
        CHECK(from_base32("o1-il") == from_base32("0111"));
        CHECK_FALSE(from_base32("U").has_value());
    }
    TEST_CASE(
        "identities of one maker are unique and in the order they were made, though the clock "
        "stands still") {
        SetClock clock(Instant{1'700'000'000'000});
        crypto::SeededRandom random(2);
        crypto::Ids ids(clock, random);
        std::set<RecordId> seen;
        RecordId last;
        for (int i = 0; i < 10'000; ++i) {
            const auto id = ids.make<RecordId>();
            CHECK(last < id);
            seen.insert(last = id);
        }
        CHECK(seen.size() == 10'000);
        CHECK(id_from<RecordId>(to_text(last)) == last);
    }
}
