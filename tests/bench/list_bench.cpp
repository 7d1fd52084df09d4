// A list page of 50 out of 200,000 customers, filtered and sorted by pinyin, as the actions of both
// programs answer it: rights, titles, the line in the audit and its commit included. Beside each
// figure: how many times it is what the same page costs when its records are known.
#include <algorithm>
#include <functional>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "common/catalog/canonical.hpp"
#include "common/catalog/customer.hpp"
#include "common/catalog/divisions.hpp"
#include "common/catalog/places.hpp"
#include "common/query/words.hpp"

#include "client/actions/perform.hpp"
#include "server/actions/perform.hpp"
#include "tests/bench/bench_office.hpp"
#include "tests/bench/benches.hpp"
#include "tests/bench/dice.hpp"

namespace dossier::bench {
namespace {

using catalog::field;
using catalog::kCustomer;

constexpr std::size_t kSellers = 1'000;
constexpr std::size_t kOfEach = 200;
constexpr std::size_t kPage = 50;
constexpr int kAsked = 200;
constexpr double kBarMs = 50;

constexpr std::string_view kFirst[] = {"华", "中", "金", "新", "东", "恒", "瑞", "盛", "天", "宏",
                                       "鑫", "明", "安", "德", "嘉", "海", "长", "博", "永", "康"};
constexpr std::string_view kSecond[] = {"润", "达", "泰", "信", "源", "丰", "远", "成", "城", "创",
                                        "邦", "通", "隆", "业", "力", "和", "诚", "科", "兴", "宇"};
constexpr std::string_view kTrades[] = {"医药",     "科技", "商贸", "机械设备", "电子", "化工",
                                        "建筑材料", "物流", "食品", "服装",     "仪器", "环保"};
constexpr std::string_view kForms[] = {"有限公司", "有限公司", "有限责任公司", "股份有限公司",
                                       "经营部"};

template <std::size_t Size>
std::string_view one_of(Dice& dice, const std::string_view (&list)[Size]) {
    return list[dice.below(Size)];
}

/// The cities of one province.
struct Province {
    std::string code;
    std::vector<catalog::Division> cities;
};

std::vector<Province> all_provinces() {
    std::vector<Province> provinces;
    for (const catalog::Division& each : catalog::divisions()) {
        const bool is_city = each.code % 100 == 0 && each.code % 10'000 != 0;
        if (!is_city) continue;
        auto code = std::to_string(each.code / 10'000 * 10'000);
        if (provinces.empty() || provinces.back().code != code)
            provinces.push_back({std::move(code), {}});
        provinces.back().cities.push_back(each);
    }
    return provinces;
}

/// The company: a region for each province below the whole country, and 200 customers of each
/// salesperson in the cities of one of them.
class Company {
  public:
    Company() {
        const auto country = office.add_region("QG", "全国", {});
        for (const Province& each : provinces_) {
            const auto name = catalog::province_name(each.code).value_or("外埠");
            regions_.push_back(office.add_region("Q" + each.code, std::string(name), country));
        }
        office.add_person("clerk", "info_clerk", country);
        office.add_person("manager", "regional_manager", regions_.front());
        whole_country = office.add_person("head", "regional_manager", country);
        for (std::size_t seller = 0; seller < kSellers; ++seller) add_seller(seller);
        server::Unit unit(office.office().store());
        office.office().store().tend_lists();
        unit.commit();
    }

    [[nodiscard]] std::string seller() const { return login(kSellers / 2); }
    /// Typed filters that somebody of the measured salesperson's province asks.
    std::string city() {
        const auto& cities = province_of(kSellers / 2).cities;
        return "city=" + std::string(cities[dice_.below(cities.size())].name);
    }
    std::string grade() { return std::string("grade=") + "ABC"[dice_.below(3)]; }
    RecordId any_customer() { return customers_[dice_.below(customers_.size())]; }

    BenchOffice office;
    RecordId whole_country;  ///< the manager of all regions

  private:
    static std::string login(std::size_t seller) { return "x" + std::to_string(seller); }
    [[nodiscard]] std::size_t place_of(std::size_t seller) const {
        return seller % provinces_.size();
    }
    [[nodiscard]] const Province& province_of(std::size_t seller) const {
        return provinces_[place_of(seller)];
    }

