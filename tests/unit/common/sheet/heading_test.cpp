// Headings as people write them.
#include "common/sheet/heading.hpp"

#include <doctest/doctest.h>

#include "common/catalog/customer.hpp"
#include "common/sheet/mapping.hpp"

using namespace dossier;
using namespace dossier::sheet;
using catalog::kCustomer;

TEST_SUITE("common/sheet/heading") {
    TEST_CASE("stars, hints, spaces of every sort and traditional characters name the same field") {
        for (const char* heading :
             {"客户名称", "*客户名称", "客户名称*", "★客户名称：", "客户名称（必填）",
              "客户名称(必填)*", "客户名称 （ 必填 ）", "客户名称【必填项】",
              "\u00A0客户名称\u3000", "客 户 名 称", "客户\u200B名称", "\uFEFF客户名称", "客戶名稱",
              "客戶名稱（必填）", "Customer Name", "CUSTOMER NAME *", "客户名称 (Required)"}) {
            CAPTURE(heading);
            const auto* of = field_headed(kCustomer, heading);
            REQUIRE(of != nullptr);
            CHECK(of->name == "name");
        }
    }
    TEST_CASE("brackets that say what a column holds are no decoration") {
        CHECK(plain_heading("注册资本（万元）") == "注册资本（万元）");
        CHECK(field_headed(kCustomer, "注册资本（万元）") == nullptr);
        CHECK(field_headed(kCustomer, "（必填）") == nullptr);
        CHECK(field_headed(kCustomer, "") == nullptr);
        CHECK(field_headed(kCustomer, "***") == nullptr);
    }
    TEST_CASE("a heading that comes twice keeps its column and is told") {
        const auto mapping =
            map_columns(kCustomer, {"客户名称", "传真", "传真*", "", "电话", "联系电话"}, {});
        REQUIRE(mapping.has_value());
        CHECK(mapping->repeated == std::vector<std::string>{"传真*"});
        CHECK(mapping->columns.size() == 5);
        CHECK(mapping->ignored == std::vector<std::string>{"#4"});
        CHECK(mapping->columns[4].kind->name == "contact");
    }
    TEST_CASE("rows of totals are told from names") {
        CHECK(is_total("合计"));
        CHECK(is_total(" 总 计："));
        CHECK(is_total("Total"));
        CHECK_FALSE(is_total("合计科技有限公司"));
        for (const char* cell :
             {"合计：2家", "合计2家", "总计（共 2 家）", "本页小计", "制表人：张三", "审核: 李四",
              "以下空白", "（以下空白）", "———以下空白———"}) {
            CAPTURE(cell);
            CHECK(is_total(cell));
        }
        for (const char* cell : {"制表科技有限公司", "共计网络：杭州", "负责人", "2家"})
            CHECK_FALSE(is_total(cell));
        CHECK(is_count("共 2 家"));
        CHECK_FALSE(is_count("3M中国有限公司"));
    }
}
