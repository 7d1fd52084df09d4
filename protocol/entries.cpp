// The entries of a batch, by hand: this is the one encoding whose speed people feel (SPEC 10.5).
// Layout of an entry: record(16) || varint kind || u8 facet*2+present || varint fv, and when
// present: varint length || content.
#include <cstring>

#include "common/base/varint.hpp"

#include "protocol/archive.hpp"
#include "protocol/codec.hpp"
#include "protocol/limits.hpp"

namespace dossier::protocol {
namespace {

constexpr std::size_t kIdBytes = 16;
constexpr std::size_t kEntryHeadBytesMax = kIdBytes + 3 + 1 + 10 + 10;
constexpr std::size_t kEntryBytesMin = kIdBytes + 1 + 1 + 1;

/// Reads forward over bytes nobody vouches for; `ok` turns false at the first thing an encoder
/// would not have written.
struct Reader {
    const std::uint8_t* at = nullptr;
    const std::uint8_t* end = nullptr;
    bool ok = true;

    std::uint64_t varint() {
        std::uint64_t value = 0;
        ok = take_varint(at, end, value) && ok;
        return value;
    }

    void entry(FacetEntry& into) {
        ok = static_cast<std::size_t>(end - at) >= kEntryBytesMin;
        if (!ok) return;
        std::memcpy(into.record.bytes.data(), at, kIdBytes);
        at += kIdBytes;
        const std::uint64_t kind = varint();
        ok = ok && kind <= UINT16_MAX && at != end;
        if (!ok) return;
        into.kind = static_cast<std::uint16_t>(kind);
        into.facet = static_cast<std::uint8_t>(*at >> 1U);
        into.present = (*at++ & 1U) != 0;
        into.fv = {varint()};
        const std::uint64_t length = ok && into.present ? varint() : 0;
        ok =
            ok && length <= static_cast<std::uint64_t>(end - at) && length <= kFacetContentBytesMax;
        if (!ok) return;
        into.content.assign(at, at + length);
        at += length;
    }
};

}  // namespace

void append_entry(Bytes& to, const FacetEntry& entry) {
    const std::size_t before = to.size();
    const std::size_t content = entry.present ? entry.content.size() : 0;
    to.resize(before + kEntryHeadBytesMax + content);
    std::uint8_t* at = to.data() + before;
    std::memcpy(at, entry.record.bytes.data(), kIdBytes);
    at = put_varint(at + kIdBytes, entry.kind);
    *at++ = static_cast<std::uint8_t>((unsigned{entry.facet} << 1U) | (entry.present ? 1U : 0U));
    at = put_varint(at, entry.fv.value);
    if (entry.present) {
        at = put_varint(at, content);
        if (content > 0) std::memcpy(at, entry.content.data(), content);
        at += content;
    }
    to.resize(static_cast<std::size_t>(at - to.data()));
}

Bytes encode_entries(const std::vector<FacetEntry>& entries) {
    std::size_t most = 0;
    for (const FacetEntry& entry : entries) most += kEntryHeadBytesMax + entry.content.size();
    Bytes bytes;
    bytes.reserve(most);
    for (const FacetEntry& entry : entries) append_entry(bytes, entry);
    return bytes;
}

Result<std::vector<FacetEntry>> decode_entries(ByteView bytes) {
    std::vector<FacetEntry> entries;
    // A guess that is right for facets of records.
    entries.reserve(std::min(bytes.size() / 256 + 1, kBatchEntriesMax));
    Reader reader{bytes.data(), bytes.data() + bytes.size()};
    while (reader.at != reader.end) {
        if (entries.size() == kBatchEntriesMax) return fail(kUndecodable, "too many entries");
        reader.entry(entries.emplace_back());
        if (!reader.ok) return fail(kUndecodable, "entry");
    }
    return entries;
}

}  // namespace dossier::protocol
