// Any bytes as the name of an attachment, a zero, and its content: the name that is kept is safe
// and kept as it is ever after; a document is looked into in bounded steps.
#include <algorithm>
#include <string>

#include "common/base/check.hpp"
#include "common/base/text.hpp"
#include "common/content/media.hpp"
#include "common/content/package.hpp"

using namespace dossier;

namespace {

void check_name(std::string_view given) {
    const std::string kept = content::kept_name(given);
    DOSSIER_CHECK(!kept.empty() && is_utf8(kept));
    DOSSIER_CHECK(kept.find_first_of("/\\:*?\"<>|") == std::string::npos);
    DOSSIER_CHECK(kept.front() != '.' && character_count(kept) <= 200);
    DOSSIER_CHECK(std::none_of(kept.begin(), kept.end(), [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
    }));
    DOSSIER_CHECK(content::kept_name(kept) == kept);
}

void look_into(std::string_view type, ByteView content) {
    std::size_t reads = 0;
    const bool holds = content::holds_parts_of(type, content.size(), [&](std::uint64_t place) {
        DOSSIER_CHECK(++reads < 1'000'000);
        const auto rest = content.subspan(std::min<std::size_t>(place, content.size()));
        return Bytes(rest.begin(), rest.end());
    });
    if (holds) DOSSIER_CHECK(content::is_package(type));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView bytes{data, size};
    const auto zero =
        static_cast<std::size_t>(std::find(bytes.begin(), bytes.end(), 0) - bytes.begin());
    const auto name = text_of(bytes.first(zero));
    const ByteView content = bytes.subspan(std::min(zero + 1, size));
    check_name(name);
    const auto type = content::media_type_of(name, content);
    if (!type) return 0;
    DOSSIER_CHECK(content::may_be(*type, content));
    look_into(*type, content);
    return 0;
}
