#include "protocol/archive.hpp"

namespace dossier::protocol {

void BoundedOut::varint(std::uint64_t value) {
    while (value >= 0x80U) {
        byte(static_cast<std::uint8_t>(value | 0x80U));
        value >>= 7U;
    }
    byte(static_cast<std::uint8_t>(value));
}

std::uint32_t BoundedOut::version(std::uint32_t known) {
    varint(known);
    return known;
}

void BoundedIn::reject(std::string_view what) {
    throw DecodeFailure{{&kUndecodable, {std::string(what)}}};
}

ByteView BoundedIn::take(std::uint64_t size) {
    if (size > from_.size()) reject("too short");
    const ByteView taken = from_.first(static_cast<std::size_t>(size));
    from_ = from_.subspan(taken.size());
    return taken;
}

std::uint64_t BoundedIn::varint(std::uint64_t most) {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        const std::uint8_t next = byte();
        if (shift == 63 && next > 1) reject("number too large");
        value |= std::uint64_t{next & 0x7FU} << shift;
        if ((next & 0x80U) != 0) continue;
        if (next == 0 && shift > 0) reject("number not in its shortest form");
        if (value > most) reject("number out of range");
        return value;
    }
    reject("number too large");
}

bool BoundedIn::flag() {
    const std::uint8_t value = byte();
    if (value > 1) reject("flag neither 0 nor 1");
    return value == 1;
}

std::size_t BoundedIn::count(std::size_t entry_bytes) {
    const std::uint64_t entries = varint();
    if (entries > from_.size()) reject("more entries than bytes");
    if (entries > kDecodeElementsMax) reject("too many entries");
    charge(entries * entry_bytes);
    return static_cast<std::size_t>(entries);
}

std::size_t BoundedIn::size() {
    const std::uint64_t bytes = varint();
    if (bytes > from_.size()) reject("too short");
    charge(bytes);
    return static_cast<std::size_t>(bytes);
}

std::uint32_t BoundedIn::version(std::uint32_t known) {
    const std::uint64_t value = varint();
    if (value == 0) reject("version 0");
    if (value > known) throw DecodeFailure{{&kNewerMessage, {std::to_string(value)}}};
    return static_cast<std::uint32_t>(value);
}

void BoundedIn::descend() {
    if (++depth_ > kDecodeDepthMax) reject("nested too deeply");
}

void BoundedIn::finish() const {
    if (!from_.empty()) reject("bytes left over");
}

void BoundedIn::charge(std::uint64_t bytes) {
    claimed_ += bytes;
    if (claimed_ > kDecodeBudgetBytes) reject("claims too much memory");
}

}  // namespace dossier::protocol
