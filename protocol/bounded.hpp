// Helpers of the codec for what may not be longer than allowed. Included by codec sources only.
#pragma once

#include "protocol/archive.hpp"

namespace dossier::protocol {

inline constexpr std::uint32_t kFirstVersion = 1;

/// A string or list of at most `most` bytes or entries; a longer one is refused.
template <class Archive, class T>
void bounded(Archive& archive, T& value, std::size_t most) {
    archive(value);
    if constexpr (Archive::is_loading::value) {
        if (value.size() > most) BoundedIn::reject("longer than allowed");
    }
}

}  // namespace dossier::protocol
