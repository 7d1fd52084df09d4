// Any bytes as a message of every wire type: refused, or re-encoded to the very same bytes.
#include "common/base/check.hpp"
#include "common/base/value.hpp"

#include "protocol/archive.hpp"

using namespace dossier;
using namespace dossier::protocol;

namespace {

enum class Color : unsigned char { Red, Green, Blue };

struct Leaf {
    std::string text;
    std::optional<std::int64_t> amount;
    std::vector<Value> values;
    Color color = Color::Red;
    bool flag = false;
};
template <class Archive>
void serialize(Archive& archive, Leaf& leaf) {
    archive(leaf.text, leaf.amount, leaf.values, leaf.color, leaf.flag);
}

struct Tree {
    std::vector<Tree> branches;
    std::vector<Leaf> leaves;
    Bytes raw;
    std::array<std::uint8_t, 3> fixed{};
    RecordId record;
    OSeq sequence;
    std::uint16_t medium = 0;
    std::int32_t number = 0;
};
template <class Archive>
void serialize(Archive& archive, Tree& tree) {
    archive.version(1);
    archive(tree.branches, tree.leaves, tree.raw, tree.fixed, tree.record, tree.sequence,
            tree.medium, tree.number);
}

template <class T>
void try_as(ByteView bytes) {
    const auto value = decode<T>(bytes);
    if (value) DOSSIER_CHECK(encode(*value) == Bytes(bytes.begin(), bytes.end()));
}

}  // namespace

template <>
struct dossier::protocol::LastOf<Color> {
    static constexpr Color value = Color::Blue;
};

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView bytes{data, size};
    try_as<Tree>(bytes);
    try_as<Leaf>(bytes);
    try_as<std::vector<std::vector<std::string>>>(bytes);
    try_as<std::vector<std::optional<std::uint64_t>>>(bytes);
    return 0;
}
