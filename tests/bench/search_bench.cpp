// The search of a laptop in its vault: what indexing costs after a first sync of the shared
// workload, and what one key stroke costs over 200,000 records.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <ctime>
#include <filesystem>
#include <functional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "common/catalog/activity.hpp"
#include "common/catalog/customer.hpp"
#include "common/pinyin/fold.hpp"
#include "common/sqlite/record_table.hpp"
#include "common/vault/vault.hpp"

#include "client/store/store.hpp"
#include "tests/bench/bench_office.hpp"
#include "tests/bench/dice.hpp"

namespace dossier::bench {
namespace {

using catalog::field;
using catalog::kCommunication;
using catalog::kCustomer;

constexpr int kRecords = 200'000;
constexpr int kNoteCharacters = 100;
constexpr std::size_t kWords = 8'000;  // of two characters, of which notes are made
constexpr int kQueriesPerSort = 200;
constexpr std::size_t kHits = 50;
constexpr int kCustomersOfWorkload = 50'000;

using Clock = std::chrono::steady_clock;
double milliseconds_since(Clock::time_point start) {
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}
double cpu_seconds() {
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

constexpr std::string_view kCities[] = {"杭州", "上海", "北京", "长沙", "重庆", "厦门", "深圳",
                                        "成都", "宁波", "苏州", "无锡", "广州", "武汉", "西安"};
constexpr std::string_view kTrades[] = {"医药", "科技", "商贸", "机械", "电子", "化工", "建材",
                                        "物流", "食品", "服装", "银行", "置业", "能源", "音乐"};
constexpr std::string_view kCommon =
    "明润长城乐华行重安达信诚宏远東方新兴国泰瑞丰金海天源鼎盛博雅恒通联合客户电话拜访要求"
    "报价合同付款交货质量样品经理采购下周回复价格优惠发票仓库设备安装调试维修培训投诉处理"
    "满意不同意已经确认时间地点会议参加负责人领导预算审批项目招标技术方案产品型号数量库存"
    "市场竞争对手服务态度良好关系维护节日问候生日礼物续约到期提醒法务条款账期信用额度逾期"
    "催收对账开票税率物流运输包装破损退换补发说明书证书资质备案许可证营业执照地址变更联系";

/// Customers with a name of 13 characters, two phones and a note of 100 characters.
class Samples {
  public:
    Samples() : common_(pinyin::folded(kCommon)), words_(kWords) {
        for (std::string& word : words_) {
            add_character(word, 1500);
            add_character(word, 1500);
        }
    }
    FieldValues next() {
        std::string name(kCities[dice_.below(std::size(kCities))]);
        for (int i = 0; i < 3; ++i) add_character(name, 600);
        name += kTrades[dice_.below(std::size(kTrades))];
        name += "有限公司";
        std::string phones = "1" + std::to_string(3'000'000'000 + dice_.below(6'999'999'999));
        phones += dice_.below(2) == 0 ? " 0571-" : " 021-";
        phones += std::to_string(10'000'000 + dice_.below(89'999'999));
        std::string note;
        for (int i = 0; i < kNoteCharacters / 2; ++i) {
            if (i % 6 == 5) note += "，";
            note += words_[dice_.skewed(words_.size())];
        }
        FieldValues values;
        assign(values, field(kCustomer, "name").tag, name);
        assign(values, field(kCustomer, "key_business").tag, phones);
        assign(values, field(kCustomer, "remark").tag, note);
        return values;
    }

  private:
    /// One of the common characters, or, the more rarely the larger `range`, one of the rest.
    void add_character(std::string& out, std::size_t range) {
        const std::size_t place = dice_.skewed(range);
        pinyin::append_utf8(out, place < common_.size()
                                     ? common_[place]
                                     : static_cast<char32_t>(0x4E00 + place * 5));
    }
    std::u32string common_;
    std::vector<std::string> words_;
    Dice dice_;
};

/// A laptop's store in a vault of its own.
class Laptop {
  public:
    Laptop() {
        const vault::VaultPaths paths{folder_.path("dossier.db"), folder_.path("dossier.keys")};
        auto key = sure(vault::create(paths, vault::KeyFile{folder_.path("key")}, random_));
        store_ =
            sure(client::Store::open(sure(vault::Vault::open(paths, std::move(key), random_))));
    }
    client::Search& search() { return store_->search; }
    sqlite::Connection& db() { return store_->connection(); }
    void put(const catalog::Kind& kind, const RecordId& id, const FieldValues& values) {
        sqlite::store_record(db(), kind, id, values);
        search().added(kind);
    }
    double mebibytes() {
        db().checkpoint_and_truncate();
        return static_cast<double>(std::filesystem::file_size(folder_.path("dossier.db"))) /
               (1024 * 1024);
    }

