#include "protocol/archive.hpp"

#include <doctest/doctest.h>

#include "common/base/value.hpp"
#include "common/crypto/random.hpp"

#include "tests/unit/protocol/allocations.hpp"

using namespace dossier;
using namespace dossier::protocol;

namespace {

enum class Color : unsigned char { Red, Green, Blue };

struct Line {
    std::string text;
    std::optional<std::int64_t> amount;
    std::vector<Value> values;
    bool operator==(const Line&) const = default;
};
template <class Archive>
void serialize(Archive& archive, Line& line) {
    archive(line.text, line.amount, line.values);
}

struct Letter {
    std::uint8_t small = 0;
    std::uint16_t medium = 0;
    std::uint64_t large = 0;
    std::int32_t signed_number = 0;
    bool flag = false;
    Color color = Color::Red;
    Bytes raw;
    std::array<std::uint8_t, 4> fixed{};
    RecordId record;
    SSeq sequence;
    std::vector<Line> lines;
    std::vector<std::vector<std::uint32_t>> table;
    bool operator==(const Letter&) const = default;
};
template <class Archive>
void serialize(Archive& archive, Letter& letter) {
    archive(letter.small, letter.medium, letter.large, letter.signed_number, letter.flag,
            letter.color, letter.raw, letter.fixed, letter.record, letter.sequence, letter.lines,
            letter.table);
}

struct Tree {
    std::vector<Tree> branches;
};
template <class Archive>
void serialize(Archive& archive, Tree& tree) {
    archive(tree.branches);
}

struct Grown {
    std::uint32_t first = 0;
    std::uint32_t added = 0;
};
template <class Archive>
void serialize(Archive& archive, Grown& grown) {
    const auto version = archive.version(2);
    archive(grown.first);
    if (version >= 2) archive(grown.added);
}

/// Draws values of every size class, so that varints of every length occur.
class Draw {
  public:
    explicit Draw(std::uint64_t seed) : random_(seed) {}
    std::uint64_t number() {
        std::array<std::uint8_t, 9> raw{};
        random_.fill(raw);
        return read_le<std::uint64_t>(raw.data()) >> (raw[8] & 63U);
    }
    std::size_t below(std::size_t bound) { return number() % bound; }
    Bytes bytes(std::size_t most) {
        Bytes raw(below(most));
        random_.fill(raw);
        return raw;
    }
    std::string text(std::size_t most) { return std::string(text_of(bytes(most))); }
    RecordId record() {
        RecordId id;
        random_.fill(id.bytes);
        return id;
    }
    Value value() {
        switch (below(4)) {
            case 0:
                return {};
            case 1:
                return static_cast<std::int64_t>(number());
            case 2:
                return text(20);
            default:
                return record();
        }
    }
    Letter letter() {
        Letter letter;
        letter.small = static_cast<std::uint8_t>(number());
        letter.medium = static_cast<std::uint16_t>(number());
        letter.large = number();
        letter.signed_number = static_cast<std::int32_t>(number());
        letter.flag = below(2) == 1;
        letter.color = static_cast<Color>(below(3));
        letter.raw = bytes(400);
        random_.fill(letter.fixed);
        letter.record = record();
        letter.sequence.value = number();
        letter.lines.resize(below(5));
        for (Line& line : letter.lines) {
            line.text = text(30);
            if (below(2) == 1) line.amount = -static_cast<std::int64_t>(number() >> 1U);
            line.values.resize(below(4));
            for (Value& held : line.values) held = value();
        }
        letter.table.resize(below(4));
        for (auto& row : letter.table) row.resize(below(6), static_cast<std::uint32_t>(number()));
        return letter;
    }

  private:
    crypto::SeededRandom random_;
};

template <class T>
void check_rejected_cheaply(const Bytes& bytes, std::size_t allocated_max) {
    const std::size_t before = protocol::testing::allocated_bytes();
    const auto result = decode<T>(bytes);
    CHECK(protocol::testing::allocated_bytes() - before < allocated_max);
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().is(kUndecodable));
}

Bytes varint_of(std::uint64_t value) {
    return encode(value);
}

}  // namespace

template <>
struct dossier::protocol::LastOf<Color> {
    static constexpr Color value = Color::Blue;
};

