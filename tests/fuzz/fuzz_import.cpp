// Any bytes as a table of customers and as a file that says which column is what: every row is
// refused with a reason or becomes a changeset whose values are in their stored form. The first
// byte tells how many of the next ones (times 4) are the rules.
#include <algorithm>
#include <map>

#include "common/base/check.hpp"
#include "common/base/text.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/customer.hpp"
#include "common/sheet/importer.hpp"
#include "common/sheet/open.hpp"

#include "tests/fuzz/memory_file.hpp"

using namespace dossier;

namespace {

constexpr Instant kNow{1'772'416'800'000};

/// An office that has nobody at first and takes everything.
class Host final : public sheet::Host {
  public:
    std::optional<RecordId> resolve(const catalog::Field&, std::string_view) override {
        return std::nullopt;
    }
    std::vector<RecordId> candidates(const catalog::Kind& kind, const FieldValues&) override {
        return all(kind.tag);
    }
    std::vector<RecordId> children(const catalog::Kind& kind, const RecordId&) override {
        return all(kind.tag);
    }
    FieldValues load(const catalog::Kind&, const RecordId& id) override { return held_[id]; }
    Status may_say(const merge::Op&, const catalog::Field&) override { return {}; }
    Status submit(merge::Changeset changeset) override {
        for (const merge::Op& op : changeset.ops) {
            check(op);
            for (const auto& [tag, value] : op.fields) assign(held_[op.record], tag, value);
            if (op.kind == merge::OpKind::Create) kinds_[op.record] = op.record_kind;
        }
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
    std::vector<RecordId> all(std::uint16_t kind) const {
        std::vector<RecordId> found;
        for (const auto& [id, tag] : kinds_) {
            if (tag == kind) found.push_back(id);
        }
        return found;
    }

    std::map<RecordId, FieldValues> held_;
    std::map<RecordId, std::uint16_t> kinds_;
};

void take(tabular::Source& source, const sheet::Mapping& mapping) {
    static SetClock clock{kNow};
    static crypto::SeededRandom random(1);
    crypto::Ids ids{clock, random};
    Host host;
    std::size_t told = 0;
    std::size_t partly = 0;
    const sheet::Options options{.update = true, .clear_with = "清空"};
    const auto counts = sheet::run_import(
        source, mapping, options, host, ids, kNow, [&](const sheet::RowReport& report) {
            told += report.fate == sheet::Fate::Told ? 0U : 1U;
            partly += report.fate == sheet::Fate::Partly ? 1U : 0U;
            // What is not stored has its reason.
            const bool stored = report.fate == sheet::Fate::Changed;
            DOSSIER_CHECK(stored != report.error.has_value());
        });
    DOSSIER_CHECK(counts.fresh + counts.changed == host.taken);
    DOSSIER_CHECK(counts.partly == partly);
    DOSSIER_CHECK(told == counts.refused + counts.duplicate + counts.changed + counts.partly);
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
    options.limits.rows = 200;
    auto opened = sheet::open_sheet(table.path(), catalog::kCustomer,
                                    rules ? *rules : sheet::Rules{}, options);
    if (opened) take(*opened->source, opened->mapping);
    return 0;
}