  private:
    Folder folder_;
    crypto::SystemRandom random_;
    std::unique_ptr<client::Store> store_;
};

/// One question while nothing of a large queue, and while half of it is indexed.
void search_meanwhile(std::ostream& out, Laptop& laptop, std::string_view when) {
    const auto start = Clock::now();
    const auto hits = laptop.search().find("公司", 0, kHits).size();
    out << "  a search with " << when << " indexed: " << milliseconds_since(start) << " ms, "
        << hits << " hits, " << (laptop.search().is_complete() ? "complete" : "told incomplete")
        << "\n";
}

void index_all(std::ostream& out, Laptop& laptop) {
    const double before = laptop.mebibytes();
    const double cpu = cpu_seconds();
    const std::uint64_t all = laptop.search().queued();
    search_meanwhile(out, laptop, "nothing");
    const auto start = Clock::now();
    double worst = 0;
    bool half = false;
    for (std::size_t done = 0, some = 1; some > 0; done += some) {
        const auto step = Clock::now();
        some = laptop.search().catch_up_some();
        worst = std::max(worst, milliseconds_since(step));
        if (!half && done + some >= all / 2) search_meanwhile(out, laptop, "half");
        half = half || done + some >= all / 2;
    }
    out << "  index of " << all << " records: " << milliseconds_since(start) / 1000 << " s, CPU "
        << cpu_seconds() - cpu << " s, longest transaction " << worst << " ms, "
        << laptop.mebibytes() - before << " MiB\n"
        << std::flush;
}

void time_queries(std::ostream& out,
                  Laptop& laptop,
                  std::string_view label,
                  const std::function<std::string()>& make) {
    std::vector<std::pair<double, std::string>> times;
    std::size_t hits = 0;
    for (int i = 0; i < kQueriesPerSort; ++i) {
        std::string typed = make();
        const auto start = Clock::now();
        hits += laptop.search().find(typed, 0, kHits).size();
        times.emplace_back(milliseconds_since(start), std::move(typed));
    }
    std::sort(times.begin(), times.end());
    out << "  " << label << ": p50 " << times[times.size() / 2].first << " ms, p99 "
        << times[times.size() * 99 / 100].first << " ms, worst " << times.back().first << " ms ("
        << times.back().second << "), hits "
        << static_cast<double>(hits) / static_cast<double>(times.size()) << "\n";
}

void ask_all(std::ostream& out, Laptop& laptop) {
    Dice dice;
    const std::u32string common = pinyin::folded(kCommon);
    const std::u32string letters = U"abcdefghijklmnopqrstuvwxyz0123456789";
    const std::u32string digits = U"0123456789";
    const auto pick = [&](const std::u32string& from, int count) {
        std::string text;
        while (count-- > 0) pinyin::append_utf8(text, from[dice.below(from.size())]);
        return text;
    };
    const auto of = [&](std::span<const std::string_view> list) {
        return std::string(list[dice.below(list.size())]);
    };
    constexpr std::string_view kPinyin[] = {"mingr",   "mingrun", "changc",  "chongqing",
                                            "yinh",    "hong",    "xinghua", "youxiangongsi",
                                            "hangzho", "zhang",   "she",     "chongqingchangcheng"};
    constexpr std::string_view kCommonWords[] = {"公司", "有限", "有限公司", "zg",   "gs", "yxgs",
                                                 "1",    "13",   "客户",     "明润", "司", "hz",
                                                 "客",   "0571", "c++",      "021-"};
    const auto ask = [&](std::string_view label, const std::function<std::string()>& make) {
        time_queries(out, laptop, label, make);
    };
    ask("1 character      ", [&] { return pick(common, 1); });
    ask("2 characters     ", [&] { return pick(common, 2); });
    ask("4 characters     ", [&] { return pick(common, 4); });
    ask("1 letter or digit", [&] { return pick(letters, 1); });
    ask("2 letters, digits", [&] { return pick(letters, 2); });
    ask("3 letters, digits", [&] { return pick(letters, 3); });
    ask("very common words", [&] { return of(kCommonWords); });
    ask("pinyin           ", [&] { return of(kPinyin); });
    ask("initials         ", [&] { return pick(U"hmrybczxglsd", 4); });
    ask("3 digits of phone", [&] { return pick(digits, 3); });
    ask("4 digits of phone", [&] { return pick(digits, 4); });
    ask("5 digits of phone", [&] { return pick(digits, 5); });
    ask("7 digits of phone", [&] { return pick(digits, 7); });
    ask("whole phone      ", [&] { return "138" + pick(digits, 8); });
    ask("three words      ", [&] { return pick(common, 1) + " gs " + pick(digits, 2); });
    ask("three characters ",
        [&] { return pick(common, 1) + " " + pick(common, 1) + " " + pick(common, 1); });
}

/// What it takes until nothing is left of records that went, far from each other.
void forget_some(std::ostream& out, Laptop& laptop, const std::function<RecordId(int)>& id_of) {
    constexpr int kGone = 200;
    {
        sqlite::Transaction tx(laptop.db());
        for (int i = 0; i < kGone; ++i) {
            const RecordId id = id_of(i * (kRecords / kGone));
            laptop.search().removed(kCustomer, id);
            sqlite::erase_record(laptop.db(), kCustomer, id);
        }
        tx.commit();
    }
    const auto start = Clock::now();
    laptop.search().forget_removed();
    out << "  nothing left of " << kGone
        << " removed records, in every block: " << milliseconds_since(start) << " ms\n";
}

RecordId numbered(int number) {
    RecordId id;
    for (std::size_t byte = 0; byte < 4; ++byte)
        id.bytes[3 - byte] = static_cast<std::uint8_t>(number >> 8 * byte);
    return id;
}

}  // namespace

void run_search_bench(std::ostream& out, const std::filesystem::path& shared) {
    out << "search, in a vault\n";
    if (const auto work = load_workload(shared, kCustomersOfWorkload)) {
        Laptop laptop;
        sqlite::Transaction tx(laptop.db());
        for (const WorkRecord& each : work->customers) laptop.put(kCustomer, each.id, each.values);
        for (const WorkRecord& each : work->visits)
            laptop.put(kCommunication, each.id, each.values);
        tx.commit();
        out << " W1, 50,000 customers and 100,000 visits (bar: <= 15 s)\n";
        index_all(out, laptop);
    }
    Laptop laptop;
    {
        Samples samples;
        sqlite::Transaction tx(laptop.db());
        for (int i = 0; i < kRecords; ++i) laptop.put(kCustomer, numbered(i), samples.next());
        tx.commit();
    }
    out << " 200,000 customers, 13-character names, two phones, 100-character notes (bar: p99 <= "
           "50 "
           "ms)\n";
    index_all(out, laptop);
    ask_all(out, laptop);
    forget_some(out, laptop, numbered);
}

}  // namespace dossier::bench
