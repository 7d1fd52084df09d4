#include "protocol/archive.hpp"

namespace dossier::protocol {

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
    const std::uint8_t* at = from_.data();
    std::uint64_t value = 0;
    if (!take_varint(at, from_.data() + from_.size(), value)) reject("no number");
    if (value > most) reject("number out of range");
    from_ = from_.subspan(static_cast<std::size_t>(at - from_.data()));
    return value;
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
