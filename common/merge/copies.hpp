// A copy that left a laptop, told to the office: an event on the customer whose card it is. It
// changes nothing; the office's audit keeps who, when, on which device and for what purpose.
// Source: domain WF-07, R-149, R-170.
#pragma once

#include "common/merge/op.hpp"

namespace dossier::merge {

inline constexpr std::string_view kCopyEvent = "export";

inline bool is_copy(const Op& op) {
    return op.kind == OpKind::Event && op.event == kCopyEvent;
}

}  // namespace dossier::merge
