// Identities that cannot be swapped for one another.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "common/base/bytes.hpp"

namespace dossier {

/// 16 bytes, UUIDv7 where made by `Ids` (`common/crypto/random.hpp`); ordered by its bytes,
/// therefore by creation time. All zero means "none".
template <class Tag>
struct Id {
    std::array<std::uint8_t, 16> bytes{};

    auto operator<=>(const Id&) const = default;
    [[nodiscard]] bool is_none() const { return bytes == decltype(bytes){}; }
    [[nodiscard]] ByteView view() const { return bytes; }
    /// The same identity seen as another sort: a user *is* a record of kind `user`.
    template <class Other>
    [[nodiscard]] Id<Other> as() const {
        return {bytes};
    }
    /// Errors: nullopt unless exactly 16 bytes.
    static std::optional<Id> from(ByteView raw) {
        if (raw.size() != 16) return std::nullopt;
        Id id;
        std::copy(raw.begin(), raw.end(), id.bytes.begin());
        return id;
    }
};

using RecordId = Id<struct RecordTag>;
using UserId = Id<struct UserTag>;      ///< the record of kind `user`
using DeviceId = Id<struct DeviceTag>;  ///< the record of kind `device`
using CaseId = Id<struct CaseTag>;

/// 8-4-4-4-12 lower-case hexadecimal (RFC 9562).
std::string uuid_text(ByteView id);
/// Takes the hyphenated form and 32 bare digits. Errors: nullopt for anything else.
std::optional<std::array<std::uint8_t, 16>> uuid_from(std::string_view text);

template <class Tag>
std::string to_text(const Id<Tag>& id) {
    return uuid_text(id.view());
}
template <class IdType>
std::optional<IdType> id_from(std::string_view text) {
    const auto raw = uuid_from(text);
    if (!raw) return std::nullopt;
    return IdType{*raw};
}

/// A counter with a meaning; no arithmetic but "next".
template <class Tag>
struct Counter {
    std::uint64_t value = 0;

    auto operator<=>(const Counter&) const = default;
    [[nodiscard]] Counter next() const { return {value + 1}; }
};

using Seq = Counter<struct SeqTag>;  ///< place in the server's journal; never leaves the server
using OSeq =
    Counter<struct OSeqTag>;  ///< place in a device's outbox, from 1, without gaps per device epoch
using SSeq = Counter<struct SSeqTag>;  ///< place in one scope's log
using Fv = Counter<struct FvTag>;  ///< version of one facet, from 1; 0 = never stored at the office

}  // namespace dossier

template <class Tag>
struct std::hash<dossier::Id<Tag>> {
    std::size_t operator()(const dossier::Id<Tag>& id) const noexcept {
        return std::hash<std::string_view>{}(dossier::text_of(id.view()));
    }
};
