// Any bytes as a table in any encoding: rows come as wide as the headings and in UTF-8, a cell that
// cannot be read is empty and named, and a guess that is not sure is refused. The first byte
// chooses the encoding and where headings are looked for.
#include <array>
#include <string>

#include "common/base/check.hpp"
#include "common/base/text.hpp"
#include "common/tabular/faults.hpp"
#include "common/tabular/table.hpp"

#include "tests/fuzz/memory_file.hpp"

using namespace dossier;

namespace {

constexpr std::array kEncodings{
    tabular::Encoding::Utf8,     tabular::Encoding::Utf8Bom, tabular::Encoding::Utf16Le,
    tabular::Encoding::Utf16Be,  tabular::Encoding::Gb18030, tabular::Encoding::Big5,
    tabular::Encoding::ShiftJis, tabular::Encoding::EucKr,   tabular::Encoding::Cp1252};

tabular::ReadOptions options_of(std::uint8_t choice) {
    tabular::ReadOptions options;
    options.limits.rows = 200;
    options.limits.columns = 50;
    options.limits.cell_bytes = 1000;
    const std::size_t encoding = choice % 16;
    if (encoding < kEncodings.size()) options.encoding = kEncodings[encoding];
    if (choice >= 64 && choice < 128) options.header_row = choice % 5;
    if (choice >= 128) {
        options.known = [](const std::vector<std::string>& cells) {
            std::size_t known = 0;
            for (const auto& cell : cells) known += cell == "客户名称" || cell == "Phone" ? 1U : 0U;
            return known;
        };
    }
    return options;
}

void check(const tabular::Row& row, std::size_t width) {
    DOSSIER_CHECK(row.cells.size() == width);
    for (const std::string& cell : row.cells) {
        DOSSIER_CHECK(is_utf8(cell));
        DOSSIER_CHECK(cell.find(tabular::kBadByte) == std::string::npos);
    }
    for (const auto& bad : row.bad)
        DOSSIER_CHECK(bad.column >= width || row.cells[bad.column].empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const test::MemoryFile file(ByteView{data, size}.subspan(1));
    auto source = tabular::open_table(file.path(), options_of(data[0]));
    if (!source) return 0;
    DOSSIER_CHECK((*source)->info().guess.sure);
    const std::size_t width = (*source)->header().size();
    DOSSIER_CHECK(width > 0);
    std::size_t number = (*source)->info().header_row;
    while (auto row = (*source)->next()) {
        if (!*row) continue;
        DOSSIER_CHECK((*row)->number > number);
        number = (*row)->number;
        check(**row, width);
    }
    return 0;
}
