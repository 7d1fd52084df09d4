// What somebody asks of a field when he filters a list: read as typed values are, but not held to
// what may be stored. Nothing is stored of it.
#pragma once

#include "common/base/result.hpp"
#include "common/base/value.hpp"
#include "common/catalog/field.hpp"
#include "common/time/clock.hpp"

namespace dossier::catalog {

/// The first and the last value meant. They differ for an instant that was typed as a day or as a
/// minute: that means all of it, in office time.
struct Asked {
    Value first;
    Value last;

    [[nodiscard]] bool is_span() const { return first != last; }
};

/// Reads a value of a filter as `parse` does; one in the future or beyond the field's range is
/// asked for like any other. Errors: those of `parse` but field.future and field.out_of_range.
Result<Asked> parse_asked(const Field& field, std::string_view typed, Instant now);

}  // namespace dossier::catalog
