// import, export, schema.
#include "common/catalog/customer.hpp"
#include "common/catalog/dictionary.hpp"
#include "common/catalog/doubt.hpp"
#include "common/cli/import_report.hpp"
#include "common/cli/values.hpp"
#include "common/pinyin/fold.hpp"
#include "common/sheet/faults.hpp"
#include "common/sheet/importer.hpp"
#include "common/sqlite/connection.hpp"
#include "common/tabular/writer.hpp"

#include "client/cli/export_cards.hpp"
#include "client/cli/words.hpp"
#include "client/faults.hpp"

namespace dossier::client {
namespace {

using catalog::kCustomer;

/// An import into this laptop's own files.
class LaptopHost final : public sheet::Host {
  public:
    /// Reads every customer's name once: rows are compared with them.
    explicit LaptopHost(Context& context) : context_(context) {
        for (const RecordId& id : context.store->replica.select({.kind = &kCustomer}))
            remember(id, load(kCustomer, id));
    }

    std::optional<RecordId> resolve(const catalog::Field& of, std::string_view text) override {
        if (of.target == kCustomer.name) {
            const auto found = find_customer(context_, text);
            return found ? std::optional(*found) : std::nullopt;
        }
        const auto* kind = catalog::find_kind(of.target);
        if (kind == nullptr) return std::nullopt;
        for (const auto name : {"login", "code", "name"}) {
            const auto* key = catalog::find_field(*kind, name);
            if (key == nullptr) continue;
            Query query{.kind = kind};
            query.where = {{key->tag, std::string(text)}};
            const auto found = context_.store->replica.select(query);
            if (found.size() == 1) return found.front();
        }
        return std::nullopt;
    }

    std::vector<RecordId> same(const catalog::Kind& kind, const FieldValues& values) override {
        if (kind.tag != kCustomer.tag) return {};
        for (const auto name : {"customer_no", "unified_code"}) {
            const auto* key = catalog::find_field(kind, name);
            const Value* value = find(values, key->tag);
            if (value == nullptr || catalog::doubt(*key, *value)) continue;
            Query query{.kind = &kind};
            query.where = {{key->tag, *value}};
            auto found = context_.store->replica.select(query);
            if (!found.empty()) return found;
        }
        const auto named = by_name_.find(pinyin::match_key(text_in(values, kCustomer, "name")));
        return named == by_name_.end() ? std::vector<RecordId>{} : named->second;
    }

    FieldValues load(const catalog::Kind& kind, const RecordId& record) override {
        return context_.store->replica.load(kind, record).value_or(FieldValues{});
    }

    Status submit(merge::Changeset changeset) override {
        const merge::Op first = changeset.ops.front();
        auto saved = context_.intake->commit(std::move(changeset));
        if (!saved) return pass(saved);
        if (first.kind == merge::OpKind::Create && first.record_kind == kCustomer.tag)
            remember(first.record, first.fields);
        return {};
    }

  private:
    void remember(const RecordId& id, const FieldValues& values) {
        by_name_[pinyin::match_key(text_in(values, kCustomer, "name"))].push_back(id);
    }