    void add_seller(std::size_t seller) {
        const auto& region = regions_[place_of(seller)];
        const auto owner = office.add_person(login(seller), "salesperson", region);
        std::vector<WorkRecord> customers;
        for (std::size_t i = 0; i < kOfEach; ++i)
            customers.push_back({office.office().ids().make<RecordId>(), {}, one(seller, region)});
        for (const WorkRecord& each : customers) customers_.push_back(each.id);
        office.take(customers, {}, owner);
    }
    FieldValues one(std::size_t seller, const RecordId& region) {
        const Province& province = province_of(seller);
        const auto& city = province.cities[dice_.skewed(province.cities.size())];
        FieldValues values;
        const auto put = [&](std::string_view name, Value value) {
            assign(values, catalog::find_field(kCustomer, name)->tag, std::move(value));
        };
        std::string name(city.name.substr(0, 6));
        for (const auto part : {one_of(dice_, kFirst), one_of(dice_, kSecond),
                                one_of(dice_, kTrades), one_of(dice_, kForms)})
            name += part;
        put("name", name);
        put("region_id", region);
        put("province", province.code);
        put("city", std::to_string(city.code));
        const auto grade = dice_.below(100);
        put("grade", std::string(grade < 5 ? "A" : grade < 25 ? "B" : grade < 85 ? "C" : "N"));
        put("relation_status", std::string(dice_.below(3) == 0 ? "potential" : "cooperating"));
        put("file_state", std::string(dice_.below(1'000) == 0 ? "clerk_posting" : "active"));
        const auto level = dice_.below(1'000);
        put("secrecy_level", std::int64_t{level < 2 ? 3 : level < 50 ? 2 : 1});
        put("phone_main", "0571-" + std::to_string(80'000'000 + dice_.below(9'999'999)));
        put("legal_rep", std::string("王") + std::string(one_of(dice_, kFirst)));
        return values;
    }

    Dice dice_;
    std::vector<Province> provinces_ = all_provinces();
    std::vector<RecordId> regions_;
    std::vector<RecordId> customers_;
};

struct Spread {
    double median = 0;
    double worst = 0;  ///< 99 of 100 are no slower
};

Spread spread_of(int times, const std::function<double()>& once) {
    std::vector<double> taken;
    for (int i = 0; i < times; ++i) taken.push_back(once());
    std::ranges::sort(taken);
    return {taken[taken.size() / 2], taken[taken.size() * 99 / 100]};
}

void tell(std::ostream& out, std::string_view what, const Spread& spread, double floor) {
    out << "  " << what << ": p50 " << spread.median << " ms, p99 " << spread.worst << " ms ("
        << spread.median / floor << " times the floor, bar " << kBarMs << " ms)\n"
        << std::flush;
}

/// What is asked: the filters and the page's key. Drawn anew each time.
struct Question {
    std::string_view name;
    std::function<std::vector<std::string>()> where;
    bool in_the_middle = false;
};

std::vector<Question> questions(Company& company) {
    return {{"first page                 ", [] { return std::vector<std::string>{}; }},
            {"a page in the middle       ", [] { return std::vector<std::string>{}; }, true},
            {"of a city                  ", [&] { return std::vector{company.city()}; }},
            {"of a city and a grade      ",
             [&] {
                 return std::vector{company.city(), company.grade()};
             }},
            {"of a grade, in the middle  ", [&] { return std::vector{company.grade()}; }, true},
            {"waiting to be posted       ",
             [] { return std::vector<std::string>{"file_state=clerk_posting"}; }},
            {"of a part of the name      ", [] { return std::vector<std::string>{"name~鑫润"}; }}};
}

/// The key of the page behind the record, in a list by pinyin with these filters.
std::string key_behind(const RecordId& record,
                       const FieldValues& values,
                       const std::vector<std::string>& where) {
    static constexpr auto& kPinyin = field(kCustomer, "name_pinyin");
    query::Query query{.kind = &kCustomer, .order = {&kPinyin, false}};
    query.where = sure(
        query::filters_from(kCustomer, where,
                            [](const catalog::Field& of, std::string_view text) -> Result<Value> {
                                return catalog::parse(of, text, {});
                            },
                            {}));
    const Value* pinyin = find(values, kPinyin.tag);
    return query::to_word(query, {pinyin == nullptr ? Value{} : *pinyin, record});
}

action::Inputs inputs_for(const Question& question,
                          const std::function<std::pair<RecordId, FieldValues>()>& any) {
    action::Inputs inputs;
    const auto where = question.where();
    inputs.put("limit", {std::to_string(kPage)});
    inputs.put("sort", {"name_pinyin"});
    if (!where.empty()) inputs.put("where", where);
    if (!question.in_the_middle) return inputs;
    const auto [record, values] = any();
    inputs.put("page", {key_behind(record, values, where)});
    return inputs;
}

/// The office's own program but for its sockets.
class Desk {
  public:
    explicit Desk(Company& company) : company_(company), office_(company.office.office()) {}

    double ask(const std::string& login, const Question& question) {
        server::Order order{.action = server::find_action("customer.list"), .as = login};
        order.inputs = inputs_for(question, [&] {
            const server::Unit unit(office_.store());
            const auto id = company_.any_customer();
            return std::pair{id, office_.store().load(kCustomer.tag, id).value_or(FieldValues{})};
        });
        action::Outcome outcome;
        const double taken = wall_ms([&] { outcome = server::perform(order, place_); });
        if (outcome.code != 0) std::exit(1);
        listed += outcome.answer.data.size();
        return taken;
    }
    /// A page of records that are known, and a line in the audit.
    double floor() {
        return wall_ms([&] {
            server::Unit unit(office_.store());
            for (std::size_t i = 0; i < kPage; ++i)
                (void)office_.store().load(kCustomer.tag, company_.any_customer());
            office_.store().append_audit({.at = office_.now(), .action = "list"});
            unit.commit();
        });
    }

    std::size_t listed = 0;

  private:
    Company& company_;
    server::Office& office_;
    server::Workplace place_{.office = office_,
                             .in_unit = [this](const std::function<void()>& work) {
                                 server::Unit unit(office_.store());
                                 work();
                                 unit.commit();
                             }};
};

void at_the_office(std::ostream& out, Company& company) {
    Desk desk(company);
    const double floor = spread_of(kAsked, [&] { return desk.floor(); }).median;
    out << " at the office (floor: 50 records by their ids and a line in the audit, " << floor
        << " ms)\n";
    for (const auto& [who, login] :
         {std::pair{std::string("a clerk who sees all"), std::string("clerk")},
          {std::string("a manager of one region of 31"), std::string("manager")},
          {std::string("a salesperson who sees 200 in full"), company.seller()}}) {
        out << "  " << who << "\n";
        for (const Question& question : questions(company)) {
            desk.listed = 0;
            const auto spread = spread_of(kAsked, [&] { return desk.ask(login, question); });
            tell(out,
                 "  " + std::string(question.name) + " (" + std::to_string(desk.listed / kAsked) +
                     " rows)",
                 spread, floor);
        }
    }
}

void on_a_laptop(std::ostream& out, Company& company) {
    const auto user = company.whole_country.as<UserTag>();
    BenchLaptop laptop(company.office, user);
    const auto port = company.office.open();
    out << " a first sync of them took " << wall_ms([&] { sure(laptop.try_sync(port)); }) / 1000
        << " s\n";
    out << " its search index took " << wall_ms([&] { laptop.store().search.catch_up(); }) / 1000
        << " s\n";
    SystemClock clock;
    crypto::SystemRandom random;
    client::Laptop place{laptop.store(), laptop.intake(), laptop.ids(), clock, random};
    auto& replica = laptop.store().replica;
    const double floor = spread_of(kAsked, [&] {
                             return wall_ms([&] {
                                 for (std::size_t i = 0; i < kPage; ++i)
                                     (void)replica.load(kCustomer, company.any_customer());
                             });
                         }).median;
    out << " on a laptop (floor: 50 records by their ids, " << floor << " ms)\n";
    for (const Question& question : questions(company)) {
        std::size_t listed = 0;
        const auto spread = spread_of(kAsked, [&] {
            client::Order order{.action = client::find_action("customer.list")};
            order.inputs = inputs_for(question, [&] {
                const auto id = company.any_customer();
                return std::pair{id, replica.load(kCustomer, id).value_or(FieldValues{})};
            });
            action::Outcome outcome;
            const double taken = wall_ms([&] { outcome = client::perform(order, place); });
            if (outcome.code != 0) std::exit(1);
            listed += outcome.answer.data.size();
            return taken;
        });
        tell(out,
             "  " + std::string(question.name) + " (" + std::to_string(listed / kAsked) + " rows)",
             spread, floor);
    }
}

}  // namespace

void run_list_bench(std::ostream& out) {
    out << "lists: a page of " << kPage << " out of " << kSellers * kOfEach << " customers\n";
    std::optional<Company> company;
    out << " taken through the door in " << wall_ms([&] { company.emplace(); }) / 1000 << " s\n"
        << std::flush;
    at_the_office(out, *company);
    on_a_laptop(out, *company);
}

}  // namespace dossier::bench
