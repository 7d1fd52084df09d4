#include "tests/integration/former/golden.hpp"

#include <algorithm>
#include <fstream>

#include <stdlib.h>

#include "common/base/check.hpp"

#include "protocol/compress.hpp"

namespace dossier::test {
namespace fs = std::filesystem;

Bytes golden_content() {
    Bytes bytes;
    append(bytes, bytes_of("%PDF-1.4\n"));
    for (std::uint32_t at = 0; at < 5000; ++at) append_le(bytes, at % 97 * 2654435761U);
    return bytes;
}

Scratch::Scratch() {
    std::string name = (fs::temp_directory_path() / "dossier-XXXXXX").string();
    DOSSIER_CHECK(::mkdtemp(name.data()) != nullptr);
    path_ = name;
}

Scratch::~Scratch() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

Bytes file_bytes(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

namespace {

void write(const fs::path& path, ByteView bytes) {
    std::ofstream file(path, std::ios::binary);
    file << text_of(bytes);
    DOSSIER_CHECK(file.good());
}

}  // namespace

fs::path Scratch::copy_of(const fs::path& golden) const {
    const auto plain =
        protocol::Decompressor().decompress(file_bytes(golden), std::size_t{64} << 20U);
    DOSSIER_CHECK(plain.has_value());
    const fs::path to = path_ / golden.stem();
    write(to, *plain);
    return to;
}

std::vector<fs::path> golden_of(std::string_view side) {
    std::vector<fs::path> found;
    const std::string end = "-" + std::string(side) + ".db.zst";
    for (const auto& entry : fs::directory_iterator(DOSSIER_GOLDEN)) {
        if (entry.path().filename().string().ends_with(end)) found.push_back(entry.path());
    }
    std::sort(found.begin(), found.end());
    return found;
}

void write_golden(std::string_view pair, std::string_view side, const fs::path& database) {
    const fs::path golden = fs::path(DOSSIER_GOLDEN) /
                            ("pair-" + std::string(pair) + "-" + std::string(side) + ".db.zst");
    write(golden, protocol::Compressor().compress(19, file_bytes(database)));
}

std::vector<std::string> shape_of(sqlite::Connection& db) {
    std::vector<std::string> shape;
    auto columns = db.prepared(
        "SELECT t.name || '.' || c.name || ' ' || c.type || ' ' || c.\"notnull\" || ' ' || c.pk "
        "FROM sqlite_schema t, pragma_table_info(t.name) c WHERE t.type='table'");
    while (columns.step()) shape.emplace_back(columns.text(0));
    auto indexes =
        db.prepared("SELECT tbl_name || ' by ' || name FROM sqlite_schema WHERE type='index'");
    while (indexes.step()) shape.emplace_back(indexes.text(0));
    std::sort(shape.begin(), shape.end());
    return shape;
}

}  // namespace dossier::test
