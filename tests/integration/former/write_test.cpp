// Writes the golden pair of the present schema. Not part of the suite: by hand, when a schema has
// grown and before the first program of it is given to anybody. Former pairs stay for ever.
//   build/dev/tests/integration/former/test_former --no-skip -tc='write*'
#include <doctest/doctest.h>

#include "common/catalog/document.hpp"

#include "client/intake/take_content.hpp"
#include "client/store/schema.hpp"
#include "server/store/sqlite/schema.hpp"
#include "tests/integration/epochs/firm.hpp"
#include "tests/integration/former/golden.hpp"

namespace dossier::test {
namespace {

void attach(TempClient& laptop, const RecordId& customer) {
    const auto& kind = catalog::kAttachment;
    const auto id = laptop.ids.make<RecordId>();
    const Bytes content = golden_content();
    ByteView rest = content;
    const auto read = [&](std::span<std::uint8_t> to) -> Result<std::size_t> {
        const std::size_t size = std::min(to.size(), rest.size());
        std::copy_n(rest.begin(), size, to.begin());
        rest = rest.subspan(size);
        return size;
    };
    auto values = client::take_content(laptop.store(), id, "执照.pdf", read, laptop.clock.now());
    REQUIRE(values.has_value());
    assign(*values, catalog::field(kind, "customer_id").tag, customer);
    assign(*values, catalog::field(kind, "title").tag, words("执照"));
    REQUIRE(laptop.commit({client::new_record(kind, id, *values)}));
}

}  // namespace

TEST_CASE("write the golden pair of the present schema" * doctest::skip()) {
    Firm firm;
    auto& people = firm.people;
    const auto acme = people.customer(people.ann, kAcme);
    const auto harbour = people.customer(people.ann, "宁波港机有限公司");
    const auto laptop = firm.laptop(people.ann);
    firm.met(*laptop);
    firm.visit(*laptop, acme, kSentWords);
    attach(*laptop, acme);
    // Both change a name: a case, and a line in the tray.
    firm.set(*laptop, harbour, "name", words("宁波港机制造有限公司"));
    REQUIRE(people.set({}, catalog::kCustomer, harbour, "name", words(kHarbour)));
    firm.met(*laptop);
    CHECK_FALSE(laptop->store().tray.list(false).empty());
    firm.visit(*laptop, acme, kUnsentWords);

    const Scratch scratch;
    const std::string pair =
        std::to_string(server::kOfficeSteps.size()) + "-" + std::to_string(client::kSchema.size());
    write_golden(pair, "laptop", Firm::keep(*laptop));
    const auto backup = scratch / "backup";
    REQUIRE(firm.store().backup_to(backup.string()));
    write_golden(pair, "office", backup / "office.db");
}

}  // namespace dossier::test
