// Any text as the name of a record and as what a person types: folding is stable, and who types the
// whole of a name finds it.
#include <string>

#include "common/base/bytes.hpp"
#include "common/base/check.hpp"
#include "common/pinyin/fold.hpp"
#include "common/pinyin/search_key.hpp"

#include "tests/unit/common/pinyin/index.hpp"

using namespace dossier;

namespace {

std::string in_utf8(const std::u32string& text) {
    std::string out;
    for (const char32_t c : text) pinyin::append_utf8(out, c);
    return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = text_of({data, size});
    const auto folded = pinyin::folded(text);
    DOSSIER_CHECK(pinyin::folded(in_utf8(folded)) == folded);
    pinyin::Index index;
    index.add(1, {{pinyin::As::Name, text}});
    for (const auto where : {pinyin::Where::Name, pinyin::Where::Anywhere}) {
        if (!pinyin::wanted(text, where).is_nothing())
            DOSSIER_CHECK(!index.find(text, where).empty());
    }
    return 0;
}
