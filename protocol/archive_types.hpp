// The rule of each type the bounded archive knows, as cereal's save and load overloads.
// Part of archive.hpp; never included alone.
#pragma once

#include <algorithm>
#include <utility>
#include <variant>

#include "protocol/archive.hpp"

namespace dossier::protocol {

// Found by cereal through the archive argument, whatever namespace the value is from.

inline void save(BoundedOut& archive, const bool& value) {
    archive.byte(value ? 1 : 0);
}
inline void load(BoundedIn& archive, bool& value) {
    value = archive.flag();
}

template <WireInteger T>
void save(BoundedOut& archive, const T& value) {
    if constexpr (WireByte<T>) {
        archive.byte(value);
    } else if constexpr (std::signed_integral<T>) {
        archive.varint(zigzag(value));
    } else {
        archive.varint(value);
    }
}
template <WireInteger T>
void load(BoundedIn& archive, T& value) {
    if constexpr (WireByte<T>) {
        value = archive.byte();
    } else if constexpr (std::signed_integral<T>) {
        value = static_cast<T>(unzigzag(archive.varint(zigzag(std::numeric_limits<T>::min()))));
    } else {
        value = static_cast<T>(archive.varint(std::numeric_limits<T>::max()));
    }
}

template <class T>
requires std::is_enum_v<T>
void save(BoundedOut& archive, const T& value) {
    archive.varint(static_cast<std::uint64_t>(value));
}
template <class T>
requires std::is_enum_v<T>
void load(BoundedIn& archive, T& value) {
    value = static_cast<T>(archive.varint(static_cast<std::uint64_t>(LastOf<T>::value)));
}

inline void save(BoundedOut& archive, const std::string& value) {
    archive.varint(value.size());
    archive.bytes(bytes_of(value));
}
inline void load(BoundedIn& archive, std::string& value) {
    value = text_of(archive.take(archive.size()));
}

template <std::size_t N>
void save(BoundedOut& archive, const std::array<std::uint8_t, N>& value) {
    archive.bytes(value);
}
template <std::size_t N>
void load(BoundedIn& archive, std::array<std::uint8_t, N>& value) {
    const ByteView raw = archive.take(N);
    std::copy(raw.begin(), raw.end(), value.begin());
}

template <class Tag>
void save(BoundedOut& archive, const Id<Tag>& value) {
    archive.bytes(value.bytes);
}
template <class Tag>
void load(BoundedIn& archive, Id<Tag>& value) {
    load(archive, value.bytes);
}

template <class Tag>
void save(BoundedOut& archive, const Counter<Tag>& value) {
    archive.varint(value.value);
}
template <class Tag>
void load(BoundedIn& archive, Counter<Tag>& value) {
    value.value = archive.varint();
}

template <class T>
void save(BoundedOut& archive, const std::vector<T>& values) {
    static_assert(!std::same_as<T, bool>, "use std::vector<std::uint8_t>");
    archive.varint(values.size());
    if constexpr (WireByte<T>) {
        archive.bytes(values);
    } else {
        for (const T& value : values) archive(value);
    }
}
template <class T>
void load(BoundedIn& archive, std::vector<T>& values) {
    static_assert(!std::same_as<T, bool>, "use std::vector<std::uint8_t>");
    values.clear();
    if constexpr (WireByte<T>) {
        const ByteView raw = archive.take(archive.size());
        values.assign(raw.begin(), raw.end());
    } else {
        archive.descend();
        for (std::size_t left = archive.count(sizeof(T)); left > 0; --left) {
            archive(values.emplace_back());
        }
        archive.ascend();
    }
}

template <class T>
void save(BoundedOut& archive, const std::optional<T>& value) {
    archive.byte(value ? 1 : 0);
    if (value) archive(*value);
}
template <class T>
void load(BoundedIn& archive, std::optional<T>& value) {
    archive.descend();
    value.reset();
    if (archive.flag()) archive(value.emplace());
    archive.ascend();
}

// A variant is the index of its alternative, one byte, then the alternative; monostate is nothing.
inline void save(BoundedOut&, const std::monostate&) {}
inline void load(BoundedIn&, std::monostate&) {}

template <class... Ts>
void save(BoundedOut& archive, const std::variant<Ts...>& value) {
    archive.byte(static_cast<std::uint8_t>(value.index()));
    std::visit([&archive](const auto& held) { archive(held); }, value);
}
template <class... Ts>
void load(BoundedIn& archive, std::variant<Ts...>& value) {
    const auto load_as = [&]<std::size_t... I>(std::uint8_t index, std::index_sequence<I...>) {
        return ((index == I && (archive(value.template emplace<I>()), true)) || ...);
    };
    archive.descend();
    if (!load_as(archive.byte(), std::index_sequence_for<Ts...>{})) {
        BoundedIn::reject("unknown alternative");
    }
    archive.ascend();
}

}  // namespace dossier::protocol

// Ties the two together for cereal's type traits.
CEREAL_SETUP_ARCHIVE_TRAITS(dossier::protocol::BoundedIn, dossier::protocol::BoundedOut)

// cereal brings a rule for enumerations of its own, without a last value: ours holds.
template <class T>
requires std::is_enum_v<T>
struct cereal::specialize<dossier::protocol::BoundedIn,
                          T,
                          cereal::specialization::non_member_load_save> : std::true_type {
};
template <class T>
requires std::is_enum_v<T>
struct cereal::specialize<dossier::protocol::BoundedOut,
                          T,
                          cereal::specialization::non_member_load_save> : std::true_type {
};
