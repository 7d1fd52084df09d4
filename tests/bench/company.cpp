#include "tests/bench/company.hpp"

#include <string_view>

#include "common/catalog/customer.hpp"
#include "common/catalog/places.hpp"

namespace dossier::bench {
namespace {

using catalog::kCustomer;

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

}  // namespace

std::vector<Company::Province> Company::all_provinces() {
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

Company::Company() {
    const auto country = office.add_region("QG", "全国", {});
    for (const Province& each : provinces_) {
        const auto name = catalog::province_name(each.code).value_or("外埠");
        regions_.push_back(office.add_region("Q" + each.code, std::string(name), country));
    }
    // At the console level 2 asks for a second factor, which is none of a list's cost.
    clerk = office.add_person("clerk", "info_clerk", country, 1);
    office.add_person("manager", "regional_manager", regions_.front());
    whole_country = office.add_person("head", "regional_manager", country);
    for (std::size_t seller = 0; seller < kSellers; ++seller) add_seller(seller);
    server::Unit unit(office.office().store());
    office.office().store().tend_lists();
    unit.commit();
}

std::string Company::city() {
    const auto& cities = province_of(kSellers / 2).cities;
    return "city=" + std::string(cities[dice_.below(cities.size())].name);
}

std::pair<RecordId, FieldValues> Company::any() {
    const server::Unit unit(office.office().store());
    const auto id = any_customer();
    return {id, office.office().store().load(kCustomer.tag, id).value_or(FieldValues{})};
}

void Company::add_seller(std::size_t seller) {
    const auto& region = regions_[place_of(seller)];
    const auto owner = office.add_person(login(seller), "salesperson", region);
    std::vector<WorkRecord> customers;
    for (std::size_t i = 0; i < kOfEach; ++i)
        customers.push_back({office.office().ids().make<RecordId>(), {}, one(seller, region)});
    for (const WorkRecord& each : customers) customers_.push_back(each.id);
    office.take(customers, {}, owner);
}

FieldValues Company::one(std::size_t seller, const RecordId& region) {
    const Province& province = province_of(seller);
    const auto& city = province.cities[dice_.skewed(province.cities.size())];
    FieldValues values;
    const auto put = [&](std::string_view name, Value value) {
        assign(values, catalog::find_field(kCustomer, name)->tag, std::move(value));
    };
    std::string name(city.name.substr(0, 6));
    for (const auto part : {one_of(dice_, kFirst), one_of(dice_, kSecond), one_of(dice_, kTrades),
                            one_of(dice_, kForms)})
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

}  // namespace dossier::bench
