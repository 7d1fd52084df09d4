// Any bytes as a workbook, and as one part of an honest one: rows come as wide as the header and in
// UTF-8, or the table ends in words. The first byte chooses which part the input is.
#include <array>
#include <string>

#include <zlib.h>

#include "common/base/check.hpp"
#include "common/base/text.hpp"
#include "common/tabular/table.hpp"

#include "tests/fuzz/memory_file.hpp"

using namespace dossier;

namespace {

struct Part {
    std::string_view name;
    std::string_view honest;
};
constexpr std::array kParts{
    Part{
        "xl/worksheets/sheet1.xml",
        R"(<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="str"><v>B</v></c></row>)"
        R"(<row r="2"><c r="A2" s="1"><v>45000.5</v></c><c r="B2" t="s"><v>1</v></c></row></sheetData></worksheet>)"},
    Part{"xl/sharedStrings.xml", "<sst><si><t>A</t></si><si><r><t>二</t></r></si></sst>"},
    Part{"xl/styles.xml",
         R"(<styleSheet><numFmts><numFmt numFmtId="165" formatCode="yyyy-mm-dd"/></numFmts>)"
         R"(<cellXfs><xf numFmtId="0"/><xf numFmtId="165"/></cellXfs></styleSheet>)"},
    Part{
        "xl/workbook.xml",
        R"(<workbook xmlns:r="r"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>)"},
    Part{
        "xl/_rels/workbook.xml.rels",
        R"(<Relationships><Relationship Id="rId1" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>)"}};

/// A zip file whose entries are stored as they are.
class Zip {
  public:
    void add(std::string_view name, ByteView content) {
        const auto at = static_cast<std::uint32_t>(file_.size());
        const Bytes about = facts(name, content);
        append_le(file_, std::uint32_t{0x04034b50});
        append(file_, about);
        append(file_, bytes_of(name));
        append(file_, content);
        append_le(list_, std::uint32_t{0x02014b50});
        append_le(list_, std::uint16_t{20});
        append(list_, about);
        append(list_, Bytes(10));  // no comment, first disk, plain attributes
        append_le(list_, at);
        append(list_, bytes_of(name));
        ++entries_;
    }
    Bytes finish() {
        const auto at = static_cast<std::uint32_t>(file_.size());
        append(file_, list_);
        append_le(file_, std::uint32_t{0x06054b50});
        append(file_, Bytes(4));
        append_le(file_, entries_);
        append_le(file_, entries_);
        append_le(file_, static_cast<std::uint32_t>(list_.size()));
        append_le(file_, at);
        append(file_, Bytes(2));
        return std::move(file_);
    }

  private:
    static Bytes facts(std::string_view name, ByteView content) {
        Bytes about;
        append_le(about, std::uint16_t{20});
        append(about, Bytes(8));  // plain, stored, no time
        const auto size = static_cast<std::uint32_t>(content.size());
        append_le(about, static_cast<std::uint32_t>(crc32(0, content.data(), size)));
        append_le(about, size);
        append_le(about, size);
        append_le(about, static_cast<std::uint16_t>(name.size()));
        append_le(about, std::uint16_t{0});
        return about;
    }

    Bytes file_;
    Bytes list_;
    std::uint16_t entries_ = 0;
};

Bytes workbook_with(std::size_t chosen, ByteView bytes) {
    Zip zip;
    for (std::size_t at = 0; at < kParts.size(); ++at)
        zip.add(kParts[at].name, at == chosen ? bytes : bytes_of(kParts[at].honest));
    return zip.finish();
}

void read(ByteView bytes) {
    const test::MemoryFile file(bytes);
    tabular::ReadOptions options;
    options.limits.rows = 200;
    options.limits.columns = 50;
    options.limits.entry_bytes = options.limits.sheet_bytes = 1U << 20U;
    auto source = tabular::open_table(file.path(), options);
    if (!source) return;
    const std::size_t width = (*source)->header().size();
    std::size_t number = 0;
    std::size_t rows = 0;
    while (auto row = (*source)->next()) {
        DOSSIER_CHECK(++rows <= 2 * options.limits.rows);
        if (!*row) continue;
        DOSSIER_CHECK((*row)->number > number);
        number = (*row)->number;
        DOSSIER_CHECK((*row)->cells.size() == width);
        for (const std::string& cell : (*row)->cells) DOSSIER_CHECK(is_utf8(cell));
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::size_t chosen = data[0] % (kParts.size() + 1);
    const ByteView bytes = ByteView{data, size}.subspan(1);
    read(chosen == kParts.size() ? Bytes(bytes.begin(), bytes.end())
                                 : workbook_with(chosen, bytes));
    return 0;
}
