#include "common/http/head.hpp"

#include <array>
#include <utility>

namespace dossier::http {

std::optional<Method> method_from(std::string_view name) {
    constexpr std::array<std::pair<std::string_view, Method>, 5> kMethods{
        {{"GET", Method::Get},
         {"HEAD", Method::Head},
         {"POST", Method::Post},
         {"PUT", Method::Put},
         {"DELETE", Method::Delete}}};
    for (const auto& [known, method] : kMethods) {
        if (known == name) return method;
    }
    return std::nullopt;
}

bool is_safe(Method method) {
    return method == Method::Get || method == Method::Head;
}

}  // namespace dossier::http
