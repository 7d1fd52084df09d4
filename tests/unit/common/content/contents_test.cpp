#include <doctest/doctest.h>

#include "tests/unit/common/content/scratch.hpp"

using namespace dossier;
using namespace dossier::test;
using content::Contents;
using content::SqliteContents;
using Finish = Contents::Finish;

namespace {

struct Scratch {
    Scratch() { db.exec(std::string(content::kTables)); }
    sqlite::Connection db{{.path = ":memory:", .vfs = ""}};
    SqliteContents contents{db};
};

std::vector<std::string> flaws(Contents& contents) {
    std::vector<std::string> found;
    contents.verify(kContentKey, [&](std::string wrong) { found.push_back(std::move(wrong)); });
    return found;
}

}  // namespace

TEST_SUITE("common/content/contents") {
    TEST_CASE("what was put chunk by chunk, in any order and twice, is what comes back") {
        Scratch scratch;
        const Bytes bytes = some_bytes(3 * content::kChunkBytes + 5, 1);
        const auto held = scratch.contents.begin(record_of(1), id_of(bytes), bytes.size(), {});
        for (const std::uint32_t at : {3U, 0U, 2U, 0U})
            CHECK(scratch.contents.put(held, at, piece_of(bytes, at)));
        CHECK(scratch.contents.finish(record_of(1), kContentKey) == Finish::Incomplete);
        CHECK(scratch.contents.have(held) == Bytes{0b1101});
        CHECK(scratch.contents.put(held, 1, piece_of(bytes, 1)));
        CHECK(scratch.contents.finish(record_of(1), kContentKey) == Finish::Whole);
        Bytes back;
        for (std::uint32_t at = 0; at < 4; ++at)
            append(back, scratch.contents.chunk(*scratch.contents.of(record_of(1)), at));
        CHECK(back == bytes);
        CHECK(flaws(scratch.contents).empty());
    }

    TEST_CASE("a chunk of another length or beyond the end is not taken") {
        Scratch scratch;
        const Bytes bytes = some_bytes(content::kChunkBytes + 5, 1);
        const auto held = scratch.contents.begin(record_of(1), id_of(bytes), bytes.size(), {});
        CHECK_FALSE(scratch.contents.put(held, 0, ByteView(bytes).first(10)));
        CHECK_FALSE(scratch.contents.put(held, 1, piece_of(bytes, 0)));
        CHECK_FALSE(scratch.contents.put(held, 2, piece_of(bytes, 1)));
        CHECK(count_in(scratch.db, "content_chunk") == 0);
    }

    TEST_CASE("equal contents lie once and go with the last record that names them") {
        Scratch scratch;
        const Bytes bytes = some_bytes(40'000, 1);
        CHECK(keep(scratch.db, record_of(1), bytes, id_of(bytes)) == Finish::Whole);
        CHECK(keep(scratch.db, record_of(2), bytes, id_of(bytes)) == Finish::Whole);
        scratch.contents.share(record_of(3), id_of(bytes), {});
        CHECK(count_in(scratch.db, "content") == 1);
        CHECK(count_in(scratch.db, "content_chunk") == 3);
        scratch.contents.drop(record_of(1));
        scratch.contents.drop(record_of(3));
        CHECK(scratch.contents.of(record_of(2))->whole);
        CHECK(flaws(scratch.contents).empty());
        scratch.contents.drop(record_of(2));
        CHECK(count_in(scratch.db, "content") == 0);
        CHECK(count_in(scratch.db, "content_chunk") == 0);
    }

    TEST_CASE("what one record has brought half is nothing to another with the same digest") {
        Scratch scratch;
        const Bytes bytes = some_bytes(2 * content::kChunkBytes, 1);
        const auto first = scratch.contents.begin(record_of(1), id_of(bytes), bytes.size(), {});
        scratch.contents.put(first, 0, piece_of(bytes, 0));
        const auto other = scratch.contents.begin(record_of(2), id_of(bytes), bytes.size(), {});
        CHECK(scratch.contents.have(other) == Bytes{0});
        scratch.contents.put(other, 1, piece_of(bytes, 1));
        CHECK(scratch.contents.finish(record_of(2), kContentKey) == Finish::Incomplete);
    }

    TEST_CASE("bytes that do not give the digest leave nothing behind") {
        Scratch scratch;
        const Bytes bytes = some_bytes(40'000, 1);
        const Bytes others = some_bytes(40'000, 2);
        CHECK(keep(scratch.db, record_of(1), others, id_of(bytes)) == Finish::Damaged);
        CHECK_FALSE(scratch.contents.of(record_of(1)).has_value());
        CHECK(count_in(scratch.db, "content_chunk") == 0);
    }

    TEST_CASE("a content changed behind the store's back is found") {
        Scratch scratch;
        const Bytes bytes = some_bytes(40'000, 1);
        keep(scratch.db, record_of(1), bytes, id_of(bytes));
        scratch.db.exec(
            "UPDATE content_chunk SET bytes=zeroblob(length(bytes)) WHERE place%65536=1");
        CHECK(flaws(scratch.contents).size() == 1);
    }

    TEST_CASE("what a device brings is counted from a time on, begun or whole") {
        Scratch scratch;
        const DeviceId device = record_of(9).as<DeviceTag>();
        const Bytes bytes = some_bytes(1000, 1);
        scratch.contents.begin(record_of(1), id_of(bytes), 1000, {device, {100}});
        scratch.contents.begin(record_of(2), id_of(bytes), 500, {device, {200}});
        scratch.contents.begin(record_of(3), id_of(bytes), 70, {DeviceId{}, {200}});
        CHECK(scratch.contents.brought(device, {100}) == 1500);
        CHECK(scratch.contents.brought(device, {101}) == 500);
    }
}
