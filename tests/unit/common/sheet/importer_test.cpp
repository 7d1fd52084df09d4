// Rows into records: every name and phone of a file is stored or named, twice is once, and what is
// ambiguous is written nowhere.
#include "common/sheet/importer.hpp"

#include <algorithm>
#include <fstream>
#include <map>

#include <doctest/doctest.h>
#include <stdlib.h>

#include "common/catalog/canonical.hpp"
#include "common/catalog/contact.hpp"
#include "common/catalog/customer.hpp"
#include "common/merge/faults.hpp"
#include "common/rules/party.hpp"
#include "common/sheet/faults.hpp"
#include "common/sheet/open.hpp"

using namespace dossier;
using namespace dossier::sheet;
using catalog::kContact;
using catalog::kCustomer;

namespace {

constexpr Instant kNow{1'772'416'800'000};

/// An office that takes everything.
class Book final : public Host {
  public:
    std::map<std::uint16_t, std::map<RecordId, FieldValues>> records;
    std::optional<RecordId> resolve(const catalog::Field& of, std::string_view text) override {
        const auto* kind = catalog::find_kind(of.target);
        for (const auto& [id, values] : records[kind->tag]) {
            if (text_in(values, catalog::find_field(*kind, "name")->tag) == text) return id;
        }
        return std::nullopt;
    }
    std::vector<RecordId> candidates(const catalog::Kind& kind, const FieldValues&) override {
        std::vector<RecordId> all;
        for (const auto& [id, values] : records[kind.tag]) all.push_back(id);
        return all;
    }
    std::vector<RecordId> children(const catalog::Kind& kind, const RecordId& parent) override {
        std::vector<RecordId> all;
        const auto tag = catalog::find_field(kind, kind.parent)->tag;
        for (const auto& [id, values] : records[kind.tag]) {
            if (record_in(values, tag) == parent) all.push_back(id);
        }
        return all;
    }
    FieldValues load(const catalog::Kind& kind, const RecordId& id) override {
        return records[kind.tag][id];
    }
    std::string_view offices = {};  ///< a field it takes from nobody
    Status may_say(const merge::Op&, const catalog::Field& of) override {
        return of.name == offices ? Status(fail(merge::kServerOnly, std::string(of.label.zh)))
                                  : Status{};
    }
    Status submit(merge::Changeset changeset) override {
        for (const auto& op : changeset.ops) {
            auto& values = records[op.record_kind][op.record];
            for (const auto& [tag, value] : op.fields) {
                assign(values, tag, value);
                if (is_empty(value))
                    std::erase_if(values, [&](const auto& each) { return each.tag == tag; });
            }
        }
        return {};
    }
};

struct Done {
    Counts counts;
    std::vector<RowReport> told;
    [[nodiscard]] std::size_t times(const Fault& fault) const {
        return static_cast<std::size_t>(std::ranges::count_if(
            told, [&](const RowReport& row) { return row.error && row.error->is(fault); }));
    }
    /// Everything a report would say.
    [[nodiscard]] std::string words() const {
        std::string all;
        for (const auto& row : told) all += row.error ? describe(*row.error, Lang::Zh) + "\n" : "";
        return all;
    }
};

Done run(Book& book,
         std::string_view text,
         Options options = {},
         const catalog::Kind& kind = kCustomer) {
    std::string name = (std::filesystem::temp_directory_path() / "dossier-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    const std::filesystem::path folder(name);
    std::ofstream(folder / "x.csv", std::ios::binary) << "\xEF\xBB\xBF" << text;
    auto opened = open_sheet(folder / "x.csv", kind, {}, {});
    if (!opened) FAIL(describe(opened.error(), Lang::En));
    static SetClock clock{kNow};
    static crypto::SeededRandom random(1);
    static crypto::Ids ids{clock, random};
    Done done;
    Book session;  // what one import made, the next one finds
    session.records = book.records;
    session.offices = book.offices;
    done.counts = run_import(*opened->source, opened->mapping, options, session, ids, kNow,
                             [&](const RowReport& row) { done.told.push_back(row); });
    book.records = std::move(session.records);
    std::filesystem::remove_all(folder);
    return done;
}

/// "name: phones" of each contact, sorted.
std::vector<std::string> contacts(Book& book) {
    std::vector<std::string> all;
    for (const auto& [id, values] : book.records[kContact.tag]) {
        std::string line = text_in(values, catalog::field(kContact, "name").tag) + ":";
        for (const auto& number : rules::phone_numbers_of(values)) line += " " + number;
        all.push_back(line);
    }
    std::sort(all.begin(), all.end());
    return all;
}
std::string only_value(Book& book, std::string_view name) {
    REQUIRE(book.records[kCustomer.tag].size() == 1);
    return text_in(book.records[kCustomer.tag].begin()->second,
                   catalog::find_field(kCustomer, name)->tag);
}

constexpr std::string_view kTwoContacts =
    "客户名称,总机,联系人,手机\n"
    "多联甲有限公司,0571-55502201,周一,13900002201\n"
    "多联甲有限公司,0571-55502201,周二,13900002202\n"
    "多联乙有限公司,0571-55502202,,13900002203\n"
    "多联丙有限公司,0571-55502203,吴三,\n";

}  // namespace

TEST_SUITE("common/sheet/importer") {
    TEST_CASE("a cell the door takes from nobody is left out and named, its row is taken") {
        Book book;
        book.offices = "grade";
        const auto fresh = run(book, "客户名称,客户等级,传真\n甲乙有限公司,A,0571-88990012\n");
        CHECK(fresh.counts.fresh == 1);
        CHECK(fresh.counts.partly == 1);
        CHECK(fresh.times(merge::kServerOnly) == 1);
        CHECK(fresh.told.front().field == "客户等级");
        CHECK(only_value(book, "grade").empty());
        CHECK(only_value(book, "fax") == "0571-88990012");
        const auto again =
            run(book, "客户名称,客户等级,传真\n甲乙有限公司,B,0571-88990013\n", {.update = true});
        CHECK(again.counts.changed == 1);
        CHECK(again.times(merge::kServerOnly) == 1);
        CHECK(only_value(book, "grade").empty());
        CHECK(only_value(book, "fax") == "0571-88990013");
        const auto only = run(book, "客户名称,客户等级\n甲乙有限公司,B\n");
        CHECK(only.counts.duplicate == 1);
        CHECK(only.times(merge::kServerOnly) == 1);
        CHECK(only.times(kHeld) == 1);
    }
    TEST_CASE("every contact of a customer is kept, and a phone without a name is named") {
        Book book;
        const auto done = run(book, kTwoContacts);
        CHECK(done.counts.fresh == 3);
        CHECK(done.counts.changed == 1);
        CHECK(contacts(book) ==
              std::vector<std::string>{"吴三:", "周一: 13900002201", "周二: 13900002202"});
        CHECK(done.times(kNamelessContact) == 1);
        CHECK(done.words().find("13900002203") != std::string::npos);
        CHECK(done.counts.partly == 1);
    }
    TEST_CASE(
        "an import repeated changes nothing, with and without update, and gives its reasons") {
        Book book;
        run(book, kTwoContacts);
        const auto before = book.records;
        for (const bool update : {false, true}) {
            const auto again = run(book, kTwoContacts, {.update = update});
            CHECK(book.records == before);
            CHECK(again.counts.fresh == 0);
            CHECK(again.counts.changed == 0);
            CHECK(again.counts.duplicate == 4);
            CHECK(again.times(kHeld) == 4);
        }
    }
    TEST_CASE("a contact gains a phone with update; without it the phone is named") {
        Book book;
        run(book, kTwoContacts);
        constexpr std::string_view kMore =
            "客户名称,总机,联系人,手机\n"
            "多联丙有限公司,0571-55502203,吴三,13900002204\n"
            "多联甲有限公司,0571-55502201,周三,13900002206\n";
        const auto before = book.records;
        const auto left = run(book, kMore);
        CHECK(book.records == before);
        CHECK(left.times(kHeldOtherwise) == 1);
        CHECK(left.times(kContactLeft) == 1);
        CHECK(left.words().find("周三 手机 13900002206") != std::string::npos);
        const auto done = run(book, kMore, {.update = true});
        CHECK(done.counts.changed == 2);
        CHECK(contacts(book) == std::vector<std::string>{"吴三: 13900002204", "周一: 13900002201",
                                                         "周三: 13900002206", "周二: 13900002202"});
        run(book, "客户名称,联系人,手机\n多联丙有限公司,吴三,+86 139 0000 2204\n",
            {.update = true});
        CHECK(contacts(book).front() == "吴三: 13900002204");
    }
    TEST_CASE("contacts imported as such do not double either, nor does any other kind") {
        Book book;
        run(book, "客户名称\n多联甲有限公司\n");
        constexpr std::string_view kContacts =
            "客户,姓名,手机\n多联甲有限公司,周一,13900002201\n多联甲有限公司,周二,13900002202\n"
            "多联甲有限公司,周一,13900002201\n";
        const auto first = run(book, kContacts, {}, kContact);
        CHECK(first.counts.fresh == 2);
        CHECK(first.counts.duplicate == 1);
        CHECK(run(book, kContacts, {}, kContact).counts.duplicate == 3);
        CHECK(book.records[kContact.tag].size() == 2);
        const auto& visits = *catalog::find_kind("demand_plan");
        constexpr std::string_view kPlans = "客户,需求,计划时间\n多联甲有限公司,冷链,2026-05-01\n";
        CHECK(run(book, kPlans, {}, visits).counts.fresh == 1);
        CHECK(run(book, kPlans, {}, visits).counts.duplicate == 1);
    }
    TEST_CASE("two people, and two firms, of one name with other numbers are two") {
        Book book;
        const auto done = run(book,
                              "客户名称,客户类别,身份证件号,统一社会信用代码\n"
                              "张伟,个人,11010519491231002X,\n张伟,个人,110105194912310046,\n"
                              "明润有限公司,企业,,91330106MA2000031M\n"
                              "明润有限公司,企业,,91330106MA2000023T\n");
        CHECK(done.counts.fresh == 4);
        const auto before = book.records;
        const auto update = run(book,
                                "客户名称,客户类别,身份证件号,街道门牌\n"
                                "张伟,个人,440524188001010014,文三路1号\n张伟,个人,,文三路2号\n"
                                "明润有限公司,企业,,文三路3号\n",
                                {.update = true});
        CHECK(update.counts.fresh == 1);
        CHECK(update.counts.refused == 2);
        CHECK(update.times(kSeveralMatches) == 2);
        for (const auto& [id, values] : before.at(kCustomer.tag))
            CHECK(book.records[kCustomer.tag][id] == values);
    }
    TEST_CASE("a row that may be a person who is there is told with that record, and not stored") {
        Book book;
        run(book, "客户名称,客户类别,身份证件号,客户编号\n张伟,个人,11010519491231002X,K-7\n");
        const auto before = book.records;
        const auto done =
            run(book, "客户名称,客户类别,总机\n张伟,个人,13900001111\n", {.update = true});
        CHECK(book.records == before);
        CHECK(done.times(kUnclearMatch) == 1);
        CHECK(done.words().find("K-7 张伟") != std::string::npos);
    }
    TEST_CASE("a cell that cannot be read costs the cell, a required one the row") {
        Book book;
        const auto done = run(book,
                              "客户名称,税号,总机,成立时间,邮编\n"
                              "甲有限公司,9.13301E+17,1.39E+10,2019年3月,3.1E+05\n"
                              "1E+20,,,,\n合计,,,,\n");
        CHECK(done.counts.fresh == 1);
        CHECK(done.counts.partly == 4);
        CHECK(done.times(kShortenedNumber) == 4);
        CHECK(done.times(kTotalRow) == 1);
        CHECK(done.counts.refused == 2);
        CHECK(only_value(book, "tax_no").empty());
        CHECK(only_value(book, "phone_main").empty());
    }
    TEST_CASE(
        "several numbers in a cell: the first is taken, the others stand beside it and are named") {
        Book book;
        const auto done = run(book, "客户名称,总机,传真\n甲有限公司,0571-55500915、55500916,无\n");
        CHECK(only_value(book, "phone_main") == "0571-55500915");
        CHECK(only_value(book, "phones_other") == R"(["0571-55500916"])");
        CHECK(only_value(book, "fax").empty());
        CHECK(done.counts.partly == 0);
        CHECK(done.words().find("55500916") != std::string::npos);
    }
    TEST_CASE("a sign clears a field on update, and only then") {
        Book book;
        run(book, "客户名称,传真,备注\n甲有限公司,0571-55500915,清空\n");
        CHECK(only_value(book, "remark") == "清空");
        constexpr std::string_view kClear = "客户名称,传真,备注\n甲有限公司,清空,清空\n";
        run(book, kClear, {.clear_with = "清空"});
        CHECK(only_value(book, "fax") == "0571-55500915");
        CHECK(run(book, kClear, {.update = true, .clear_with = "清空"}).counts.changed == 1);
        CHECK(only_value(book, "fax").empty());
        CHECK(only_value(book, "remark").empty());
    }
    TEST_CASE("of two columns for one field the second fills gaps, and is named where it differs") {
        Book book;
        const auto done = run(book, "客户名称,传真,传真\n甲有限公司,,0571-55500915\n");
        CHECK(only_value(book, "fax") == "0571-55500915");
        CHECK(done.told.empty());
        const auto other =
            run(book, "客户名称,传真,传真\n甲有限公司,0571-55500915,0571-55500999\n");
        CHECK(other.times(kSecondColumn) == 1);
        CHECK(other.words().find("0571-55500999") != std::string::npos);
    }
    TEST_CASE("a district is told by the province beside it, in whatever order the columns stand") {
        Book book;
        run(book, "区,客户名称,省\n普陀区,甲有限公司,上海\n");
        CHECK(only_value(book, "district") == "310107");
    }
    TEST_CASE("a row that adds a contact fills its customer's gaps and names what it leaves") {
        constexpr std::string_view kRows =
            "客户名称,总机,邮箱,备注,传真,联系人,手机\n"
            "静丢有限公司,0571-55500001,a@x.cn,甲注,,张一,13900005001\n"
            "静丢有限公司,0571-55500002,b@x.cn,乙注,0571-55500009,李二,13900005002\n";
        Book book;
        const auto done = run(book, kRows);
        CHECK(done.counts.changed == 1);
        CHECK(done.counts.partly == 1);
        CHECK(done.times(kHeldOtherwise) == 1);
        CHECK(done.words().find("总机、邮箱、备注") != std::string::npos);
        CHECK(only_value(book, "phone_main") == "0571-55500001");
        CHECK(only_value(book, "fax") == "0571-55500009");
        CHECK(contacts(book) == std::vector<std::string>{"张一: 13900005001", "李二: 13900005002"});
        const auto again = run(book, kRows);
        CHECK(again.times(kHeldOtherwise) == 1);
        CHECK(again.words().find("总机、邮箱、备注") != std::string::npos);
    }
    TEST_CASE("a contact told again gains numbers and keeps the spelling of its name") {
        Book book;
        const auto done = run(book,
                              "客户名称,邮箱,联系人,手机\n甲有限公司,a@x.cn,张一,13900005001\n"
                              "甲有限公司,b@x.cn,张 一,13900005002\n");
        CHECK(contacts(book) == std::vector<std::string>{"张一: 13900005001 13900005002"});
        CHECK(only_value(book, "email_main") == "a@x.cn");
        CHECK(done.times(kHeldOtherwise) == 2);
        CHECK(done.words().find("邮箱") != std::string::npos);
        CHECK(done.words().find("姓名") != std::string::npos);
    }
    TEST_CASE("half an address of one row is not joined to half of another") {
        Book book;
        const auto done = run(book,
                              "客户名称,省,邮编\n甲有限公司,浙江,\n甲有限公司,,210000\n"
                              "甲有限公司,浙江,310000\n");
        CHECK(done.counts.duplicate == 1);
        CHECK(only_value(book, "postcode") == "310000");
        CHECK(only_value(book, "province") == "330000");
        CHECK(done.times(kHeldOtherwise) == 1);
    }
    TEST_CASE("columns of a second contact are the second contact's, however they are headed") {
        for (const std::string_view header :
             {"联系人,手机,联系人,手机", "联系人1,手机1,联系人2,手机2", "联系人,手机,联系人2,手机2",
              "联系人,电话,联系人,电话", "联系人１,电话１,联系人２,电话２"}) {
            CAPTURE(header);
            Book book;
            const auto done = run(book, "客户名称," + std::string(header) +
                                            "\n两联有限公司,张一,13900005001,王三,13900005003\n"
                                            "单联有限公司,张一,,王三,13900005004\n");
            CHECK(done.told.empty());
            CHECK(contacts(book) == std::vector<std::string>{"张一:", "张一: 13900005001",
                                                             "王三: 13900005003",
                                                             "王三: 13900005004"});
        }
        for (const std::string_view text :
             {"客户名称,手机,联系人,手机,联系人\n两联有限公司,,张一,13900005003,王三\n",
              "客户名称,联系人,联系人,手机,手机\n两联有限公司,张一,王三,,13900005003\n",
              "客户名称,联系人,职务,联系人,手机\n两联有限公司,张一,经理,王三,13900005003\n"}) {
            CAPTURE(text);
            Book book;
            run(book, text);
            CHECK(contacts(book) == std::vector<std::string>{"张一:", "王三: 13900005003"});
        }
    }
    TEST_CASE("one person in two contacts of a row is one, and a nameless second one is named") {
        Book book;
        const auto done = run(book,
                              "客户名称,联系人,手机,联系人,手机\n"
                              "甲有限公司,张一,13900005001,张 一,13900005003\n"
                              "乙有限公司,李二,13900005005,,13900005006\n");
        CHECK(contacts(book) ==
              std::vector<std::string>{"张一: 13900005001 13900005003", "李二: 13900005005"});
        CHECK(done.times(kNamelessContact) == 1);
        CHECK(done.words().find("13900005006") != std::string::npos);
    }
    TEST_CASE("a row with one record's code and another's name changes neither") {
        Book book;
        run(book, "客户名称,统一社会信用代码\n双丙有限公司,91330106MA2000031M\n改名甲有限公司,\n");
        const auto before = book.records;
        for (const bool update : {false, true}) {
            const auto done =
                run(book, "客户名称,统一社会信用代码\n改名甲有限公司,91330106MA2000031M\n",
                    {.update = update});
            CHECK(book.records == before);
            CHECK(done.times(kSeveralMatches) == 1);
            CHECK(done.words().find("双丙有限公司 / 改名甲有限公司") != std::string::npos);
        }
        CHECK(run(book, "客户名称,统一社会信用代码\n新名有限公司,91330106MA2000031M\n",
                  {.update = true})
                  .counts.changed == 1);
    }
    TEST_CASE("who has the same unverified code already is named, and both are kept") {
        Book book;
        run(book, "客户名称,统一社会信用代码\n甲有限公司,91330106MA2000031X\n");
        const auto done = run(book, "客户名称,统一社会信用代码\n乙有限公司,91330106MA2000031X\n");
        CHECK(book.records[kCustomer.tag].size() == 2);
        CHECK(done.counts.partly == 0);
        CHECK(done.times(kSameDoubtful) == 1);
        CHECK(done.words().find("甲有限公司") != std::string::npos);
        CHECK(run(book, "客户名称,统一社会信用代码\n甲有限公司,91330106MA2000031X\n")
                  .words()
                  .find("乙有限公司") != std::string::npos);
    }
    TEST_CASE("rows that sum up or end a list are no customers, whatever column says so") {
        for (const std::string_view row :
             {"合计,2家,", "总计,2,", "小计,共2家,", "合计,,2", ",合计：2家,", ",制表人：张三,",
              ",以下空白,", "本页合计,,"}) {
            CAPTURE(row);
            Book book;
            const auto done =
                run(book, "序号,客户名称,备注\n1,甲有限公司,合计\n" + std::string(row) + "\n");
            CHECK(done.counts.fresh == 1);
            CHECK(done.times(kTotalRow) == 1);
        }
    }
    TEST_CASE("a kind of document that the number is not of costs the cell, not the row") {
        Book book;
        const auto done = run(book,
                              "客户名称,客户类别,证件类型,身份证件号\n"
                              "张伟,个人,护照,11010519491231002X\n");
        CHECK(done.counts.fresh == 1);
        CHECK(done.counts.partly == 1);
        CHECK(done.times(kOtherIdKind) == 1);
        CHECK(only_value(book, "id_no") == "11010519491231002X");
        CHECK(only_value(book, "id_kind").empty());
    }
    TEST_CASE("a word that stands for a value to come is left out and named once a column") {
        Book book;
        const auto done = run(book,
                              "客户名称,统一社会信用代码,总机,成立时间,邮编,简称,网站,备注\n"
                              "甲有限公司,办理中,不详,未知,无,无,无,无\n"
                              "乙有限公司,办理中,待补,NULL,无,无,无,无\n");
        CHECK(done.counts.fresh == 2);
        CHECK(done.counts.partly == 0);
        CHECK(done.times(kPlaceholder) == 8);
        CHECK(done.words().find("总机 的“待补”") != std::string::npos);
        for (const auto& [id, values] : book.records[kCustomer.tag]) {
            for (const char* empty : {"unified_code", "phone_main", "postcode", "website"})
                CHECK(text_in(values, catalog::find_field(kCustomer, empty)->tag).empty());
            CHECK(text_in(values, catalog::find_field(kCustomer, "remark")->tag) == "无");
        }
        CHECK(run(book, "客户名称,总机\n丙有限公司,无\n").told.empty());
    }
}
