// Documents inside zip files: the name, the first bytes and the parts must agree.
#include "common/content/package.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "common/base/text.hpp"

using namespace dossier;
using namespace dossier::content;

namespace {

constexpr auto kWord = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
constexpr auto kSheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

void add(Bytes& to, std::uint64_t number, int size) {
    for (int at = 0; at < size; ++at)
        to.push_back(at < 8 ? static_cast<std::uint8_t>(number >> (8 * at)) : std::uint8_t{0});
}

/// A zip file of empty stored entries with these names.
Bytes zip(const std::vector<std::string>& names) {
    Bytes file;
    Bytes directory;
    for (const auto& name : names) {
        const auto place = file.size();
        add(file, 0x04034b50, 4);
        add(file, 20, 2);
        add(file, 0, 20);
        add(file, name.size(), 2);
        add(file, 0, 2);
        append(file, bytes_of(name));
        add(directory, 0x02014b50, 4);
        add(directory, 20, 2);
        add(directory, 20, 2);
        add(directory, 0, 20);
        add(directory, name.size(), 2);
        add(directory, 0, 12);
        add(directory, place, 4);
        append(directory, bytes_of(name));
    }
    const auto place = file.size();
    append(file, directory);
    add(file, 0x06054b50, 4);
    add(file, 0, 4);
    add(file, names.size(), 2);
    add(file, names.size(), 2);
    add(file, directory.size(), 4);
    add(file, place, 4);
    add(file, 0, 2);
    return file;
}

bool is(std::string_view type, const Bytes& file, std::size_t piece = 7) {
    return holds_parts_of(type, file.size(), [&](std::uint64_t place) {
        const auto rest = ByteView(file).subspan(place);
        const auto part = rest.first(std::min(piece, rest.size()));
        return Bytes(part.begin(), part.end());
    });
}

}  // namespace

TEST_SUITE("common/content/package") {
    TEST_CASE("a document in a zip file is known by its parts, wherever they stand") {
        const auto word = zip({"_rels/.rels", "word/document2.xml", "[Content_Types].xml"});
        CHECK(is(kWord, word));
        CHECK(is(kWord, word, 100'000));
        CHECK_FALSE(is(kSheet, word));
        CHECK(is(kSheet, zip({"[Content_Types].xml", "xl/workbook.xml"})));
        CHECK(is("application/ofd", zip({"OFD.xml", "Doc_0/Document.xml"})));
        CHECK(is("application/wps-office.wps", word));
        CHECK_FALSE(is("application/wps-office.et", word));
        CHECK(is("application/zip", zip({"合同/1.pdf"})));
        CHECK_FALSE(is("application/zip", zip({})));
        CHECK_FALSE(is("application/zip", Bytes{'P', 'K', 3, 4}));
    }

    TEST_CASE("any other zip file is not, nor what only begins like one") {
        CHECK_FALSE(is(kWord, zip({"program.exe"})));
        CHECK_FALSE(is(kWord, zip({"word/document.xml"})));
        CHECK_FALSE(is(kWord, zip({"content_types.xml", "word/document.xml"})));
        CHECK_FALSE(is("application/ofd", zip({"x/OFD.xml"})));
        CHECK_FALSE(is("application/pdf", zip({"[Content_Types].xml", "word/document.xml"})));
        CHECK_FALSE(is(kWord, Bytes{'P', 'K', 3, 4}));
        CHECK_FALSE(is(kWord, {}));
        const auto cut = zip({"[Content_Types].xml", "word/document.xml"});
        constexpr std::ptrdiff_t kEndRecord = 22;  // without it there is no directory
        for (auto end = cut.begin(); cut.end() - end >= kEndRecord; ++end)
            CHECK_FALSE(is(kWord, Bytes(cut.begin(), end)));
    }

    TEST_CASE("a directory that lies is refused without reading beyond the file") {
        const auto sound = zip({"[Content_Types].xml", "word/document.xml"});
        for (std::size_t at = 0; at < sound.size(); ++at) {
            auto damaged = sound;
            damaged[at] = 0xFF;
            is(kWord, damaged);  // either answer, and no fault
        }
        CHECK_FALSE(is(kWord, zip(std::vector<std::string>(10'001, "[Content_Types].xml"))));
    }
}
