#include "client/reading/record.hpp"

#include "common/cli/table.hpp"
#include "common/cli/values.hpp"

#include "client/reading/heard.hpp"
#include "client/reading/pending.hpp"
#include "client/reading/titles.hpp"

namespace dossier::client {
namespace {

constexpr std::size_t kCellWidth = 48;

/// What stands beside a value: "〔待核：周明远〕" for an own value the office has not taken,
/// "〔待上传，办公室：李军〕" where the own value is the one shown.
std::string beside_text(Store& store,
                        const Asker& asker,
                        const catalog::Field& field,
                        const Value& seen,
                        const std::vector<PendingLine>& pending) {
    const bool zh = asker.lang == Lang::Zh;
    std::string text;
    for (const PendingLine& line : pending) {
        if (line.field != &field) continue;
        text += zh ? "　〔" : "  [";
        text += line.state.in(asker.lang);
        if (line.mine != seen) {
            text += (zh ? "：" : ": ") + shown(store, asker, field, line.mine);
        } else {
            text += (zh ? "，办公室：" : "; the office has: ") +
                    shown(store, asker, field, line.official);
        }
        text += zh ? "〕" : "]";
    }
    return text;
}

}  // namespace

action::Facts record_facts(Store& store,
                           const Asker& asker,
                           const catalog::Kind& kind,
                           const RecordId& record) {
    const auto values = heard_record(store, kind, record);
    const auto pending = pending_of(store, kind, record);
    action::Facts facts;
    for (const auto* field : catalog::all_fields(kind)) {
        if (field->tag <= catalog::kCommonTagMax && field->tag != catalog::kSecrecyLevel) continue;
        const Value* value = find(values, field->tag);
        const Value& seen = value == nullptr ? Value{} : *value;
        const std::string beside = beside_text(store, asker, *field, seen, pending);
        if (value == nullptr && beside.empty()) continue;
        facts.lines.emplace_back(
            std::string(field->label.in(asker.lang)),
            cli::shown(*field, seen, asker.lang, titles(store, asker), values) + beside);
    }
    return facts;
}

action::Json record_document(Store& store,
                             const Asker& asker,
                             const catalog::Kind& kind,
                             const RecordId& record) {
    const auto values = heard_record(store, kind, record);
    auto pending = action::Json::array();
    for (const PendingLine& line : pending_of(store, kind, record)) {
        pending.push_back({{"field", line.field->name},
                           {"official", shown(store, asker, *line.field, line.official)},
                           {"mine", shown(store, asker, *line.field, line.mine)},
                           {"state", line.state.en}});
    }
    return {{"kind", kind.name},
            {"id", to_text(record)},
            {"values", cli::values_document(kind, values)},
            {"pending", std::move(pending)},
            {"sync", sync_word(store, record).en}};
}

action::Json records_document(Store& store,
                              const catalog::Kind& kind,
                              std::span<const RecordId> records) {
    auto list = action::Json::array();
    for (const RecordId& record : records) {
        action::Json document{{"id", to_text(record)}};
        document.update(cli::values_document(kind, heard_record(store, kind, record)));
        document["sync"] = sync_word(store, record).en;
        list.push_back(std::move(document));
    }
    return list;
}

action::Table records_table(Store& store,
                            const Asker& asker,
                            const catalog::Kind& kind,
                            std::span<const RecordId> records,
                            std::initializer_list<std::string_view> columns) {
    action::Table table;
    for (const auto name : columns)
        table.header.emplace_back(catalog::find_field(kind, name)->label.in(asker.lang));
    for (const RecordId& record : records) {
        const auto values = heard_record(store, kind, record);
        std::vector<std::string> cells;
        for (const auto name : columns)
            cells.push_back(cli::clipped(shown_in(store, asker, kind, values, name), kCellWidth));
        table.row(std::move(cells));
    }
    return table;
}

std::vector<RecordId> children_of(Store& store,
                                  const catalog::Kind& kind,
                                  const RecordId& parent,
                                  std::size_t limit) {
    Query query{.kind = &kind, .descending = true, .limit = limit};
    query.where = {{catalog::find_field(kind, kind.parent)->tag, parent}};
    return store.replica.select(query);
}

}  // namespace dossier::client
