// Contents of attachments are part of the store's unit of work.
#include <doctest/doctest.h>

#include "common/base/bytes.hpp"

#include "tests/contract/store_contract.hpp"

namespace dossier::server::contract {
namespace {

const Bytes kKey(32, 7);

Bytes scan_of(std::size_t size) {
    Bytes bytes(size);
    for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<std::uint8_t>(i * 31 + i / 251);
    return bytes;
}

content::ContentId id_of(ByteView bytes) {
    crypto::Hasher hasher(kKey);
    hasher.add(bytes);
    return hasher.finish();
}

/// Puts the first `chunks` chunks of the content for this record.
content::Held put(Store& store, const RecordId& record, ByteView bytes, std::uint32_t chunks) {
    auto& contents = store.contents();
    const auto held = contents.begin(record, id_of(bytes), bytes.size(), {});
    for (std::uint32_t at = 0; at < chunks; ++at) {
        const auto from = std::size_t{at} * content::kChunkBytes;
        REQUIRE(
            contents.put(held, at, bytes.subspan(from, content::chunk_bytes(bytes.size(), at))));
    }
    return held;
}

}  // namespace

TEST_SUITE("contract/contents") {
    TEST_CASE("a content put in a unit that was rolled back was never there") {
        const auto office = make_office();
        const Bytes bytes = scan_of(content::kChunkBytes + 100);
        {
            Unit unit(office->store());
            put(office->store(), record(1), bytes, 2);
        }
        Unit unit(office->store());
        CHECK_FALSE(office->store().contents().of(record(1)));
        unit.commit();
    }

    TEST_CASE("what is begun outlives a crash and is whole once its last chunk is here") {
        const auto office = make_office();
        const Bytes bytes = scan_of(2 * content::kChunkBytes + 100);
        {
            Unit unit(office->store());
            put(office->store(), record(1), bytes, 2);
            unit.commit();
        }
        office->reopen();
        Unit unit(office->store());
        auto& contents = office->store().contents();
        const auto held = contents.of(record(1));
        REQUIRE(held);
        CHECK_FALSE(held->whole);
        CHECK(contents.have(*held) == Bytes{0b011});
        CHECK(contents.put(*held, 2, ByteView(bytes).subspan(2 * content::kChunkBytes)));
        CHECK(contents.finish(record(1), kKey) == content::Contents::Finish::Whole);
        CHECK(contents.whole(id_of(bytes)));
        unit.commit();
    }

    TEST_CASE("a whole content serves every record that names it until the last is dropped") {
        const auto office = make_office();
        const Bytes bytes = scan_of(500);
        Unit unit(office->store());
        auto& contents = office->store().contents();
        put(office->store(), record(1), bytes, 1);
        REQUIRE(contents.finish(record(1), kKey) == content::Contents::Finish::Whole);
        contents.share(record(2), id_of(bytes), {});
        contents.drop(record(1));
        const auto held = contents.of(record(2));
        REQUIRE(held);
        CHECK(contents.chunk(*held, 0) == bytes);
        contents.drop(record(2));
        CHECK_FALSE(contents.whole(id_of(bytes)));
        unit.commit();
    }

    TEST_CASE("a content that is not what its identity says is not kept") {
        const auto office = make_office();
        const Bytes bytes = scan_of(500);
        const Bytes other = scan_of(501);
        Unit unit(office->store());
        auto& contents = office->store().contents();
        const auto held = contents.begin(record(1), id_of(other), bytes.size(), {});
        REQUIRE(contents.put(held, 0, bytes));
        CHECK(contents.finish(record(1), kKey) == content::Contents::Finish::Damaged);
        CHECK_FALSE(contents.of(record(1)));
        unit.commit();
    }
}

}  // namespace dossier::server::contract
