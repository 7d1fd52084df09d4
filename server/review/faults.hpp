// What review answers when there is nothing to show: the same whether it does not exist or may not
// be known.
#pragma once

#include "common/base/result.hpp"

namespace dossier::server {

inline constexpr Fault kNoMatter{
    "review.not_found",
    ErrorCode::NotFound,
    {"没有 {} 号，或您无权查阅", "there is no number {}, or none you may know of"},
    {"用 list 查看编号", "see the numbers with list"}};

}  // namespace dossier::server
