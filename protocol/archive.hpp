// The bounded archive: how messages become bytes and back (SPEC.md 7). Little-endian and canonical:
// one value has one encoding, and hostile bytes cost no more memory than an honest message.
// Included by codec sources only, for it brings cereal in.
//
// A message says once, in its own namespace, what it consists of:
//
//     struct Hello { std::uint32_t schema; DeviceId device; std::vector<std::string> words; };
//     template <class Archive>
//     void serialize(Archive& archive, Hello& hello) {
//         archive(hello.schema, hello.device, hello.words);
//     }
//     template <>  // an enumeration names its last value, in dossier::protocol
//     struct LastOf<Color> { static constexpr Color value = Color::Blue; };
//
//     Bytes bytes = encode(hello);
//     Result<Hello> again = decode<Hello>(bytes);
//
// A message that has grown asks `grown(archive, 2, 5)` first: it has version 2 since protocol 2 and
// version 3 since protocol 5. That writes the version the reader knows, reads 1 to 3, and gives
// back which, so that newer fields are written and read only where they are known. What has no rule
// below (pointers, maps, node lists, floating point) does not compile.
#pragma once

#include <array>
#include <concepts>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include <cereal/cereal.hpp>

#include "common/base/bytes.hpp"
#include "common/base/ids.hpp"
#include "common/base/result.hpp"
#include "common/base/varint.hpp"

#include "protocol/limits.hpp"

namespace dossier::protocol {

inline constexpr Fault kUndecodable{
    "protocol.undecodable",
    ErrorCode::Malformed,
    {"收到的消息无法解读（{}）", "a message cannot be decoded ({})"},
    {"把两端程序升级到同一版本", "upgrade both programs to the same version"}};
inline constexpr Fault kNewerMessage{
    "protocol.newer_message",
    ErrorCode::Version,
    {"收到的消息版本 {} 比本程序新", "a message has version {}, newer than this program"},
    {"升级本程序", "upgrade this program"}};

/// The largest value of an enumeration on the wire; specialised beside the message. Values count
/// from 0 without gaps.
template <class Enum>
struct LastOf;

template <class T>
concept WireInteger = std::integral<T> && !std::same_as<T, bool> && !std::same_as<T, char>;
/// Integers that are one byte as they stand; all others are varints.
template <class T>
concept WireByte = std::same_as<T, std::uint8_t>;

/// Writes a value; cannot fail. See `encode`.
class BoundedOut : public cereal::OutputArchive<BoundedOut> {
  public:
    /// `protocol`: what the reader speaks; grown messages are written as it knows them.
    explicit BoundedOut(std::uint32_t protocol = std::numeric_limits<std::uint32_t>::max())
        : OutputArchive(this), protocol_(protocol) {}
    [[nodiscard]] std::uint32_t protocol() const { return protocol_; }
    void bytes(ByteView raw) { append(to_, raw); }
    void byte(std::uint8_t value) { to_.push_back(value); }
    void varint(std::uint64_t value) { append_varint(to_, value); }
    /// Writes the version of a message and gives it back; from 1.
    std::uint32_t version(std::uint32_t known);
    Bytes finish() { return std::move(to_); }

  private:
    Bytes to_;
    std::uint32_t protocol_;
};

/// Leaves a failed decoding; never leaves `decode`.
struct DecodeFailure {
    Error error;
};

/// Reads a value from bytes nobody vouches for. Throws DecodeFailure only. See `decode`.
class BoundedIn : public cereal::InputArchive<BoundedIn> {
  public:
    explicit BoundedIn(ByteView from) : InputArchive(this), from_(from) {}

    /// The next `size` bytes, checked to be there.
    ByteView take(std::uint64_t size);
    std::uint8_t byte() { return take(1)[0]; }
    [[nodiscard]] std::size_t left() const { return from_.size(); }
    /// A number of at most `most` in its shortest form.
    std::uint64_t varint(std::uint64_t most = std::numeric_limits<std::uint64_t>::max());
    /// 0 or 1.
    bool flag();
    /// The entry count of a list whose entries take `entry_bytes` of memory and at least one byte
    /// here; charged to the budget before anything grows.
    std::size_t count(std::size_t entry_bytes);
    /// The byte count of a string, charged likewise.
    std::size_t size();
    /// The version of a message, from 1 to `known`. Fails with protocol.newer_message above.
    std::uint32_t version(std::uint32_t known);
    /// Entering and leaving a list or an option.
    void descend();
    void ascend() { --depth_; }
    /// No byte may be left.
    void finish() const;
    [[noreturn]] static void reject(std::string_view what);

  private:
    void charge(std::uint64_t bytes);

    ByteView from_;
    std::uint64_t claimed_ = 0;
    unsigned depth_ = 0;
};

/// The version of a message that grew with each of these protocols, from 1.
template <class Archive, std::same_as<std::uint32_t>... Since>
std::uint32_t grown(Archive& archive, Since... since) {
    if constexpr (Archive::is_saving::value) {
        return archive.version((1U + ... + (archive.protocol() >= since ? 1U : 0U)));
    } else {
        return archive.version(1U + sizeof...(since));
    }
}

/// The bytes of `value`.
template <class T>
Bytes encode(const T& value) {
    BoundedOut archive;
    archive(value);
    return archive.finish();
}

/// The value of `bytes`, all of them.
/// Errors: protocol.undecodable, protocol.newer_message.
template <class T>
Result<T> decode(ByteView bytes) {
    try {
        BoundedIn archive(bytes);
        T value{};
        archive(value);
        archive.finish();
        return value;
    } catch (DecodeFailure& failure) {
        return tl::unexpected(std::move(failure.error));
    }
}

}  // namespace dossier::protocol

#include "protocol/archive_types.hpp"  // IWYU pragma: export