    std::map<std::string, std::vector<RecordId>> by_name_;  ///< by its match key
    Context& context_;
};

Result<sheet::Rules> rules_of(Context& context) {
    sheet::Rules rules;
    if (context.has("map")) {
        auto read = sheet::read_rules(context.value("map"));
        if (!read) return pass(read);
        rules = std::move(*read);
    }
    if (context.has("skip")) {
        for (const auto& column : context.given["skip"]) rules.columns[column] = "";
    }
    return rules;
}

Result<int> import_file(Context& context) {
    auto kind = kind_named(context.has("kind") ? context.value("kind") : "customer");
    if (!kind) return pass(kind);
    auto rules = rules_of(context);
    if (!rules) return pass(rules);
    auto source = tabular::open_table(context.word(0));
    if (!source) return pass(source);
    context.console.note({"文件编码 {}", "encoding {}"},
                         {std::string(tabular::name((*source)->info().encoding()))});
    auto mapping = sheet::map_columns(**kind, (*source)->header(), *rules);
    if (!mapping) return pass(mapping);
    const bool dry = context.has("dry-run");
    for (const auto& heading : mapping->ignored)
        context.console.note({"未导入的列：{}", "column left out: {}"}, {heading});
    std::vector<sheet::RowReport> noted;
    LaptopHost host(context);
    // The dry run is the real one inside a transaction that is never committed.
    std::optional<sqlite::Transaction> around;
    if (dry) around.emplace(context.store->connection());
    const auto counts = sheet::run_import(
        **source, *mapping, {.update = context.has("update"), .reason = context.word(0)}, host,
        *context.ids, context.intake->now(),
        [&](const sheet::RowReport& row) { noted.push_back(row); });
    around.reset();
    cli::note_rows(context.console, noted);
    if (context.has("report")) {
        if (auto written = cli::write_report(context.value("report"), noted, context.console.lang);
            !written)
            return pass(written);
    }
    context.console.line(
        dry ? Text{"试运行（未保存）：新增 {}，更新 {}，重复 {}，未接受 {}",
                   "dry run (nothing saved): {} new, {} changed, {} duplicate, {} refused"}
            : Text{"导入：新增 {}，更新 {}，重复 {}，未接受 {}",
                   "imported: {} new, {} changed, {} duplicate, {} refused"},
        {std::to_string(counts.fresh), std::to_string(counts.changed),
         std::to_string(counts.duplicate), std::to_string(counts.refused)});
    context.console.document({{"dry_run", dry},
                              {"new", counts.fresh},
                              {"changed", counts.changed},
                              {"duplicate", counts.duplicate},
                              {"refused", counts.refused},
                              {"complete", !counts.cut_short},
                              {"rows", cli::rows_document(noted, context.console.lang)}});
    return counts.refused > 0 || counts.cut_short ? exit_code(ErrorCode::Partial) : 0;
}

Result<int> schema(Context& context) {
    const bool json = context.console.json || context.value("format") == "json";
    context.console.out << (json ? catalog::dictionary_json()
                                 : catalog::dictionary_markdown(context.console.lang))
                        << "\n";
    return 0;
}

}  // namespace

std::span<const Command> sheet_commands() {
    static const std::array kCommands{
        Command{.path = "import",
                .help = {"从 CSV 或 XLSX 导入（先用 --dry-run 试运行）",
                         "import CSV or XLSX (try --dry-run first)"},
                .example = "dossier import 客户.csv --dry-run --report 结果.csv",
                .words = "FILE",
                .options = {{"kind", {"类型，默认 customer", "kind, customer by default"}},
                            {"map", {"映射文件 (TOML)", "mapping file (TOML)"}},
                            {"skip", {"不导入的列（可重复）", "leave this column out (repeat)"}},
                            {"dry-run", {"只检查，不保存", "check only, save nothing"}, true},
                            {"update", {"更新已有记录", "change existing records"}, true},
                            {"report",
                             {"把每行结果写入文件", "write what became of each row to a file"}}},
                .run = import_file},
        Command{.path = "export",
                .help = {"导出本人客户的单页卡片（每天 5 个，须说明目的，办公室审计有记录）",
                         "copy cards of your own customers (5 a day, with a purpose; the office's "
                         "audit has it)"},
                .example = "dossier export customer 卡片.xlsx -c 明润 --purpose 拜访携带",
                .words = "KIND FILE",
                .options = {{"c,customer",
                             {"客户（可重复）；不写则为全部本人客户",
                              "a customer (repeat); all of your own when left out"}},
                            {"purpose", {"目的，至少四个字", "the purpose, 4 characters or more"}}},
                .run = export_cards},
        Command{.path = "schema",
                .help = {"数据字典：所有类型和字段", "the data dictionary: every kind and field"},
                .example = "dossier schema --format md",
                .options = {{"format", {"md 或 json", "md or json"}}},
                .needs = Needs::Nothing,
                .run = schema},
    };
    return kCommands;
}

}  // namespace dossier::client
