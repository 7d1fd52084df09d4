// Text as other programs write it.
#pragma once

#include <string>
#include <string_view>

#include <doctest/doctest.h>
#include <iconv.h>

namespace dossier::tabular {

/// `text` in another encoding of iconv.
inline std::string encoded(std::string_view text, const char* encoding) {
    const iconv_t handle = iconv_open(encoding, "UTF-8");
    std::string from(text);
    std::string out(text.size() * 4, '\0');
    char* in = from.data();
    char* to = out.data();
    std::size_t in_left = from.size();
    std::size_t to_left = out.size();
    REQUIRE(iconv(handle, &in, &in_left, &to, &to_left) == 0);
    iconv_close(handle);
    out.resize(out.size() - to_left);
    return out;
}

}  // namespace dossier::tabular
