// Attachments over a wire that is cut again and again: does it arrive, and how much is sent twice.
#include <array>
#include <cstdio>

#include "common/catalog/customer.hpp"
#include "common/catalog/document.hpp"

#include "client/intake/drafts.hpp"
#include "client/intake/take_content.hpp"
#include "tests/bench/bench_office.hpp"
#include "tests/bench/benches.hpp"
#include "tests/integration/sync/tap.hpp"

namespace dossier::bench {
namespace {

constexpr std::size_t kCutAfter = 300'000;
constexpr int kSessionsMax = 500;

FieldValue filled(const catalog::Kind& kind, std::string_view name, Value value) {
    return {catalog::find_field(kind, name)->tag, std::move(value)};
}

merge::Changeset one(merge::Op op) {
    return {.source = "cli", .ops = {std::move(op)}};
}

RecordId customer_on(BenchLaptop& laptop) {
    const auto id = laptop.ids().make<RecordId>();
    const auto name = filled(catalog::kCustomer, "name", std::string("杭州明润医药有限公司"));
    sure(laptop.intake().commit(one(client::new_record(catalog::kCustomer, id, {name}))));
    return id;
}

/// A document of random bytes: nothing on the way can make it smaller.
RecordId attach(BenchLaptop& laptop, const RecordId& customer, std::size_t size) {
    const auto id = laptop.ids().make<RecordId>();
    crypto::SeededRandom random(size);
    std::size_t at = 0;
    const auto read = [&](std::span<std::uint8_t> to) -> Result<std::size_t> {
        const std::size_t part = std::min(to.size(), size - at);
        random.fill(to.first(part));
        if (at == 0) std::ranges::copy(bytes_of("%PDF-1.7\n"), to.begin());
        at += part;
        return part;
    };
    auto values =
        sure(client::take_content(laptop.store(), id, "合同.pdf", read, laptop.intake().now()));
    const auto& kind = catalog::kAttachment;
    for (auto& each :
         {filled(kind, "customer_id", customer), filled(kind, "title", std::string("合同")),
          filled(kind, "doc_date", std::string("2026-03-01"))})
        assign(values, each.tag, each.value);
    sure(laptop.intake().commit(one(client::new_record(kind, id, values))));
    return id;
}

struct Way {
    int sessions = 0;
    std::size_t bytes = 0;  ///< both directions, handshakes included
    double seconds = 0;
    bool arrived = false;
};

/// Sessions over a wire that is cut each time until one goes through.
Way way_of(BenchLaptop& laptop, std::uint16_t port, std::size_t cut_after) {
    Way way;
    way.seconds = wall_ms([&] {
                      while (!way.arrived && way.sessions < kSessionsMax) {
                          test::Tap tap(port, cut_after);
                          const auto report = laptop.try_sync(tap.port());
                          tap.finish();
                          way.bytes += tap.bytes();
                          ++way.sessions;
                          way.arrived = report && report->verified && report->contents_waiting == 0;
                      }
                  }) /
                  1000;
    return way;
}

void print(std::ostream& out, std::string_view what, const Way& way, std::size_t size) {
    std::array<char, 200> line{};
    std::snprintf(line.data(), line.size(),
                  "%-44s %s: %3d sessions, %zu bytes sent / %zu = %.3f (bar 1.05), %.2f s\n",
                  std::string(what).c_str(), way.arrived ? "arrived" : "NOT ARRIVED", way.sessions,
                  way.bytes, size, static_cast<double>(way.bytes) / static_cast<double>(size),
                  way.seconds);
    out << line.data() << std::flush;
}

}  // namespace

void run_attachment_bench(std::ostream& out) {
    out << "attachments: both ways of all bytes on the wire, handshakes and records included\n";
    BenchOffice office;
    BenchLaptop one(office);
    BenchLaptop two(office);
    const std::uint16_t port = office.open();
    one.sync(port);
    two.sync(port);
    const auto customer = customer_on(one);
    one.sync(port);
    two.sync(port);
    constexpr std::size_t kUp = 10'000'000;
    attach(one, customer, kUp);
    print(out, "10 MB up, cut every 300 KB", way_of(one, port, kCutAfter), kUp);
    attach(one, customer, kUp - 1);
    print(out, "10 MB up, cut every 1 MB", way_of(one, port, 1'000'000), kUp - 1);
    attach(one, customer, kUp - 2);
    print(out, "10 MB up, never cut", way_of(one, port, test::Tap::kNever), kUp - 2);
    constexpr std::size_t kDown = 5'000'000;
    attach(one, customer, kDown);
    one.sync(port);
    print(out, "5 MB down, cut every 300 KB", way_of(two, port, kCutAfter), kDown);
}

}  // namespace dossier::bench
