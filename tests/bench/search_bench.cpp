// Search while typing over 200,000 records: what indexing costs and what one key stroke costs.
// Plain SQLite, so that the figures are the index's own; the vault's overhead is measured apart.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <ostream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <sqlite3.h>

#include "common/pinyin/fold.hpp"
#include "common/pinyin/search_key.hpp"

namespace dossier::bench {
namespace {

constexpr int kRecords = 200'000;
constexpr int kNoteCharacters = 100;
constexpr std::size_t kWords = 8'000;  // of two characters, of which notes are made
constexpr int kQueriesPerKind = 200;

using Clock = std::chrono::steady_clock;
double milliseconds_since(Clock::time_point start) {
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

/// splitmix64: the same records in every run.
class Dice {
  public:
    std::uint64_t next() {
        std::uint64_t z = state_ += 0x9E3779B97F4A7C15ULL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
        return z ^ (z >> 31);
    }
    std::size_t below(std::size_t end) { return next() % end; }
    /// Small numbers far more often than large ones, as words and characters occur.
    std::size_t skewed(std::size_t end) {
        const double u = static_cast<double>(next() >> 11) * 0x1.0p-53;
        return static_cast<std::size_t>(u * u * u * static_cast<double>(end));
    }

  private:
    std::uint64_t state_ = 20240501;
};

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

struct Sample {
    std::string name, phone, notes;
};

class Samples {
  public:
    Samples() : common_(pinyin::folded(kCommon)), words_(kWords) {
        for (std::string& word : words_) {
            add_character(word, 1500);
            add_character(word, 1500);
        }
    }
    Sample next() {
        Sample sample;
        sample.name = kCities[dice_.below(std::size(kCities))];
        for (int i = 0; i < 3; ++i) add_character(sample.name, 600);
        sample.name += kTrades[dice_.below(std::size(kTrades))];
        sample.name += "有限公司";
        sample.phone = "1" + std::to_string(3'000'000'000 + dice_.below(6'999'999'999));
        sample.phone += dice_.below(2) == 0 ? " 0571-" : " 021-";
        sample.phone += std::to_string(10'000'000 + dice_.below(89'999'999));
        for (int i = 0; i < kNoteCharacters / 2; ++i) {
            if (i % 6 == 5) sample.notes += "，";
            sample.notes += words_[dice_.skewed(words_.size())];
        }
        return sample;
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

void run(sqlite3* db, std::string_view sql) {
    if (sqlite3_exec(db, std::string(sql).c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
        throw std::runtime_error(sqlite3_errmsg(db));
    }
}

sqlite3_stmt* prepare(sqlite3* db, std::string_view sql) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(db, sql.data(), static_cast<int>(sql.size()), &statement, nullptr) !=
        SQLITE_OK) {
        throw std::runtime_error(sqlite3_errmsg(db));
    }
    return statement;
}

void bind(sqlite3_stmt* statement, int place, std::string_view text) {
    sqlite3_bind_text(statement, place, text.data(), static_cast<int>(text.size()),
                      SQLITE_TRANSIENT);
}

void index_all(sqlite3* db, std::ostream& out, std::string_view file) {
    Samples samples;
    std::vector<Sample> records(kRecords);
    std::generate(records.begin(), records.end(), [&] { return samples.next(); });
    run(db, pinyin::kCreateIndex);
    sqlite3_stmt* insert = prepare(db, "INSERT INTO search(rowid, name, body) VALUES(?1, ?2, ?3)");
    const auto start = Clock::now();
    double cutting = 0;
    run(db, "BEGIN");
    for (int i = 0; i < kRecords; ++i) {
        const Sample& r = records[static_cast<std::size_t>(i)];
        const auto cut = Clock::now();
        const std::array<pinyin::Field, 3> fields{
            {{pinyin::As::Name, r.name}, {pinyin::As::Text, r.phone}, {pinyin::As::Text, r.notes}}};
        const pinyin::Document document = pinyin::document(fields);
        cutting += milliseconds_since(cut);
        sqlite3_bind_int(insert, 1, i + 1);
        bind(insert, 2, document.name);
        bind(insert, 3, document.body);
        sqlite3_step(insert);
        sqlite3_reset(insert);
    }
    run(db, "COMMIT");
    const double total = milliseconds_since(start);
    sqlite3_finalize(insert);
    out << "  index " << kRecords << " records: " << total << " ms, " << total * 1000 / kRecords
        << " us per record (" << cutting * 1000 / kRecords << " us making tokens), "
        << std::filesystem::file_size(file) / 1024 / 1024 << " MiB\n";
    const auto forget = Clock::now();
    run(db, pinyin::kForgetDeleted);
    out << "  forget deleted (merge of all segments): " << milliseconds_since(forget) << " ms, "
        << std::filesystem::file_size(file) / 1024 / 1024 << " MiB\n";
}

/// One key stroke: names first, then anywhere, 50 hits in all.
int ask(sqlite3_stmt* query, std::string_view typed) {
    int hits = 0;
    for (const auto where : {pinyin::Where::Name, pinyin::Where::Anywhere}) {
        const std::string match = pinyin::match_expression(typed, where);
        if (match.empty() || hits >= 50) break;
        bind(query, 1, match);
        while (hits < 50 && sqlite3_step(query) == SQLITE_ROW) ++hits;
        sqlite3_reset(query);
    }
    return hits;
}

void time_queries(sqlite3* db,
                  std::ostream& out,
                  std::string_view label,
                  const std::vector<std::string>& typed) {
    sqlite3_stmt* query =
        prepare(db, "SELECT rowid FROM search WHERE search MATCH ?1 ORDER BY rowid DESC LIMIT 50");
    std::vector<double> times;
    long hits = 0;
    for (const std::string& text : typed) {
        const auto start = Clock::now();
        hits += ask(query, text);
        times.push_back(milliseconds_since(start));
    }
    sqlite3_finalize(query);
    std::sort(times.begin(), times.end());
    out << "  " << label << ": p50 " << times[times.size() / 2] << " ms, p99 "
        << times[times.size() * 99 / 100] << " ms, worst " << times.back() << " ms, hits "
        << static_cast<double>(hits) / static_cast<double>(times.size()) << "\n";
}

}  // namespace

/// Prints indexing time and size, and latency of each kind of question over 200,000 records.
void run_search_bench(std::ostream& out) {
    const std::string file = std::filesystem::temp_directory_path() / "dossier_search_bench.db";
    std::filesystem::remove(file);
    sqlite3* db = nullptr;
    if (sqlite3_open(file.c_str(), &db) != SQLITE_OK) throw std::runtime_error("cannot open");
    run(db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536");
    out << "search, 200,000 records of a 13-character name, two phones, 100-character notes\n";
    index_all(db, out, file);

    Dice dice;
    const std::u32string common = pinyin::folded(kCommon);
    const std::u32string ascii = U"abcdefghijklmnopqrstuvwxyz0123456789";
    const auto kind = [&](std::string_view label, auto&& make) {
        std::vector<std::string> typed;
        for (int i = 0; i < kQueriesPerKind; ++i) typed.push_back(make());
        time_queries(db, out, label, typed);
    };
    const auto pick = [&](const std::u32string& from, int count) {
        std::string text;
        while (count-- > 0) pinyin::append_utf8(text, from[dice.below(from.size())]);
        return text;
    };
    kind("1 character      ", [&] { return pick(common, 1); });
    kind("2 characters     ", [&] { return pick(common, 2); });
    kind("4 characters     ", [&] { return pick(common, 2) + pick(common, 2); });
    kind("1 letter or digit", [&] { return pick(ascii, 1); });
    kind("2 letters, digits", [&] { return pick(ascii, 2); });
    constexpr std::string_view kPinyin[] = {"mingr",   "mingrun", "changc",  "chongqing",
                                            "yinh",    "hong",    "xinghua", "youxiangongsi",
                                            "hangzho", "zhang",   "she",     "chongqingchangcheng"};
    kind("pinyin           ", [&] { return std::string(kPinyin[dice.below(std::size(kPinyin))]); });
    kind("initials         ", [&] { return pick(U"hmrybczxglsd", 4); });
    kind("4 digits of phone", [&] { return pick(U"0123456789", 4); });
    kind("whole phone      ", [&] { return "138" + pick(U"0123456789", 8); });
    kind("three words      ", [&] { return pick(common, 1) + " gs " + pick(U"0123456789", 2); });
    sqlite3_close(db);
    std::filesystem::remove(file);
    std::filesystem::remove(file + "-wal");
    std::filesystem::remove(file + "-shm");
}

}  // namespace dossier::bench
