// The words in which the tables of kinds are written: one row = one field, in the order of the
// columns of domain 2: tag, field, label, type, sec, write, merge, off, and what is special.
#pragma once

#include "common/catalog/field.hpp"

namespace dossier::catalog::table {

/// The type column: what a value may be.
struct Shape {
    Type type;
    std::uint32_t length_max = 0;
    std::span<const Choice> choices = {};
    std::string_view target = {};
    Check check = Check::None;
    std::int64_t min = 0;
    std::int64_t max = INT64_MAX;
};

constexpr Shape text(std::uint32_t length_max, Check check = Check::None) {
    return {.type = Type::Text, .length_max = length_max, .check = check};
}
constexpr Shape list(std::uint32_t length_max, Check check = Check::None) {
    return {.type = Type::List, .length_max = length_max, .check = check};
}
constexpr Shape json(std::uint32_t length_max, Check check) {
    return {.type = Type::Json, .length_max = length_max, .check = check};
}
constexpr Shape one_of(std::span<const Choice> choices) {
    return {.type = Type::Enum, .choices = choices};
}
constexpr Shape set_of(std::span<const Choice> choices) {
    return {.type = Type::Set, .choices = choices};
}
constexpr Shape whole(std::int64_t min, std::int64_t max) {
    return {.type = Type::Int, .min = min, .max = max};
}
/// A text that is usually one of these, typed by name or code.
constexpr Shape usually(std::uint32_t length_max, std::span<const Choice> choices, Check check) {
    return {.type = Type::Text, .length_max = length_max, .choices = choices, .check = check};
}
/// Numbers with names: 1 is shown, and may be typed, as 秘密.
constexpr Shape named(std::int64_t min, std::int64_t max, std::span<const Choice> choices) {
    return {.type = Type::Int, .choices = choices, .min = min, .max = max};
}
constexpr Shape date(Check check = Check::None) {
    return {.type = Type::Date, .check = check};
}
constexpr Shape time(Check check = Check::None) {
    return {.type = Type::Time, .check = check};
}
constexpr Shape ref(std::string_view target) {
    return {.type = Type::Ref, .target = target};
}
constexpr Shape refs(std::string_view target) {
    return {.type = Type::RefList, .target = target};
}
/// A reference to a kind that was in no catalog when the field was declared: its identity is kept
/// as text.
constexpr Shape ref_text(std::string_view target) {
    return {.type = Type::Text, .length_max = 36, .target = target, .check = Check::RecordId};
}
/// An identity of a kind that is not in the catalog yet.
inline constexpr Shape kId = text(36, Check::RecordId);
/// In fen; ten thousand billion yuan at most, so that sums of thousands of amounts are exact.
inline constexpr Shape kMoney{.type = Type::Money, .max = 1'000'000'000'000'000};
inline constexpr Shape kPercent{.type = Type::BasisPoints, .max = 10'000};
inline constexpr Shape kYesNo{.type = Type::Bool, .max = 1};

// The sec column: '=' is kSame, 0 … 2 are levels.
inline constexpr Level kSame = Level::Inherit;
inline constexpr Level k0 = Level::L0;
inline constexpr Level k1 = Level::L1;
inline constexpr Level k2 = Level::L2;

// The write column.
// NOLINTBEGIN(readability-identifier-naming): the letters the domain's tables are written in.
inline constexpr Writers O = kOwner;
inline constexpr Writers S = kService;
inline constexpr Writers I = kClerk;
inline constexpr Writers K = kKeeper;
inline constexpr Writers V = kInspector;
inline constexpr Writers M = kMarket;
inline constexpr Writers D = kDirector;
inline constexpr Writers C = kServiceManager;
inline constexpr Writers G = kGeneral;
inline constexpr Writers A = kAdmin;
inline constexpr Writers Y = kSystem;
inline constexpr Writers W = kWorkflow;

// The merge column.
inline constexpr Merge LW = Merge::Latest;
inline constexpr Merge HA = Merge::Authority;
inline constexpr Merge UN = Merge::Union;
inline constexpr Merge AO = Merge::Append;
inline constexpr Merge NR = Merge::Review;
inline constexpr Merge RB = Merge::ReviewIfBoth;
inline constexpr Merge SV = Merge::ServerOnly;
inline constexpr Merge IM = Merge::Immutable;
inline constexpr Merge CP = Merge::Computed;
// NOLINTEND(readability-identifier-naming)

// The off column.
inline constexpr Offline kOn = Offline::Yes;
inline constexpr Offline kMask = Offline::Masked;
inline constexpr Offline kGrant = Offline::Grant;
inline constexpr Offline kOff = Offline::Never;

/// What is special about a field; nothing is for most.
struct More {
    bool required = false;
    bool unique = false;
    bool directory = false;
    std::string_view group = {};
    std::string_view preset = {};
    std::string_view aliases = {};
    bool blanks = false;
    bool outline = false;
    bool tree = false;
    bool identifies = false;
    std::string_view instead = {};
    Says says = Says::Itself;
    std::string_view among = {};
};

constexpr Field row(std::uint16_t tag,
                    std::string_view name,
                    Text label,
                    const Shape& shape,
                    Level level,
                    Writers writers,
                    Merge merge,
                    Offline offline,
                    const More& more = {}) {
    return {.tag = tag,
            .name = name,
            .label = label,
            .type = shape.type,
            .length_max = shape.length_max,
            .choices = shape.choices,
            .target = shape.target,
            .check = shape.check,
            .min = shape.min,
            .max = shape.max,
            .level = level,
            .writers = writers,
            .merge = merge,
            .offline = offline,
            .group = more.group,
            .required = more.required,
            .unique = more.unique,
            .directory = more.directory,
            .outline = more.outline,
            .aliases = more.aliases,
            .blanks = more.blanks,
            .tree = more.tree,
            .identifies = more.identifies,
            .instead = more.instead,
            .preset = more.preset,
            .says = more.says,
            .among = more.among};
}

}  // namespace dossier::catalog::table
