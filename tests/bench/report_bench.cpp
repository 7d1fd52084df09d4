// The timeliness report (RP-14) over 20,000 files that all fell due in the quarter, as the action
// answers it: rights, names, the line in the audit and its commit included. A quarter of the files
// were never handed in, and when the others were is told by their history alone.
#include <cstdlib>
#include <ostream>

#include "common/catalog/customer.hpp"
#include "common/catalog/states.hpp"

#include "server/actions/perform.hpp"
#include "tests/bench/bench_office.hpp"
#include "tests/bench/benches.hpp"
#include "tests/bench/median.hpp"

namespace dossier::bench {
namespace {

using catalog::kCustomer;
using std::chrono::hours;

constexpr int kSellers = 40;
constexpr int kFiles = 20'000;
constexpr int kAtOnce = 500;
constexpr int kAsked = 5;
constexpr double kBarMs = 2'000;

/// One file of the seller, first met so many hours after `since`.
void keep_file(server::Office& office, int number, const RecordId& seller, Instant since) {
    const auto id = office.ids().make<RecordId>();
    const bool waits = number % 4 == 0;
    const Instant met = since.plus(hours(number % 60));
    FieldValues values;
    const auto say = [&](std::string_view name, Value value) {
        assign(values, catalog::find_field(kCustomer, name)->tag, std::move(value));
    };
    say("name", "客户" + std::to_string(number));
    say("phone_main", std::string("0571-88990012"));
    say("file_state",
        std::string(waits ? catalog::FileState::kDraft : catalog::FileState::kActive));
    say("secrecy_level", std::int64_t{1});
    say("first_contact_at", met.ms);
    say("created_by", seller);
    say("owner_user_id", seller);
    office.store().save({kCustomer.tag, id, id}, values);
    if (waits) return;
    server::JournalEntry handed_in{.record = id, .kind = kCustomer.tag, .event = "submit"};
    handed_in.op = merge::OpKind::Event;
    handed_in.stamp.at = met.plus(hours(24 * (number % 12)));
    office.store().append_journal(handed_in);
}

void keep_files(BenchOffice& bench, Instant since) {
    std::vector<RecordId> sellers;
    for (int i = 0; i < kSellers; ++i)
        sellers.push_back(bench.add_salesperson("s" + std::to_string(i)));
    for (int from = 0; from < kFiles; from += kAtOnce) {
        server::Unit unit(bench.office().store());
        for (int number = from; number < from + kAtOnce; ++number)
            keep_file(bench.office(), number, sellers[static_cast<std::size_t>(number % kSellers)],
                      since);
        unit.commit();
    }
}

}  // namespace

void run_report_bench(std::ostream& out) {
    BenchOffice bench;
    // Due in the middle of a quarter, whatever day it is.
    keep_files(bench, *instant_from("2026-02-02 08:00"));
    bench.add_person("manager", "service_manager", bench.add_region("QG", "全国", {}), 1);
    server::Office& office = bench.office();
    server::Workplace place{.office = office, .in_unit = [&](const std::function<void()>& work) {
                                server::Unit unit(office.store());
                                work();
                                unit.commit();
                            }};
    out << "report: timeliness over " << kFiles << " files due in the quarter\n";
    for (const std::string login : {"manager", "s3"}) {
        server::Order order{.action = server::find_action("report.run"), .as = login};
        order.inputs.put("code", {"RP-14"});
        order.inputs.put("period", {"2026Q1"});
        std::size_t listed = 0;
        std::vector<double> taken;
        for (int i = 0; i < kAsked; ++i) {
            action::Outcome outcome;
            taken.push_back(wall_ms([&] { outcome = server::perform(order, place); }));
            if (outcome.code != 0) std::exit(1);
            listed = outcome.answer.data["sections"][2]["rows"].size();
        }
        out << "  " << login << ", " << listed << " late ones listed: " << median(taken)
            << " ms (bar " << kBarMs << " ms)\n"
            << std::flush;
    }
}

}  // namespace dossier::bench
