#include "common/cli/table.hpp"

#include <sstream>

#include <doctest/doctest.h>

namespace dossier::cli {
namespace {

TEST_SUITE("common/cli/table") {
    TEST_CASE("columns are aligned by display width and lines end without spaces") {
        action::Table table{{"编号", "Name", "State"}};
        table.row({"1", "上海精密仪器", "ok"});
        table.row({"20", "Acme", ""});
        std::ostringstream out;
        print_table(out, table);
        CHECK(out.str() ==
              "编号  Name          State\n"
              "1     上海精密仪器  ok\n"
              "20    Acme\n");
    }

    TEST_CASE("labels of pairs are padded to one width") {
        std::ostringstream out;
        print_pairs(out, {{"名称", "Acme"}, {"负责业务员", "李\n建国"}});
        CHECK(out.str() == "名称        Acme\n负责业务员  李 建国\n");
    }
}

}  // namespace
}  // namespace dossier::cli
