// Records as tests write them: kinds by the names people have for them, fields by theirs.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/base/check.hpp"
#include "common/catalog/activity.hpp"
#include "common/catalog/contact.hpp"
#include "common/catalog/customer.hpp"
#include "common/time/clock.hpp"

namespace dossier::test {

using catalog::kContact;
using catalog::kCustomer;
inline constexpr auto& kVisit = catalog::kCommunication;

/// A field by name with its value.
struct Given {
    std::string_view name;
    Value value;
};
using GivenFields = std::vector<Given>;

inline Value words(std::string_view text) {
    return std::string(text);
}
/// "2026-03-02 09:00" in office time.
inline Instant at(std::string_view time) {
    return *instant_from(time);
}
inline FieldValues values_of(const catalog::Kind& kind, const GivenFields& given) {
    FieldValues values;
    for (const auto& each : given) {
        const auto* field = catalog::find_field(kind, each.name);
        DOSSIER_CHECK(field != nullptr);
        assign(values, field->tag, each.value);
    }
    return values;
}

}  // namespace dossier::test
