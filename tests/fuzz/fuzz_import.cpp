// Any bytes as a table of customers and as a file that says which column is what: every row is
// refused with a reason or becomes a changeset whose values are in their stored form. The first
// byte tells how many of the next ones (times 4) are the rules.
#include <algorithm>

#include "common/base/check.hpp"
#include "common/base/text.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/customer.hpp"
#include "common/sheet/importer.hpp"

#include "tests/fuzz/memory_file.hpp"

using namespace dossier;

namespace {

constexpr Instant kNow{1'772'416'800'000};

/// An office that has nobody yet and takes everything.
class Host final : public sheet::Host {
  public:
    std::optional<RecordId> resolve(const catalog::Field&, std::string_view) override {
        return std::nullopt;
    }
    std::vector<RecordId> same(const catalog::Kind&, const FieldValues&) override { return {}; }
    FieldValues load(const catalog::Kind&, const RecordId&) override { return {}; }
    Status submit(merge::Changeset changeset) override {
        for (const merge::Op& op : changeset.ops) check(op);
        ++taken;
        return {};
    }
    std::size_t taken = 0;

  private:
    static void check(const merge::Op& op) {
        const auto* kind = catalog::find_kind(op.record_kind);
        DOSSIER_CHECK(kind != nullptr);
        for (const auto& [tag, value] : op.fields) {
            const auto* field = catalog::find_field(*kind, tag);
            DOSSIER_CHECK(field != nullptr);
            const auto stored = catalog::validate(*field, value, kNow);
            DOSSIER_CHECK(stored && *stored == value);
        }
    }
};

void take(tabular::Source& source, const sheet::Mapping& mapping) {
    static SetClock clock{kNow};
    static crypto::SeededRandom random(1);
    crypto::Ids ids{clock, random};
    Host host;
    std::size_t told = 0;
    const auto counts = sheet::run_import(
        source, mapping, {}, host, ids, kNow, [&told](const sheet::RowReport& report) {
            ++told;
            DOSSIER_CHECK((report.fate == sheet::Fate::Refused) == report.error.has_value());
        });
    DOSSIER_CHECK(counts.fresh == host.taken);
    DOSSIER_CHECK(told >= counts.refused);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const ByteView bytes = ByteView{data, size}.subspan(1);
    const ByteView about =
        bytes.first(std::min<std::size_t>(bytes.size(), data[0] * std::size_t{4}));
    const test::MemoryFile rules_file(about);
    const auto rules = sheet::read_rules(rules_file.path());
    const test::MemoryFile table(bytes.subspan(about.size()));
    tabular::ReadOptions options;
    options.limits.rows = 1000;
    auto source = tabular::open_table(table.path(), options);
    if (!source) return 0;
    const auto mapping = sheet::map_columns(catalog::kCustomer, (*source)->header(),
                                            rules ? *rules : sheet::Rules{});
    if (mapping) take(**source, *mapping);
    return 0;
}
