// What a notification says of another record: the step, in both languages, and why it was taken,
// for who may read that. Written once; how much of it its reader may still read is decided each
// time he reads it. Source: domain 2.5.3 notification.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "common/base/value.hpp"
#include "common/catalog/field.hpp"

namespace dossier::workflow {

/// "退回/return: 缺门牌号"; the words alone where no reason is told.
std::string told(const Text& words, std::string_view why);

/// The fields of a kind that say of another record what was done with it; nullopt for all other
/// kinds: a task says no more than what is to be done.
struct Telling {
    const catalog::Field* subject;
    const catalog::Field* text;
};
std::optional<Telling> telling_of(const catalog::Kind& kind);

/// How much of it somebody may read.
enum class Hears : std::uint8_t {
    Nothing,  ///< he may not know of the record any more
    That,     ///< what was done, not why
    Why,
};
/// The values as somebody hears them who may hear that much.
FieldValues as_heard(const Telling& telling, FieldValues values, Hears hears);

}  // namespace dossier::workflow
