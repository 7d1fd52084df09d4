// A table of records into this laptop's own files.
#include <algorithm>
#include <map>

#include "common/base/reason.hpp"
#include "common/catalog/customer.hpp"
#include "common/cli/import_report.hpp"
#include "common/cli/import_source.hpp"
#include "common/pinyin/fold.hpp"
#include "common/sqlite/connection.hpp"

#include "client/actions/sheet.hpp"
#include "client/faults.hpp"
#include "client/reading/find.hpp"

namespace dossier::client {
namespace {

using catalog::kCustomer;

/// More than a laptop holds of one kind below one record.
constexpr std::size_t kRecordsMax = 1'000'000;

/// What the rows of a table are compared with here, and the door.
class LaptopHost final : public sheet::Host {
  public:
    explicit LaptopHost(Context& context) : context_(context) {}

    std::optional<RecordId> resolve(const catalog::Field& of, std::string_view text) override {
        if (catalog::names_file(of)) {
            const auto found = find_customer(context_.store, context_.asker(), text);
            return found ? std::optional(*found) : std::nullopt;
        }
        const auto* kind = catalog::find_kind(of.target);
        if (kind == nullptr) return std::nullopt;
        for (const auto name : catalog::names_in(kind->known_by)) {
            const auto found =
                equal_to(*kind, *catalog::find_field(*kind, name), std::string(text));
            if (found.size() == 1) return found.front();
        }
        return std::nullopt;
    }

    std::vector<RecordId> candidates(const catalog::Kind& kind,
                                     const FieldValues& values) override {
        std::vector<RecordId> all;
        for (const auto& of : kind.fields) {
            const Value* value = of.unique ? find(values, of.tag) : nullptr;
            if (value == nullptr) continue;
            const auto found = equal_to(kind, of, *value);
            all.insert(all.end(), found.begin(), found.end());
        }
        if (catalog::is_file(kind)) {
            const auto& named = by_name()[key_of(values)];
            all.insert(all.end(), named.begin(), named.end());
        }
        std::sort(all.begin(), all.end());
        all.erase(std::unique(all.begin(), all.end()), all.end());
        return all;
    }

    std::vector<RecordId> children(const catalog::Kind& kind, const RecordId& parent) override {
        return equal_to(kind, *catalog::find_field(kind, kind.parent), parent);
    }

    FieldValues load(const catalog::Kind& kind, const RecordId& record) override {
        return context_.store.replica.load(kind, record).value_or(FieldValues{});
    }

    Status may_say(const merge::Op&, const catalog::Field& of) override {
        const bool is_offices = of.tag <= catalog::kCommonTagMax || catalog::is_server_set(of);
        return is_offices ? Status(fail(kOfficeOnly, pair_of(of.label))) : Status{};
    }

    Status submit(merge::Changeset changeset) override {
        const merge::Op first = changeset.ops.front();
        auto saved = context_.intake.commit(std::move(changeset));
        if (!saved) return pass(saved);
        if (first.kind == merge::OpKind::Create && catalog::is_file(first.record_kind))
            by_name()[key_of(first.fields)].push_back(first.record);
        return {};
    }

  private:
    std::vector<RecordId> equal_to(const catalog::Kind& kind,
                                   const catalog::Field& of,
                                   const Value& value) {
        Query query{.kind = &kind, .limit = kRecordsMax};
        query.where = {{of.tag, value}};
        return context_.store.replica.select(query);
    }
    static std::string key_of(const FieldValues& customer) {
        return pinyin::match_key(catalog::text_in(customer, kCustomer, "name"));
    }
    /// Customers by the key of their name, read once.
    std::map<std::string, std::vector<RecordId>>& by_name() {
        if (!by_name_) {
            by_name_.emplace();
            for (const RecordId& id :
                 context_.store.replica.select({.kind = &kCustomer, .limit = kRecordsMax}))
                (*by_name_)[key_of(load(kCustomer, id))].push_back(id);
        }
        return *by_name_;
    }