TEST_SUITE("protocol/archive") {
    TEST_CASE("what was encoded is decoded equal, and encodes to the same bytes") {
        Draw draw(1);
        for (int i = 0; i < 5'000; ++i) {
            const Letter letter = draw.letter();
            const Bytes bytes = encode(letter);
            const auto again = decode<Letter>(bytes);
            REQUIRE(again.has_value());
            CHECK(*again == letter);
            CHECK(encode(*again) == bytes);
        }
    }
    TEST_CASE("whatever changed bytes are accepted encode to those very bytes") {
        Draw draw(2);
        unsigned accepted = 0;
        for (int i = 0; i < 2'000; ++i) {
            const Bytes bytes = encode(draw.letter());
            for (int change = 0; change < 10; ++change) {
                Bytes changed = bytes;
                changed[draw.below(changed.size())] = static_cast<std::uint8_t>(draw.number());
                const auto result = decode<Letter>(changed);
                if (!result) continue;
                ++accepted;
                CHECK(encode(*result) == changed);
            }
        }
        CHECK(accepted > 1'000);
    }
    TEST_CASE("every shortened message is refused, and so is one with a byte more") {
        Draw draw(3);
        Bytes bytes = encode(draw.letter());
        for (std::size_t size = 0; size < bytes.size(); ++size) {
            CHECK_FALSE(decode<Letter>(ByteView(bytes).first(size)).has_value());
        }
        bytes.push_back(0);
        check_rejected_cheaply<Letter>(bytes, 20'000);
    }
    TEST_CASE("numbers are as short as they can be, and only so") {
        CHECK(varint_of(0) == Bytes{0});
        CHECK(varint_of(127) == Bytes{127});
        CHECK(varint_of(128) == Bytes{0x80, 1});
        CHECK(varint_of(~std::uint64_t{0}) ==
              Bytes{0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1});
        CHECK(encode(std::int64_t{-1}) == Bytes{1});
        CHECK(encode(std::int32_t{1}) == Bytes{2});
        CHECK_FALSE(decode<std::uint64_t>(Bytes{0x80, 0}).has_value());
        CHECK_FALSE(
            decode<std::uint64_t>(Bytes{0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 2})
                .has_value());
        CHECK_FALSE(decode<std::uint64_t>(Bytes(11, 0x80)).has_value());
        for (const std::int64_t number :
             {std::numeric_limits<std::int64_t>::min(), std::int64_t{-1}, std::int64_t{0},
              std::numeric_limits<std::int64_t>::max()}) {
            CHECK(decode<std::int64_t>(encode(number)) == number);
        }
    }
    TEST_CASE("a number wider than its field is refused") {
        CHECK(decode<std::uint16_t>(varint_of(65'535)) == 65'535);
        CHECK_FALSE(decode<std::uint16_t>(varint_of(65'536)).has_value());
        CHECK(decode<std::int32_t>(encode(std::int64_t{-2'147'483'648})).has_value());
        CHECK_FALSE(decode<std::int32_t>(encode(std::int64_t{-2'147'483'649})).has_value());
        CHECK_FALSE(decode<std::int32_t>(encode(std::int64_t{2'147'483'648})).has_value());
    }
    TEST_CASE("flags are 0 or 1, enumerations end at their last value, alternatives exist") {
        CHECK_FALSE(decode<bool>(Bytes{2}).has_value());
        CHECK_FALSE(decode<std::optional<std::uint8_t>>(Bytes{2, 0}).has_value());
        CHECK(decode<Color>(Bytes{2}) == Color::Blue);
        CHECK_FALSE(decode<Color>(Bytes{3}).has_value());
        CHECK(decode<Value>(Bytes{0}) == Value{});
        CHECK_FALSE(decode<Value>(Bytes{4}).has_value());
    }
    TEST_CASE("nine bytes that claim a huge list or string cost no memory") {
        for (const unsigned bits : {17U, 26U, 28U, 31U, 40U, 63U}) {
            Bytes bomb = varint_of(std::uint64_t{1} << bits);
            bomb.resize(9);
            check_rejected_cheaply<Bytes>(bomb, 600);
            check_rejected_cheaply<std::string>(bomb, 600);
            check_rejected_cheaply<std::vector<std::string>>(bomb, 600);
            check_rejected_cheaply<std::vector<std::uint64_t>>(bomb, 600);
            check_rejected_cheaply<std::vector<Letter>>(bomb, 600);
        }
    }
    TEST_CASE("a list may not claim more memory than the budget, however many bytes back it") {
        Bytes rows = varint_of(200'000);
        rows.resize(rows.size() + 200'000);  // 200,000 empty lines would be 80 bytes of memory each
        check_rejected_cheaply<std::vector<Letter>>(rows, 600);
        Bytes table = varint_of(1'000'000);
        table.resize(table.size() + 1'000'000);
        check_rejected_cheaply<std::vector<std::vector<std::uint32_t>>>(table, 600);
        CHECK(decode<std::vector<std::vector<std::uint32_t>>>(
                  encode(std::vector<std::vector<std::uint32_t>>(200'000)))
                  .has_value());
    }
    TEST_CASE("a list has at most as many entries as there are bytes, and at most 262,144") {
        const auto claimed = decode<std::vector<std::uint16_t>>(Bytes{7, 1, 2, 3, 4, 5, 6});
        REQUIRE_FALSE(claimed.has_value());
        CHECK(claimed.error().args.at(0) == "more entries than bytes");
        const std::vector<std::uint16_t> longest(kDecodeElementsMax);
        const std::vector<std::uint16_t> longer(kDecodeElementsMax + 1);
        CHECK(decode<std::vector<std::uint16_t>>(encode(longest)) == longest);
        CHECK_FALSE(decode<std::vector<std::uint16_t>>(encode(longer)).has_value());
    }
    TEST_CASE("strings share one budget") {
        const std::vector<Bytes> fits(3, Bytes(5U << 20U));
        const std::vector<Bytes> exceeds(4, Bytes(5U << 20U));
        CHECK(decode<std::vector<Bytes>>(encode(fits)) == fits);
        CHECK_FALSE(decode<std::vector<Bytes>>(encode(exceeds)).has_value());
    }
    TEST_CASE("nesting ends at depth 32, far from the end of the stack") {
        Bytes chain(kDecodeDepthMax - 1, 1);
        chain.push_back(0);
        CHECK(decode<Tree>(chain).has_value());
        chain.insert(chain.begin(), 1);
        CHECK_FALSE(decode<Tree>(chain).has_value());
        check_rejected_cheaply<Tree>(Bytes(500'000, 1), 10'000);
    }
    TEST_CASE("an older message is read, a newer one is told apart from a damaged one") {
        CHECK(encode(Grown{5, 6}) == Bytes{2, 5, 6});
        const auto old = decode<Grown>(Bytes{1, 5});
        REQUIRE(old.has_value());
        CHECK(old->added == 0);
        CHECK_FALSE(decode<Grown>(Bytes{0, 5}).has_value());
        const auto newer = decode<Grown>(Bytes{3, 5, 6, 7});
        REQUIRE_FALSE(newer.has_value());
        CHECK(newer.error().is(kNewerMessage));
        CHECK(newer.error().code() == ErrorCode::Version);
    }
}
