// The middle of several measurements.
#pragma once

#include <algorithm>
#include <vector>

namespace dossier::bench {

/// Of an even number the upper one; at least one.
inline double median(std::vector<double> values) {
    std::ranges::sort(values);
    return values[values.size() / 2];
}

}  // namespace dossier::bench