    Context& context_;
    std::optional<std::map<std::string, std::vector<RecordId>>> by_name_;
};

Result<sheet::Rules> rules_of(Context& context) {
    if (!context.inputs.has("map")) return sheet::Rules{};
    return sheet::read_rules(context.inputs.text("map"));
}

void tell(Context& context,
          const sheet::Opened& opened,
          const std::vector<sheet::RowReport>& remarks,
          const std::vector<sheet::RowReport>& noted,
          const sheet::Counts& counts) {
    const bool dry = context.inputs.has("dry-run");
    auto& answer = context.answer;
    cli::note_rows(answer, noted);
    if (counts.partly > 0)
        answer.note(
            {"{} 处不导入，已列出；所在行的其余部分照常导入",
             "{} cells or contacts are left out and listed; the rest of their rows is taken"},
            {std::to_string(counts.partly)});
    answer.line(dry ? Text{"试运行（未保存）：新增 {}，更新 {}，重复 {}，未接受 {}",
                           "dry run (nothing saved): {} new, {} changed, {} duplicate, {} refused"}
                    : Text{"导入：新增 {}，更新 {}，重复 {}，未接受 {}",
                           "imported: {} new, {} changed, {} duplicate, {} refused"},
                {std::to_string(counts.fresh), std::to_string(counts.changed),
                 std::to_string(counts.duplicate), std::to_string(counts.refused)});
    answer.document({{"dry_run", dry},
                     {"new", counts.fresh},
                     {"changed", counts.changed},
                     {"duplicate", counts.duplicate},
                     {"refused", counts.refused},
                     {"partly", counts.partly},
                     {"complete", !counts.cut_short},
                     {"source", cli::source_document(opened)},
                     {"notes", cli::rows_document(remarks, answer.lang)},
                     {"rows", cli::rows_document(noted, answer.lang)}});
}

Status write_report(cli::RowNotes& report,
                    const std::vector<sheet::RowReport>& remarks,
                    const std::vector<sheet::RowReport>& noted) {
    for (const auto* rows : {&remarks, &noted}) {
        for (const auto& row : *rows) {
            if (auto written = report.remark(row); !written) return written;
        }
    }
    return report.finish();
}

}  // namespace

Result<int> import_file(Context& context) {
    auto kind =
        context.action.about != nullptr
            ? Result<const catalog::Kind*>(context.action.about)
            : kind_named(context.inputs.has("kind") ? context.inputs.text("kind") : "customer");
    if (!kind) return pass(kind);
    auto rules = rules_of(context);
    if (!rules) return pass(rules);
    const auto path = context.inputs.text("file");
    auto opened = cli::open_source(
        path, **kind, std::move(*rules),
        {.encoding = context.inputs.text("encoding"),
         .sheet = context.inputs.text("sheet"),
         .header_row = context.inputs.text("header-row"),
         .skip = context.inputs.all("skip"),
         .layout = context.inputs.has("form") ? sheet::Layout::Form : sheet::Layout::List});
    if (!opened) return pass(opened);
    const auto remarks = cli::remarks_on(*opened);
    cli::note_rows(context.answer, remarks);
    // Before the first row: an import is not to succeed and then fail at its report.
    auto report = cli::RowNotes::open(context.inputs.text("report"), context.answer.lang);
    if (!report) return pass(report);
    std::vector<sheet::RowReport> noted;
    LaptopHost host(context);
    // The dry run is the real one inside a transaction that is never committed.
    std::optional<sqlite::Transaction> around;
    if (context.inputs.has("dry-run")) around.emplace(context.store.connection());
    const auto counts =
        sheet::run_import(*opened->source, opened->mapping,
                          {.update = context.inputs.has("update"),
                           .clear_with = context.inputs.text("clear-with"),
                           .reason = path},
                          host, context.laptop.ids, context.intake.now(),
                          [&](const sheet::RowReport& row) { noted.push_back(row); });
    around.reset();
    if (auto written = write_report(*report, remarks, noted); !written) return pass(written);
    tell(context, *opened, remarks, noted, counts);
    const bool whole = counts.refused == 0 && counts.partly == 0 && !counts.cut_short;
    return whole ? 0 : exit_code(ErrorCode::Partial);
}

}  // namespace dossier::client
