#include "client/reading/pending.hpp"

#include <algorithm>

#include "common/merge/elements.hpp"

namespace dossier::client {
namespace {

/// Own words about one field: his last one stands for all of them.
void add_word(std::vector<PendingLine>& lines, PendingLine line) {
    const auto at = std::ranges::find(lines, line.field, &PendingLine::field);
    if (at == lines.end()) return lines.push_back(std::move(line));
    if (merge::holds_elements(*line.field))
        line.mine = merge::united(*line.field, at->mine, nullptr, line.mine);
    *at = std::move(line);
}

void add_words(Store& store,
               const catalog::Kind& kind,
               const RecordId& record,
               const FieldValues& mine,
               const Text& state,
               std::vector<PendingLine>& lines) {
    for (const auto& [tag, value] : mine) {
        const auto* field = catalog::find_field(kind, tag);
        if (field == nullptr || field->tag < 16) continue;
        const auto office =
            store.replica.office_values(kind, record, catalog::facet_of(kind, *field));
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

}  // namespace

std::vector<PendingLine> pending_of(Store& store,
                                    const catalog::Kind& kind,
                                    const RecordId& record) {
    std::vector<PendingLine> words;
    for (const TrayItem& item : store.tray.open_for(record)) {
        add_words(store, kind, record, item.op.fields, state_of(item.verdict.kind), words);
    }
    // What is not sent yet was written with all of that in sight.
    for (const merge::Op& op : store.outbox.unsent_ops(record)) {
        if (op.kind != merge::OpKind::Set) continue;
        std::erase_if(words, [&](const PendingLine& line) {
            return find(op.fields, line.field->tag) != nullptr;
        });
        add_words(store, kind, record, op.fields, {"待上传", "waiting for sync"}, words);
    }
    std::vector<PendingLine> refused;
    for (const TrayItem& item : store.tray.refused_unread(record)) {
        if (item.op.kind == merge::OpKind::Set)
            add_words(store, kind, record, item.op.fields, state_of(item.verdict.kind), refused);
    }
    words.insert(words.end(), refused.begin(), refused.end());
    std::erase_if(words, [](const PendingLine& line) { return line.official == line.mine; });
    return words;
}

}  // namespace dossier::client
