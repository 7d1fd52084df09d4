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
#include "common/query/words.hpp"

#include "client/actions/perform.hpp"
#include "server/actions/perform.hpp"
#include "tests/bench/bench_office.hpp"
#include "tests/bench/benches.hpp"
#include "tests/bench/company.hpp"
#include "tests/bench/office_process.hpp"
#include "tests/bench/web_caller.hpp"

namespace dossier::bench {
namespace {

using catalog::field;
using catalog::kCustomer;

constexpr std::size_t kPage = 50;
constexpr int kAsked = 200;
constexpr double kBarMs = 50;

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
        order.inputs = inputs_for(question, [&] { return company_.any(); });
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

std::string percent_encoded(std::string_view text) {
    std::string out;
    char hex[4];
    for (const char each : text) {
        std::snprintf(hex, sizeof hex, "%%%02X", static_cast<unsigned char>(each));
        out += hex;
    }
    return out;
}

std::string path_of(const action::Inputs& inputs) {
    std::string path = "/api/v1/customer/list";
    char before = '?';
    for (const char* name : {"limit", "sort", "where", "page"}) {
        for (const std::string& value : inputs.all(name)) {
            path += before + std::string(name) + "=" + percent_encoded(value);
            before = '&';
        }
    }
    return path;
}

/// The same pages of the clerk as a browser gets them from the office's program. The office is
/// left.
void over_http(std::ostream& out, Company& company) {
    std::vector<std::pair<std::string_view, std::vector<std::string>>> asked;
    for (const Question& question : questions(company)) {
        auto& paths = asked.emplace_back(question.name, std::vector<std::string>{}).second;
        for (int i = 0; i < kAsked; ++i)
            paths.push_back(path_of(inputs_for(question, [&] { return company.any(); })));
    }
    let_sign_in(company.office, company.clerk);
    company.office.leave();
    OfficeProcess office(company.office.folder(), {"--console", "127.0.0.1:0", "--plain"});
    const auto port = office.port(1);
    const auto cookie = signed_in(port, "clerk", 2);
    Caller caller(port, 2);
    const auto ask = [&](const std::string& path) {
        return wall_ms([&] {
            caller.ask("GET", path, cookie);
            const auto answer = caller.answer();
            if (answer.find("200 OK") != std::string::npos) return;
            std::fprintf(stderr, "benchmark stopped at %s\n%s\n", path.c_str(), answer.c_str());
            std::exit(1);
        });
    };
    const double floor = spread_of(kAsked, [&] { return ask("/api/v1/session"); }).median;
    out << " the clerk's over HTTP (floor: a small read, " << floor << " ms)\n";
    for (const auto& [name, paths] : asked) {
        auto path = paths.begin();
        tell(out, "  " + std::string(name), spread_of(kAsked, [&] { return ask(*path++); }), floor);
    }
}

}  // namespace

void run_list_bench(std::ostream& out) {
    out << "lists: a page of " << kPage << " out of " << Company::kSellers * Company::kOfEach
        << " customers\n";
    std::optional<Company> company;
    out << " taken through the door in " << wall_ms([&] { company.emplace(); }) / 1000 << " s\n"
        << std::flush;
    at_the_office(out, *company);
    on_a_laptop(out, *company);
    over_http(out, *company);
}

}  // namespace dossier::bench
