// The head of a request as it was written: what is judged before anything of it is believed.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/http/headers.hpp"

namespace dossier::http {

enum class Method : unsigned char { Get, Head, Post, Put, Delete };

struct Head {
    std::string method;
    std::string target;
    int minor = 1;  ///< of HTTP/1.minor
    std::vector<Header> headers;
};

/// Errors: nullopt for another method than those served. Names are case-sensitive.
std::optional<Method> method_from(std::string_view name);
/// Asks for nothing but to be shown something; whatever else changes something.
bool is_safe(Method method);

}  // namespace dossier::http
