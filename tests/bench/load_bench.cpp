// A thousand laptops in one window against the real office program: each proves itself, pushes 20
// changes and pulls 200 changed records of a kilobyte; some are slow, some are hostile.
#include <algorithm>
#include <iostream>
#include <list>

#include <asio/co_spawn.hpp>
#include <asio/detached.hpp>
#include <asio/io_context.hpp>
#include <asio/steady_timer.hpp>
#include <asio/use_awaitable.hpp>

#include "common/catalog/activity.hpp"
#include "common/catalog/customer.hpp"

#include "protocol/codec.hpp"

#include "client/intake/drafts.hpp"
#include "tests/bench/bench_office.hpp"
#include "tests/bench/benches.hpp"
#include "tests/bench/load_laptop.hpp"
#include "tests/bench/office_process.hpp"
#include "tests/bench/web_caller.hpp"

namespace dossier::bench {
namespace {

constexpr int kPeople = 50;
constexpr int kRecordsDown = 200;
constexpr int kOps = 20;
constexpr std::chrono::seconds kWindow{5};
constexpr int kSlowEvery = 20;
constexpr int kHostileEvery = 20;

/// A kilobyte of text that does not compress to nothing.
std::string kilobyte(crypto::Random& random) {
    Bytes noise(512);
    random.fill(noise);
    return to_hex(noise);
}

FieldValue set(const catalog::Kind& kind, std::string_view name, Value value) {
    return {catalog::find_field(kind, name)->tag, std::move(value)};
}

/// One salesperson with 200 customers whose notes have changed since his laptops were here.
struct Person {
    RecordId user;
    std::vector<WorkRecord> customers;
    std::vector<protocol::ScopeCursor> cursors;
};

Person make_person(BenchOffice& office, int number, crypto::Random& random) {
    Person person{.user = office.add_salesperson("p" + std::to_string(number))};
    for (int i = 0; i < kRecordsDown; ++i) {
        auto& made = person.customers.emplace_back();
        made.id = office.office().ids().make<RecordId>();
        made.values = {set(catalog::kCustomer, "name",
                           "负载客户" + std::to_string(number) + "-" + std::to_string(i))};
    }
    office.take(person.customers, {}, person.user);
    server::Unit unit(office.office().store());
    const auto viewer =
        office.office().people().viewer(person.user.as<UserTag>(), office.office().now());
    for (const auto& scope : access::scopes_for(viewer, {}, office.office().now())) {
        const auto summary = office.office().store().summary(scope);
        person.cursors.push_back({server::key_of(scope), summary.sseq});
    }
    for (const auto& customer : person.customers) {
        sure(office.office().change(
            {}, {.source = "job",
                 .ops = {{.kind = merge::OpKind::Set,
                          .record_kind = catalog::kCustomer.tag,
                          .record = customer.id,
                          .base = {set(catalog::kCustomer, "remark", Value{})},
                          .fields = {set(catalog::kCustomer, "remark", kilobyte(random))}}}}));
    }
    unit.commit();
    return person;
}

std::vector<Bytes> visits(const Person& person, crypto::Ids& ids, Instant now) {
    std::vector<Bytes> bodies;
    for (int i = 0; i < kOps; ++i) {
        const auto& customer = person.customers[static_cast<std::size_t>(i)];
        FieldValues values;
        for (auto& each :
             {set(catalog::kCommunication, "customer_id", customer.id),
              set(catalog::kCommunication, "kind", std::string("visit")),
              set(catalog::kCommunication, "started_at", now.ms),
              set(catalog::kCommunication, "purpose", std::string("回访")),
              set(catalog::kCommunication, "content", std::string("客户询问新设备的交货期"))})
            assign(values, each.tag, each.value);
        bodies.push_back(protocol::encode_changeset(
            {.author = person.user.as<UserTag>(),
             .claimed_at = now,
             .ticks_ms = now.ms,
             .schema = catalog::schema_version(),
             .source = "cli",
             .ops = {client::new_record(catalog::kCommunication, ids.make<RecordId>(),
                                        std::move(values))}}));
    }
    return bodies;
}

double percentile(std::vector<double> of, double part) {
    if (of.empty()) return 0;
    std::sort(of.begin(), of.end());
    return of[static_cast<std::size_t>(part * static_cast<double>(of.size() - 1))];
}

asio::awaitable<void> begin_later(LoadLaptop& laptop,
                                  std::chrono::milliseconds wait,
                                  LoadTarget to,
                                  crypto::Random& random) {
    asio::steady_timer timer(co_await asio::this_coro::executor);
    timer.expires_after(wait);
    co_await timer.async_wait(asio::use_awaitable);
    co_await laptop.run(to, random);
}

Manner manner_of(int number, bool hostile) {
    static constexpr Manner kHostile[] = {Manner::Garbage, Manner::Silent, Manner::Rude};
    if (hostile) return kHostile[number % 3];
    return number % kSlowEvery == 0 ? Manner::Slow : Manner::Plain;
}

void print(std::ostream& out, const std::list<LoadLaptop>& laptops, double wall) {
    std::vector<double> plain;
    std::vector<double> slow;
    std::uint64_t facets = 0;
    std::uint64_t bytes = 0;
    std::size_t hostile = 0;
    std::map<std::string, int> failures;
    int errors = 0;
    for (const LoadLaptop& laptop : laptops) {
        facets += laptop.received();
        bytes += laptop.bytes();
        if (!laptop.failure().empty()) {
            ++failures[laptop.failure()];
            ++errors;
        }
        if (laptop.is_hostile()) {
            ++hostile;
        } else {
            (laptop.manner() == Manner::Slow ? slow : plain).push_back(laptop.ms());
        }
    }
    out << "  " << plain.size() << " laptops, " << slow.size() << " slow ones, " << hostile
        << " hostile ones within " << kWindow.count() << " s: wall " << wall / 1000
        << " s   (bar: <= 20 s)\n"
        << "  a sync: p50 " << percentile(plain, 0.5) << " ms, p99 " << percentile(plain, 0.99)
        << " ms, slow ones p99 " << percentile(slow, 0.99) << " ms   (bar: p99 <= 15 s)\n"
        << "  received " << facets << " facets, " << bytes / (1024 * 1024) << " MiB\n"
        << "  errors: " << errors << "   (bar: 0)\n";
    for (const auto& [what, count] : failures) out << "    " << count << " × " << what << "\n";
}

std::vector<std::unique_ptr<Caller>> pages_of(OfficeProcess& office, int wanted) {
    std::vector<std::unique_ptr<Caller>> pages;
    const auto port = office.port(1);
    for (int person = 0; person < kPeople && wanted > 0; ++person) {
        const auto cookie = signed_in(port, "p" + std::to_string(person), 2 + person);
        for (auto& page : open_pages(port, cookie, wanted / kPeople, 2 + person))
            pages.push_back(std::move(page));
    }
    return pages;
}

}  // namespace

void run_load_bench(std::ostream& out, int laptops_wanted, int pages_wanted) {
    out << "load: beside " << pages_wanted << " open pages of the console, " << kOps
        << " changes up, " << kRecordsDown << " changed records of 1 KiB down, " << kPeople
        << " people with " << laptops_wanted / kPeople << " laptops each\n"
        << std::flush;
    crypto::SystemRandom random;
    std::list<LoadLaptop> laptops;
    auto office = std::make_unique<BenchOffice>();
    std::vector<Person> people;
    for (int i = 0; i < kPeople; ++i) people.push_back(make_person(*office, i, random));
    const int hostile = laptops_wanted / kHostileEvery;
    for (int i = 0; i < laptops_wanted + hostile; ++i) {
        const Person& person = people[static_cast<std::size_t>(i % kPeople)];
        const auto made = office->device(person.user.as<UserTag>());
        // Ten to an address, as behind a router; the office counts handshakes by address.
        const asio::ip::address_v4 from(0x7F000100U + static_cast<unsigned>(i / 10));
        auto& laptop = laptops.emplace_back(crypto::key_pair_of(made.key.view()),
                                            manner_of(i, i >= laptops_wanted), from);
        laptop.prepare(visits(person, office->office().ids(), office->office().now()),
                       person.cursors);
    }
    if (pages_wanted > 0)
        for (const Person& person : people) let_sign_in(*office, person.user);
    const LoadTarget target{.instance = protocol::server_instance(office->keys().instance),
                            .server = office->keys().channel.public_key};
    office->leave();
    OfficeProcess process(office->folder(), {"--console", "127.0.0.1:0", "--plain"});
    LoadTarget to = target;
    to.port = process.port(0);
    const auto pages = pages_of(process, pages_wanted);
    const double cpu_before = process.cpu_ms();
    asio::io_context loop{1};
    int number = 0;
    std::size_t going = laptops.size();
    std::size_t descriptors = 0;
    const auto window = std::chrono::duration_cast<std::chrono::milliseconds>(kWindow);
    double wall = 0;
    const auto from = std::chrono::steady_clock::now();
    for (LoadLaptop& laptop : laptops) {
        const auto wait = window * (number++ * 7919 % static_cast<int>(laptops.size())) /
                          static_cast<int>(laptops.size());
        asio::co_spawn(loop, begin_later(laptop, wait, to, random), [&](std::exception_ptr) {
            descriptors = std::max(descriptors, process.descriptors());
            if (--going == 0) loop.stop();
            // The silent ones are sent away by a limit of time; they are not what is measured.
            if (!laptop.is_hostile())
                wall = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() -
                                                                 from)
                           .count();
        });
    }
    loop.run();
    print(out, laptops, wall);
    out << "  office: CPU " << (process.cpu_ms() - cpu_before) / 1000 << " s, RSS "
        << process.status("VmRSS") << ", highest " << process.status("VmHWM")
        << "   (bar: <= 250 MB), most descriptors " << descriptors << ", left "
        << process.descriptors() << "\n";
}

}  // namespace dossier::bench
