// A folder of files for one test, gone with it.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "common/tabular/table.hpp"

namespace dossier::tabular {

class Scratch {
  public:
    Scratch() {
        std::string pattern = (std::filesystem::temp_directory_path() / "tabular.XXXXXX").string();
        REQUIRE(::mkdtemp(pattern.data()) != nullptr);
        folder_ = pattern;
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    ~Scratch() { std::filesystem::remove_all(folder_); }

    [[nodiscard]] std::filesystem::path path(std::string_view name) const { return folder_ / name; }
    /// Writes a file and returns its path.
    [[nodiscard]] std::filesystem::path file(std::string_view name, std::string_view bytes) const {
        std::ofstream(path(name), std::ios::binary) << bytes;
        return path(name);
    }
    [[nodiscard]] std::string content(std::string_view name) const {
        std::ifstream in(path(name), std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    [[nodiscard]] std::size_t files() const {
        return static_cast<std::size_t>(
            std::distance(std::filesystem::directory_iterator(folder_), {}));
    }

  private:
    std::filesystem::path folder_;
};

/// Opens and reads a file that must open.
inline Table table_of(const std::filesystem::path& path, const ReadOptions& options = {}) {
    auto source = open_table(path, options);
    if (!source) FAIL(describe(source.error(), Lang::En));
    return read_all(**source);
}

inline std::vector<std::vector<std::string>> cells_of(const Table& table) {
    std::vector<std::vector<std::string>> cells;
    for (const Row& row : table.rows) cells.push_back(row.cells);
    return cells;
}

}  // namespace dossier::tabular
