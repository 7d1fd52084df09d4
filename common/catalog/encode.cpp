#include "common/catalog/encode.hpp"

#include <cstring>

#include "common/base/varint.hpp"
#include "common/catalog/faults.hpp"

namespace dossier::catalog {
namespace {

/// The low two bits of the head of a value; the rest is its length in bytes.
constexpr std::uint8_t kNumber = 0;
constexpr std::uint8_t kText = 1;
constexpr std::uint8_t kRecord = 2;

// A number is zigzag, then little-endian without high zero bytes.
std::size_t byte_length(std::uint64_t bits) {
    std::size_t length = 0;
    for (; bits != 0; bits >>= 8U) ++length;
    return length;
}

std::size_t body_length(const Value& value) {
    if (const auto* number = std::get_if<std::int64_t>(&value)) return byte_length(zigzag(*number));
    if (const auto* text = std::get_if<std::string>(&value)) return text->size();
    return std::tuple_size_v<decltype(RecordId::bytes)>;
}

std::uint8_t* put_value(std::uint8_t* to, std::uint16_t tag, const Value& value) {
    const std::size_t length = body_length(value);
    const auto head = [&](std::uint8_t sort) {
        return put_varint(put_varint(to, tag), (std::uint64_t{length} << 2U) | sort);
    };
    if (const auto* number = std::get_if<std::int64_t>(&value)) {
        to = head(kNumber);
        for (auto bits = zigzag(*number); bits != 0; bits >>= 8U) {
            *to++ = static_cast<std::uint8_t>(bits & 0xFFU);
        }
        return to;
    }
    const auto* text = std::get_if<std::string>(&value);
    const void* from = text != nullptr ? static_cast<const void*>(text->data())
                                       : std::get<RecordId>(value).bytes.data();
    to = head(text != nullptr ? kText : kRecord);
    if (length > 0) std::memcpy(to, from, length);
    return to + length;
}

/// Reads forward over bytes of unknown origin; `ok` turns false at the first thing `encode` would
/// not have written.
struct Reader {
    const std::uint8_t* at = nullptr;
    const std::uint8_t* end = nullptr;
    bool ok = true;

    std::uint64_t varint() {
        std::uint64_t value = 0;
        ok = take_varint(at, end, value) && ok;
        return value;
    }

    Value number(std::size_t length) {
        ok = ok && length <= sizeof(std::uint64_t) && (length == 0 || at[length - 1] != 0);
        std::uint64_t bits = 0;
        for (std::size_t i = 0; ok && i < length; ++i) bits |= std::uint64_t{at[i]} << (8 * i);
        return unzigzag(bits);
    }

    void value(Value& into) {
        const std::uint64_t head = varint();
        const std::uint64_t length = head >> 2U;
        ok = ok && length <= static_cast<std::uint64_t>(end - at);
        if (!ok) return;
        switch (head & 3U) {
            case kNumber:
                into = number(length);
                break;
            case kText:
                into.emplace<std::string>(reinterpret_cast<const char*>(at), length);
                break;
            case kRecord: {
                ok = length == std::tuple_size_v<decltype(RecordId::bytes)>;
                if (ok) std::memcpy(into.emplace<RecordId>().bytes.data(), at, length);
                break;
            }
            default:
                ok = false;
        }
        at += length;
    }
};

}  // namespace

void encode_to(Bytes& out, const FieldValues& values) {
    std::size_t total = 0;
    for (const FieldValue& entry : values) {
        if (is_empty(entry.value)) continue;
        const std::size_t length = body_length(entry.value);
        total += varint_length(entry.tag) + varint_length(std::uint64_t{length} << 2U) + length;
    }
    const std::size_t before = out.size();
    out.resize(before + total);
    std::uint8_t* to = out.data() + before;
    for (const FieldValue& entry : values) {
        if (!is_empty(entry.value)) to = put_value(to, entry.tag, entry.value);
    }
}

Bytes encode(const FieldValues& values) {
    Bytes out;
    encode_to(out, values);
    return out;
}

Result<FieldValues> decode(ByteView bytes) {
    FieldValues values;
    // A guess that is right for records; at most one entry a tag, so memory stays bounded.
    values.reserve(std::min<std::size_t>(bytes.size() / 8 + 1, 64));
    Reader reader{bytes.data(), bytes.data() + bytes.size()};
    std::int64_t before = -1;
    while (reader.at != reader.end) {
        const std::uint64_t tag = reader.varint();
        if (!reader.ok || tag > UINT16_MAX || static_cast<std::int64_t>(tag) <= before) {
            return fail(kMalformedEncoding);
        }
        before = static_cast<std::int64_t>(tag);
        values.push_back({static_cast<std::uint16_t>(tag), {}});
        reader.value(values.back().value);
        if (!reader.ok) return fail(kMalformedEncoding);
    }
    return values;
}

crypto::Digest facet_hash(const RecordId& record, Facet facet, Fv version, ByteView encoded) {
    const auto number = static_cast<std::uint8_t>(facet);
    Bytes fv;
    append_le(fv, version.value);
    return crypto::blake2b({record.view(), ByteView(&number, 1), fv, encoded});
}

}  // namespace dossier::catalog
