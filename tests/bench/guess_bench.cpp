// What guessing ids tells by the time an answer takes: the door's answer to an op on a file its
// author may not know of, beside the same op on an id that was never given.
#include <algorithm>
#include <array>
#include <functional>
#include <ostream>

#include "common/catalog/activity.hpp"
#include "common/catalog/customer.hpp"
#include "common/catalog/organisation.hpp"

#include "tests/bench/bench_office.hpp"
#include "tests/bench/benches.hpp"
#include "tests/bench/median.hpp"

namespace dossier::bench {
namespace {

using catalog::field;
using catalog::kCommunication;
using catalog::kCustomer;

constexpr int kFiles = 1'000;
constexpr int kGuesses = 4'000;

/// Files of level 3 (绝密), of which an outsider may not even know the name.
std::vector<RecordId> hidden_files(server::Office& office) {
    std::vector<RecordId> files;
    server::Unit unit(office.store());
    for (int i = 0; i < kFiles; ++i) {
        const auto id = files.emplace_back(office.ids().make<RecordId>());
        merge::Op create{.kind = merge::OpKind::Create, .record_kind = kCustomer.tag, .record = id};
        assign(create.fields, field(kCustomer, "name").tag, "绝密客户" + std::to_string(i));
        assign(create.fields, field(kCustomer, "fax").tag, std::string("0571-88990011"));
        merge::Op mark{.kind = merge::OpKind::Event,
                       .record_kind = kCustomer.tag,
                       .record = id,
                       .event = "mark"};
        assign(mark.fields, catalog::kSecrecyLevel, std::int64_t{3});
        sure(office.change(UserId{}, {.source = "job", .ops = {create}}));
        sure(office.change(UserId{}, {.source = "job", .ops = {mark}}));
    }
    unit.commit();
    return files;
}

merge::Op edit_of(server::Office&, const RecordId& customer) {
    merge::Op op{.kind = merge::OpKind::Set, .record_kind = kCustomer.tag, .record = customer};
    assign(op.fields, field(kCustomer, "fax").tag, std::string("0571-11112222"));
    return op;
}

merge::Op removal_of(server::Office&, const RecordId& customer) {
    return {.kind = merge::OpKind::Remove, .record_kind = kCustomer.tag, .record = customer};
}

merge::Op visit_of(server::Office& office, const RecordId& customer) {
    merge::Op op{.kind = merge::OpKind::Create,
                 .record_kind = kCommunication.tag,
                 .record = office.ids().make<RecordId>()};
    assign(op.fields, field(kCommunication, "customer_id").tag, customer);
    assign(op.fields, field(kCommunication, "kind").tag, std::string("visit"));
    assign(op.fields, field(kCommunication, "started_at").tag, office.now().ms);
    assign(op.fields, field(kCommunication, "purpose").tag, std::string("试探"));
    assign(op.fields, field(kCommunication, "content").tag, std::string("试探"));
    return op;
}

}  // namespace

void run_guess_bench(std::ostream& out) {
    BenchOffice bench;
    const UserId outsider = bench.add_salesperson("outsider").as<UserTag>();
    const auto made = bench.device(outsider);
    server::Office& office = bench.office();
    const auto files = hidden_files(office);
    struct Guess {
        const char* name;
        merge::Op (*op)(server::Office&, const RecordId&);
    };
    std::uint64_t oseq = 0;
    const auto answer_us = [&](const merge::Op& op) {
        const merge::Changeset changeset{.author = outsider,
                                         .claimed_at = office.now(),
                                         .schema = catalog::schema_version(),
                                         .source = "sync",
                                         .ops = {op}};
        const Instant now = office.now();
        server::Unit unit(office.store());
        return 1000 * wall_ms([&] {
                   office.intake().admit({.user = outsider,
                                          .device = made.device,
                                          .oseq = ++oseq,
                                          .at = now,
                                          .now = now},
                                         changeset);
               });
    };
    out << "guess: the door's answer to an id its author may not know of, median of " << kGuesses
        << " µs\n";
    for (const Guess& guess :
         {Guess{"edit", edit_of}, Guess{"removal", removal_of}, Guess{"visit", visit_of}}) {
        std::vector<double> hidden;
        std::vector<double> unknown;
        for (int i = 0; i < kGuesses; ++i) {
            const auto& file = files[static_cast<std::size_t>(i) % files.size()];
            hidden.push_back(answer_us(guess.op(office, file)));
            unknown.push_back(answer_us(guess.op(office, office.ids().make<RecordId>())));
        }
        const double there = median(hidden);
        const double nowhere = median(unknown);
        out << "  " << guess.name << ": hidden " << there << ", unknown " << nowhere << ", ratio "
            << there / nowhere << " (the answer is held back 20 ms + 250 µs an op)\n"
            << std::flush;
    }
}

}  // namespace dossier::bench
