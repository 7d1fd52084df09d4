// How fast tables come in and go out: 100,000 customers of 13 columns as CSV and as XLSX.
#include <chrono>
#include <filesystem>
#include <iomanip>
#include <ostream>
#include <string>
#include <vector>

#include "common/base/check.hpp"
#include "common/tabular/table.hpp"
#include "common/tabular/writer.hpp"

#include "tests/bench/benches.hpp"

namespace dossier::bench {
namespace {

using tabular::Column;

constexpr std::size_t kTableRows = 100'000;

double seconds_since(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// Columns of a customer list as an office keeps it; two of them numbers.
std::vector<Column> columns() {
    std::vector<Column> all;
    for (const char* title : {"客户编号", "客户名称", "统一社会信用代码", "省份", "城市",
                              "详细地址", "联系人", "手机", "邮箱", "行业", "建档日期", "备注"}) {
        all.push_back({title});
    }
    all.push_back({"信用额度", dossier::tabular::CellType::Number});
    return all;
}

std::vector<std::string> customer(std::size_t number) {
    const std::string id = std::to_string(1'000'000 + number * 7919 % 9'000'000);
    return {"KH" + id,
            "杭州明润第" + id + "机械有限公司",
            "91330100MA" + id + "X",
            "浙江省",
            "杭州市",
            "西湖区文三路" + std::to_string(number % 999) + "号",
            "单晓燕",
            "138" + id + "0",
            "contact" + id + "@example.com",
            "通用设备制造业",
            "2024-03-05",
            number % 10 == 0 ? "老客户，\"先款后货\"" : "",
            std::to_string(number % 5000) + ".50"};
}

void run(std::ostream& out, const std::filesystem::path& path) {
    auto start = std::chrono::steady_clock::now();
    auto writer = dossier::tabular::create_table(path, columns());
    DOSSIER_CHECK(writer.has_value());
    for (std::size_t i = 0; i < kTableRows; ++i)
        DOSSIER_CHECK((*writer)->row(customer(i)).has_value());
    DOSSIER_CHECK((*writer)->finish().has_value());
    const double write_seconds = seconds_since(start);

    start = std::chrono::steady_clock::now();
    auto source = dossier::tabular::open_table(path);
    DOSSIER_CHECK(source.has_value());
    std::size_t rows = 0;
    while (const auto row = (*source)->next()) rows += row->has_value() ? 1U : 0U;
    DOSSIER_CHECK(rows == kTableRows);
    const double read_seconds = seconds_since(start);

    out << std::left << std::setw(28) << "tabular " + path.extension().string() + " 100,000 x 13"
        << std::right << std::fixed << std::setprecision(2) << " write " << write_seconds
        << " s, read " << read_seconds << " s, "
        << static_cast<double>(std::filesystem::file_size(path)) / 1e6 << " MB\n";
    std::filesystem::remove(path);
}

}  // namespace

void run_tabular_bench(std::ostream& out) {
    const auto folder = std::filesystem::temp_directory_path();
    for (const char* name : {"tabular_bench.csv", "tabular_bench.xlsx"}) run(out, folder / name);
}

}  // namespace dossier::bench
