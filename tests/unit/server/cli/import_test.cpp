// What `import` does with files as people have them: the small inputs of the shared folder, each
// with what it should give, and what is told of a file before it is taken.
#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>

#include "common/catalog/customer.hpp"

#include "tests/unit/server/cli/counter.hpp"

namespace dossier::test {
namespace {

/// A small input; empty where the shared folder is not there.
std::string shared_case(std::string_view name) {
    const char* given = std::getenv("DOSSIER_SHARED");
    const auto path =
        std::filesystem::path(given != nullptr ? given : DOSSIER_SHARED) / "cases" / name;
    if (std::filesystem::exists(path)) return path.string();
    MESSAGE("skipped: no shared cases");
    return {};
}

cli::Json imported(Counter& counter, const std::string& file, std::vector<std::string> more = {}) {
    std::vector<std::string> words{"import", file, "--as", "hanm", "--json"};
    words.insert(words.end(), more.begin(), more.end());
    const auto said = counter.run(words);
    INFO(said.err);
    REQUIRE((said.code == 0 || said.code == 3));
    return said.json();
}

/// The value of one customer as the office holds it.
std::string held(Counter& counter, std::string_view name, std::string_view field) {
    auto& store = *counter.store;
    const auto found = store.find(
        catalog::kCustomer.tag, catalog::field(catalog::kCustomer, "name").tag, std::string(name));
    if (found.size() != 1) return std::to_string(found.size()) + " customers";
    return catalog::text_in(store.load(catalog::kCustomer.tag, found[0]).value(),
                            catalog::kCustomer, field);
}

/// How often a reason is among the rows.
std::size_t told(const cli::Json& document, std::string_view id) {
    std::size_t count = 0;
    for (const auto& row : document["rows"]) count += row["id"] == id ? 1U : 0U;
    return count;
}

struct Expected {
    const char* customer;
    const char* field;
    const char* value;
};

TEST_SUITE("server/cli/import") {
    TEST_CASE("numbers, dates and merged cells of a sheet are stored as it shows them") {
        const struct {
            const char* file;
            std::size_t fresh;
            std::size_t partly;
            std::vector<Expected> values;
        } cases[] = {
            {"zeros-by-format.xlsx",
             4,
             0,
             {{"呼和浩特青城仪器有限公司", "postcode", "010020"},
              {"呼和浩特青城仪器有限公司", "tax_no", "015010012345678"},
              {"呼和浩特青城仪器有限公司", "phone_main", "04715550001"},
              {"呼和浩特青城仪器有限公司", "short_name", "007"},
              {"石家庄太行仪器有限公司", "postcode", "050000"},
              {"石家庄太行仪器有限公司", "tax_no", "150100123456789"},
              {"石家庄太行仪器有限公司", "phone_main", "031155500012"},
              {"石家庄太行仪器有限公司", "short_name", "SJ-0042"},
              {"太原汾河仪器有限公司", "phone_main", "0351-5550002"},
              {"沈阳浑河仪器有限公司", "postcode", "110000"},
              {"沈阳浑河仪器有限公司", "short_name", "1.50"}}},
            {"numbers-shortened.csv", 4, 4, {{"科学甲有限公司", "tax_no", ""}}},
            {"numbers-shortened.xlsx",
             3,
             4,
             {{"科学戊有限公司", "tax_no", ""},
              {"科学戊有限公司", "short_name", ""},
              {"科学戊有限公司", "phone_main", "13900002901"},
              {"科学己有限公司", "postcode", "310000"},
              {"科学己有限公司", "phone_main", "13900002902"}}},
            {"dates-with-time.csv",
             9,
             5,
             {{"时刻丁有限公司", "founded_on", "2019-03-05"},
              {"时刻戊有限公司", "founded_on", "2019-03-05"},
              {"时刻己有限公司", "founded_on", "2019-03-05"},
              {"时刻庚有限公司", "founded_on", "2019-03-05"},
              {"时刻癸有限公司", "founded_on", "2019-03-05"},
              {"时刻辛有限公司", "founded_on", ""},
              {"时刻丑有限公司", "founded_on", ""}}},
            {"dates-with-time.xlsx",
             3,
             2,
             {{"时刻甲有限公司", "founded_on", "2019-03-05"},
              {"时刻乙有限公司", "founded_on", "2019-03-05"},
              {"时刻丙有限公司", "founded_on", ""}}},
            {"merged-province.xlsx",
             4,
             0,
             {{"合并丙有限公司", "province", "330000"},
              {"合并丁有限公司", "province", "330000"},
              {"合并戊有限公司", "province", "330000"},
              {"合并己有限公司", "province", "320000"}}},
            {"hidden-sheet-first.xlsx", 1, 0, {{"可见甲有限公司", "phone_main", "0571-55500201"}}},
            {"cover-sheet-first.xlsx", 1, 0, {{"可见甲有限公司", "phone_main", "0571-55500201"}}},
            {"title-row.xlsx", 2, 0, {{"标题甲有限公司", "street_address", "文三路1号"}}},
            {"two-row-heading.xlsx", 1, 0, {{"双层甲有限公司", "fax", "0571-55500312"}}},
            {"cp936-euro.csv", 1, 0, {{"欧元甲有限公司", "remark", "€100"}}},
            {"short-gbk.csv", 3, 0, {{"通泰", "phone_main", "0571-55502401"}}},
            {"cp1252.csv", 3, 0, {{"Müller Meßtechnik GmbH", "street_address", "Königstraße 5"}}},
            {"big5.csv", 2, 0, {{"台灣精密儀器股份有限公司", "phone_main", "+886 2 5555 0305"}}},
        };
        for (const auto& each : cases) {
            CAPTURE(each.file);
            const auto file = shared_case(each.file);
            if (file.empty()) return;
            Counter counter;
            const auto tried = imported(counter, file, {"--dry-run"});
            CHECK(counter.type("customer list --as hanm --json").json().empty());
            const auto done = imported(counter, file);
            CHECK(done["new"] == each.fresh);
            CHECK(done["partly"] == each.partly);
            CHECK(tried["rows"] == done["rows"]);
            CHECK(tried["source"] == done["source"]);
            for (const auto& [customer, field, value] : each.values) {
                CAPTURE(customer);
                CAPTURE(field);
                CHECK(held(counter, customer, field) == value);
            }
            const auto again = imported(counter, file);
            CHECK(again["new"] == 0);
            CHECK(again["changed"] == 0);
            CHECK(again["duplicate"] == each.fresh);
        }
    }

    TEST_CASE("a file's contacts are each kept once, also when it is imported twice") {
        const auto file = shared_case("two-contacts.csv");
        if (file.empty()) return;
        Counter counter;
        const auto done = imported(counter, file);
        CHECK(done["new"] == 3);
        CHECK(done["changed"] == 1);
        CHECK(told(done, "sheet.nameless_contact") == 1);
        CHECK(counter.store->count(17) == 3);
        for (const char* how : {"--dry-run", "--update"}) {
            const auto again = imported(counter, file, {how});
            CHECK(again["duplicate"] == 4);
            CHECK(counter.store->count(17) == 3);
        }
        const auto more = shared_case("contact-gets-phone.csv");
        const auto left = imported(counter, more);
        CHECK(told(left, "sheet.held_otherwise") == 1);
        const auto update = imported(counter, more, {"--update"});
        CHECK(update["changed"] == 1);
        CHECK(counter.type("customer show 多联丙 --as hanm --json").says("13900002204"));
        CHECK(imported(counter, more, {"--update"})["changed"] == 0);
    }

    TEST_CASE("what a row of a file differs in from an earlier one is named at once, dry or not") {
        Counter counter;
        const auto file = counter.write("s.csv",
                                        "客户名称,总机,资料来源,传真,联系人,手机\n"
                                        "静丢有限公司,0571-55500001,,,张一,13900005001\n"
                                        "静丢有限公司,0571-55500002,客户填表,0571-55500009,李二,"
                                        "13900005002\n");
        const auto tried = imported(counter, file, {"--dry-run"});
        const auto said = counter.run({"import", file, "--as", "hanm", "--json"});
        CHECK(said.code == 3);
        CHECK(said.json()["rows"] == tried["rows"]);
        CHECK(told(tried, "sheet.held_otherwise") == 1);
        CHECK(held(counter, "静丢有限公司", "fax") == "0571-55500009");
        const std::string reason = imported(counter, file)["rows"][1]["reason"];
        CHECK(reason.find("总机、资料来源") != std::string::npos);
    }

    TEST_CASE("contacts imported as contacts do not double") {
        Counter counter;
        counter.has_customer("上海精密仪器有限公司");
        const auto file =
            counter.write("c.csv", "客户,姓名,手机\n上海精密仪器有限公司,周一,13900002201\n");
        CHECK(imported(counter, file, {"--kind", "contact"})["new"] == 1);
        CHECK(imported(counter, file, {"--kind", "contact"})["duplicate"] == 1);
        CHECK(counter.store->count(17) == 1);
    }

    TEST_CASE("different parties of one name stay two, and what is ambiguous names the records") {
        Counter counter;
        const auto file = counter.write("p.csv",
                                        "客户名称,客户类别,身份证件号,统一社会信用代码\n"
                                        "张伟,个人,11010519491231002X,\n"
                                        "张伟,个人,110105194912310046,\n"
                                        "明润有限公司,企业,,91330106MA2000031M\n"
                                        "明润有限公司,企业,,91330106MA2000023T\n");
        CHECK(imported(counter, file)["new"] == 4);
        counter.posts_drafts();
        const auto more = counter.write("q.csv", "客户名称,街道门牌\n明润有限公司,文三路1号\n");
        const auto said = imported(counter, more, {"--update"});
        CHECK(said["refused"] == 1);
        CHECK(told(said, "sheet.several_matches") == 1);
        const std::string reason = said["rows"][0]["reason"];
        CHECK(reason.find("KH-") != reason.rfind("KH-"));
        CHECK(held(counter, "明润有限公司", "street_address") == "2 customers");
    }

    TEST_CASE("the reading of a file is told with its runner-up and samples, everywhere") {
        Counter counter;
        const auto file = counter.write("g.csv", "Company,Phone\n\xCD\xA8\xCC\xA9,0571-55502401\n");
        const auto said =
            counter.run({"import", file, "--dry-run", "--as", "hanm", "--report", "r.csv"});
        CHECK(said.complains("GB18030: 通泰; next likely UTF-8"));
        std::ifstream report(counter.store.folder() / "r.csv");
        const std::string text{std::istreambuf_iterator<char>(report), {}};
        CHECK(text.find("GB18030: 通泰") != std::string::npos);
        const auto document =
            counter.run({"import", file, "--dry-run", "--as", "hanm", "--json"}).json();
        CHECK(document["source"]["encoding"] == "GB18030");
        CHECK(document["source"]["samples"][0] == "通泰");
        CHECK(document["source"]["next"]["encoding"] == "UTF-8");
        CHECK(document["notes"][0]["id"] == "import.read_as_guess");
    }

    TEST_CASE("two plausible readings are refused with the choice, and read when one is named") {
        Counter counter;
        const auto file = counter.write("k.csv", "Company\n\xB0\xA1\xB0\xA2\n");
        const auto said = counter.run({"import", file, "--as", "hanm"});
        CHECK(said.complains("tabular.unsure_encoding"));
        CHECK(said.complains("--encoding"));
        CHECK(said.complains("gb18030"));
        CHECK(counter.type("customer list --as hanm --json").json().empty());
        CHECK(counter.run({"import", file, "--encoding", "gbk", "--as", "hanm"}).code == 0);
        CHECK(held(counter, "啊阿", "name") == "啊阿");
        CHECK(counter.run({"import", file, "--encoding", "klingon", "--as", "hanm"})
                  .complains("tabular.unknown_encoding"));
        CHECK(counter.run({"import", file, "--header-row", "x", "--as", "hanm"})
                  .complains("sheet.header_row"));
    }
}

}  // namespace
}  // namespace dossier::test
