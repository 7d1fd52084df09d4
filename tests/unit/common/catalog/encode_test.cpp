#include "common/catalog/encode.hpp"

#include <doctest/doctest.h>

#include "common/catalog/customer.hpp"
#include "common/catalog/faults.hpp"

#include "tests/unit/common/catalog/samples.hpp"

using namespace dossier;
using namespace dossier::catalog;

namespace {

FieldValues one_customer() {
    FieldValues values;
    assign(values, 1, std::int64_t{1'790'000'000'000});
    assign(values, 2, RecordId{{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}});
    assign(values, 4, std::int64_t{1});
    assign(values, 7, std::int64_t{0});
    assign(values, field(kCustomer, "party_role").tag, R"(["buyer","dealer"])");
    assign(values, field(kCustomer, "name").tag, "杭州明润");
    assign(values, field(kCustomer, "short_name").tag, Value());
    assign(values, field(kCustomer, "fax").tag, "0571-88990012");
    assign(values, 300, std::int64_t{-70'000});
    return values;
}

}  // namespace

TEST_SUITE("common/catalog/encode") {
    TEST_CASE("the bytes of a customer are the same in every version") {
        CHECK(to_hex(encode(one_customer())) ==
              "011800d8a0884103"
              "02420102030405060708090a0b0c0d0e0f10"
              "040402"
              "0700"
              "14495b226275796572222c226465616c6572225d"
              "1531e69dade5b79ee6988ee6b6a6"
              "3335303537312d3838393930303132"
              "ac020cdf2202");
    }
    TEST_CASE("what went in comes out, empty values apart") {
        FieldValues values = one_customer();
        const auto decoded = decode(encode(values));
        std::erase_if(values, [](const auto& entry) { return is_empty(entry.value); });
        REQUIRE(decoded);
        CHECK(*decoded == values);
        CHECK(encode({}).empty());
        CHECK(decode({})->empty());
    }
    TEST_CASE("numbers of every size come out as they went in") {
        for (unsigned bit = 0; bit < 64; ++bit) {
            for (const std::int64_t off : {-1, 0, 1}) {
                const auto number = static_cast<std::int64_t>((std::uint64_t{1} << bit) +
                                                              static_cast<std::uint64_t>(off));
                for (const std::int64_t signed_number : {number, ~number}) {
                    const FieldValues values{{9, signed_number}};
                    CHECK(*decode(encode(values)) == values);
                }
            }
        }
    }
    TEST_CASE("records of every kind survive encoding") {
        for (const Kind* kind : kinds()) {
            CAPTURE(std::string(kind->name));
            CHECK(rc::check([kind] {
                const FieldValues values = *sample_record(*kind);
                const auto decoded = decode(encode(values));
                RC_ASSERT(decoded.has_value());
                RC_ASSERT((*decoded == values));
            }));
        }
    }
    TEST_CASE("changed bytes are refused or are themselves canonical") {
        CHECK(rc::check([] {
            Bytes bytes = encode(*sample_record(kCustomer));
            for (int edits = *rc::gen::inRange(1, 4); edits > 0; --edits) {
                const auto at = *rc::gen::inRange<std::size_t>(0, bytes.size() + 1);
                const auto byte = *rc::gen::arbitrary<std::uint8_t>();
                const auto place = bytes.begin() + static_cast<std::ptrdiff_t>(at);
                const int what = *rc::gen::inRange(0, 3);
                if (what == 0) bytes.insert(place, byte);
                if (what == 1 && at < bytes.size()) *place = byte;
                if (what == 2) bytes.resize(at);
            }
            const auto decoded = decode(bytes);
            if (decoded) RC_ASSERT((encode(*decoded) == bytes));
        }));
    }
    TEST_CASE("every short byte string is refused or canonical") {
        for (unsigned number = 0; number < 1U << 24U; number += number < 1U << 17U ? 1U : 251U) {
            Bytes bytes;
            append_le(bytes, number);
            for (std::size_t size = 0; size <= 3; ++size) {
                const ByteView view = ByteView(bytes).first(size);
                const auto decoded = decode(view);
                if (!decoded) continue;
                const Bytes again = encode(*decoded);
                REQUIRE(std::equal(again.begin(), again.end(), view.begin(), view.end()));
            }
        }
    }
    TEST_CASE("forms `encode` never writes are refused") {
        for (const char* hex : {
                 "10",    // tag without value
                 "1005",  // text of one byte, none there
                 "100561"
                 "100561",  // one tag twice
                 "110561"
                 "100561",                  // tags in the wrong order
                 "90000561",                // padded tag
                 "10850061",                // padded length
                 "100400",                  // number with a high zero byte
                 "1024ffffffffffffffffff",  // number of nine bytes
                 "1006"
                 "0102",  // record of one byte
                 "1003",  // unknown sort
                 "80800405"
                 "61",                      // tag above 65535
                 "10fdffffffffffffffff7f",  // length beyond all memory
             }) {
            CAPTURE(hex);
            const auto decoded = decode(*from_hex(hex));
            REQUIRE_FALSE(decoded);
            CHECK(decoded.error().is(kMalformedEncoding));
        }
    }
    TEST_CASE("the hash of a facet depends on record, facet, version and content") {
        const RecordId record{{1}};
        const Bytes content = encode(one_customer());
        const auto hash = facet_hash(record, Facet::Main, Fv{7}, content);
        CHECK(hash == facet_hash(record, Facet::Main, Fv{7}, content));
        CHECK(hash != facet_hash(RecordId{{2}}, Facet::Main, Fv{7}, content));
        CHECK(hash != facet_hash(record, Facet::Closed, Fv{7}, content));
        CHECK(hash != facet_hash(record, Facet::Main, Fv{8}, content));
        CHECK(hash != facet_hash(record, Facet::Main, Fv{7}, {}));
    }
}
