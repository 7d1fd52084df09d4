#include "client/cli/show.hpp"

#include <algorithm>

#include "common/catalog/canonical.hpp"
#include "common/cli/table.hpp"
#include "common/cli/values.hpp"
#include "common/merge/elements.hpp"

#include "client/cli/words.hpp"

namespace dossier::client {
namespace {

constexpr std::size_t kCellWidth = 48;

std::string shown(Context& context, const catalog::Field& field, const Value& value) {
    return cli::shown(field, value, context.console.lang,
                      [&](const RecordId& id) { return title_of(context, id); });
}

/// Own words about one field: his last one stands for all of them.
void add_word(std::vector<PendingLine>& lines, PendingLine line) {
    const auto at = std::ranges::find(lines, line.field, &PendingLine::field);
    if (at == lines.end()) return lines.push_back(std::move(line));
    if (merge::holds_elements(*line.field))
        line.mine = merge::united(*line.field, at->mine, nullptr, line.mine);
    *at = std::move(line);
}

void add_words(Context& context,
               const catalog::Kind& kind,
               const RecordId& record,
               const FieldValues& mine,
               const Text& state,
               std::vector<PendingLine>& lines) {
    for (const auto& [tag, value] : mine) {
        const auto* field = catalog::find_field(kind, tag);
        if (field == nullptr || field->tag < 16) continue;
        const auto office =
            context.store->replica.office_values(kind, record, catalog::facet_of(kind, *field));
        const Value* official = find(office, tag);
        add_word(lines, {field, official == nullptr ? Value{} : *official, value, state});
    }
}

Text state_of(merge::VerdictKind verdict) {
    switch (verdict) {
        case merge::VerdictKind::Proposal:
            return {"待核", "waiting for verification"};
        case merge::VerdictKind::Late:
            return {"待核（迟到）", "waiting for verification (late)"};
        case merge::VerdictKind::Case:
            return {"冲突待处理", "in a case"};
        default:
            return {"未采纳", "not taken"};
    }
}

/// What stands beside a value: "〔待核：周明远〕" for an own value the office has not taken,
/// "〔待同步，办公室：李军〕" where the own value is the one shown.
std::string beside_text(Context& context,
                        const catalog::Field& field,
                        const Value& seen,
                        const std::vector<PendingLine>& pending) {
    const bool zh = context.console.lang == Lang::Zh;
    std::string text;
    for (const PendingLine& line : pending) {
        if (line.field != &field) continue;
        text += zh ? "　〔" : "  [";
        text += context.console.in(line.state);
        if (line.mine != seen) {
            text += (zh ? "：" : ": ") + shown(context, field, line.mine);
        } else {
            text +=
                (zh ? "，办公室：" : "; the office has: ") + shown(context, field, line.official);
        }
        text += zh ? "〕" : "]";
    }
    return text;
}

cli::Json pending_json(Context& context, const std::vector<PendingLine>& lines) {
    cli::Json list = cli::Json::array();
    for (const PendingLine& line : lines) {
        list.push_back({{"field", line.field->name},
                        {"official", shown(context, *line.field, line.official)},
                        {"mine", shown(context, *line.field, line.mine)},
                        {"state", line.state.en}});
    }
    return list;
}

}  // namespace

std::vector<PendingLine> pending_of(Context& context,
                                    const catalog::Kind& kind,
                                    const RecordId& record) {
    std::vector<PendingLine> words;
    for (const TrayItem& item : context.store->tray.open_for(record)) {
        add_words(context, kind, record, item.op.fields, state_of(item.verdict.kind), words);
    }
    // What is not sent yet was written with all of that in sight.
    for (const merge::Op& op : context.store->outbox.unsent_ops(record)) {
        if (op.kind != merge::OpKind::Set) continue;
        std::erase_if(words, [&](const PendingLine& line) {
            return find(op.fields, line.field->tag) != nullptr;
        });
        add_words(context, kind, record, op.fields, {"待同步", "waiting for sync"}, words);
    }
    std::vector<PendingLine> refused;
    for (const TrayItem& item : context.store->tray.refused_unread(record)) {
        if (item.op.kind == merge::OpKind::Set)
            add_words(context, kind, record, item.op.fields, state_of(item.verdict.kind), refused);
    }
    words.insert(words.end(), refused.begin(), refused.end());
    std::erase_if(words, [](const PendingLine& line) { return line.official == line.mine; });
    return words;
}

cli::Json records_json(Context& context,
                       const catalog::Kind& kind,
                       const std::vector<RecordId>& records) {
    cli::Json list = cli::Json::array();
    for (const RecordId& record : records) {
        cli::Json document{{"id", to_text(record)}};
        document.update(cli::values_document(
            kind, context.store->replica.load(kind, record).value_or(FieldValues{})));
        document["sync"] = sync_word(context, record).en;
        list.push_back(std::move(document));
    }
    return list;
}

void show_record(Context& context, const catalog::Kind& kind, const RecordId& record) {
    const auto values = context.store->replica.load(kind, record).value_or(FieldValues{});
    const auto pending = pending_of(context, kind, record);
    if (context.console.json) {
        cli::Json document{{"kind", kind.name},
                           {"id", to_text(record)},
                           {"values", cli::values_document(kind, values)}};
        document["pending"] = pending_json(context, pending);
        document["sync"] = sync_word(context, record).en;
        context.console.document(document);
        return;
    }
    std::vector<std::pair<std::string, std::string>> pairs;
    for (const auto* field : catalog::all_fields(kind)) {
        if (field->tag < 16 && field->name != "secrecy_level") continue;
        const Value* value = find(values, field->tag);
        const std::string beside =
            beside_text(context, *field, value == nullptr ? Value{} : *value, pending);
        if (value == nullptr && beside.empty()) continue;
        pairs.emplace_back(std::string(field->label.in(context.console.lang)),
                           shown(context, *field, value == nullptr ? Value{} : *value) + beside);
    }
    cli::print_pairs(context.console.out, pairs);
    context.console.line({"同步状态：{}", "Sync: {}"},
                         {std::string(context.console.in(sync_word(context, record)))});
}

std::size_t show_children(Context& context,
                          const catalog::Kind& kind,
                          const RecordId& parent,
                          const Text& heading,
                          std::initializer_list<std::string_view> columns,
                          std::size_t limit) {
    if (context.console.json) return 0;
    Query query{.kind = &kind, .descending = true, .limit = limit};
    query.where = {{catalog::find_field(kind, kind.parent)->tag, parent}};
    const auto children = context.store->replica.select(query);
    if (children.empty()) return 0;
    std::vector<std::string> header;
    for (const auto name : columns)
        header.emplace_back(catalog::find_field(kind, name)->label.in(context.console.lang));
    cli::Table table(header);
    for (const RecordId& child : children) {
        const auto values = context.store->replica.load(kind, child).value_or(FieldValues{});
        std::vector<std::string> cells;
        for (const auto name : columns) {
            const auto* field = catalog::find_field(kind, name);
            const Value* value = find(values, field->tag);
            cells.push_back(
                value == nullptr ? "-" : cli::clipped(shown(context, *field, *value), kCellWidth));
        }
        table.row(cells);
    }
    context.console.plain("");
    context.console.plain(std::string(context.console.in(heading)));
    table.print(context.console.out);
    return children.size();
}

void show_as_of(Context& context) {
    if (context.console.json) return;
    const Instant last = context.store->last_finished();
    if (last.ms == 0) {
        context.console.note(Text{"本机尚未同步过", "this laptop has not synced yet"});
    } else {
        context.console.note({"本机数据截至 {}", "data on this laptop as of {}"},
                             {office_minute(last)});
    }
}

}  // namespace dossier::client
