#include "common/access/find_fault.hpp"

#include "common/access/faults.hpp"
#include "common/catalog/faults.hpp"
#include "common/merge/faults.hpp"
#include "common/merge/refusals.hpp"

namespace dossier::access {
namespace {

constexpr Fault kUnknownReason{"verdict.unknown",
                               ErrorCode::Version,
                               {"中心端给出了本程序不认识的理由 {}",
                                "the office gave a reason this program does not know: {}"},
                               {"请升级程序", "upgrade this program"}};

const Fault* find_in(std::span<const Fault* const> faults, std::string_view id) {
    for (const Fault* fault : faults) {
        if (fault->id == id) return fault;
    }
    return nullptr;
}

}  // namespace

const Fault* find_fault(std::string_view id) {
    for (const auto faults : {catalog::faults(), merge::faults(),
                              std::span<const Fault* const>(merge::kRefusals), access::faults()}) {
        if (const Fault* fault = find_in(faults, id)) return fault;
    }
    return nullptr;
}

Error error_of(std::string_view id, std::vector<std::string> args) {
    if (const Fault* fault = find_fault(id)) return {fault, std::move(args)};
    return {&kUnknownReason, {std::string(id)}};
}

}  // namespace dossier::access
