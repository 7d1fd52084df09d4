// Inputs that several tables ask for in the same words.
#pragma once

#include <array>

#include "server/actions/action.hpp"

namespace dossier::server {

// ---- cases, proposals, duplicates and merges, which people know by number
inline constexpr Input kMatterNumber{"NUMBER", "", {"编号", "number"}, Give::Required};
inline constexpr Input kMatterReason{"reason", "TEXT", {"处理说明", "reason"}};
inline constexpr std::array kMatterShow{kMatterNumber};
inline constexpr std::array kMatterAnswer{kMatterNumber, kMatterReason};
inline constexpr std::array kMatterList{
    Input{"all", "", {"也列出已处理的", "settled ones too"}, Give::Flag}};

// ---- laptops
inline constexpr Input kDeviceCode{
    "CODE", "", {"终端码，例如 N07", "code, for example N07"}, Give::Required};
inline constexpr std::array kOneDevice{kDeviceCode};

}  // namespace dossier::server
